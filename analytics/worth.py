"""Worth of a figure: what would be surer if it were known exactly, so that collecting has an order.

The draws of the intervals hold the answer: grouped by the error of one figure, what differs between the groups is what that figure
decides, what differs inside them is left (first-order effect from given data, with the mean of chance taken off). Nothing is
drawn anew.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.drawn_results import classes_drawn
from analytics.model import Definitions
from analytics.uncertainty import draw_with_errors

GROUPS = 10
COLUMNS = ("commune_code", "variable", "narrowing", "class_surer", "list_surer")
_CENSUS_SHARE = "counted_in_census"
# How a draw names what a commune reports under another name.
REPORTED_AS = {_CENSUS_SHARE: "displaced_counted_in_census_pct"}


def measure_worth(
    assessment: Assessment,
    definitions: Definitions,
    month: pd.Timestamp,
    asked: Collection[str],
    result_id: str = COMPOSITE_ID,
) -> pd.DataFrame:
    """What each reported figure of a month is worth for a result, the worthiest first.

    Args:
        asked: variables that communes report each month, observed or totals of them; a census is not asked for again.

    Returns:
        One row per commune with a class and variable that its result rests on: ``narrowing``, the share (0–1) by which the
        interval of its own result would narrow; ``class_surer``, how much the probability of its likeliest class would rise;
        ``list_surer``, the share (0–1) of all doubt about who is among the first communes that would go, over the province.
    """
    drawn, errors = draw_with_errors(assessment, definitions, month)
    result, codes = drawn[result_id], assessment.panel.commune_codes
    known = np.flatnonzero(result.is_assessed)
    first = _among_first(result.figure[known, 1:], definitions.uncertainty.first_communes[0])
    doubt = float((first.mean(axis=1) * (1 - first.mean(axis=1))).sum())
    classes = classes_drawn(result)[:, 1:]
    rows, rested_on = [], _weighing(definitions)
    for name, table in errors.items():
        variable = REPORTED_AS.get(name, name)
        if variable not in asked or name not in rested_on:
            continue
        for row in known:
            order = np.argsort(table[row, 1:], kind="stable")
            explained = explained_share(result.figure[row, 1:], order)
            of_list = max(0.0, float(between_groups(first, order).sum()) / doubt) if doubt > 0 else 0.0
            rows.append((codes[row], variable, 1 - np.sqrt(1 - explained), _class_surer(classes[row], order), of_list))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["list_surer", "narrowing", "commune_code", "variable"], ascending=[False, False, True, True],
                             ignore_index=True)  # fmt: skip


def _weighing(definitions: Definitions) -> set[str]:
    """What indicators that weigh in a score draw: their terms, and the displaced among the people whom they count."""
    terms = [term for i in definitions.indicators.values() if i.weight > 0 for term in i.terms]
    return {"displaced_persons", _CENSUS_SHARE} | {name for term in terms for name in (term.demand, *term.capacity)}


def between_groups(table: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Variance between each row's groups, of equal size along an order of its draws, less what chance alone gives: 0 on average where
    the order decides nothing, in one sample a little above or below."""
    size = len(order) // GROUPS
    grouped = table[:, order[: size * GROUPS]].reshape(len(table), GROUPS, size)
    means = grouped.mean(axis=2)
    inside = grouped.var(axis=2, ddof=1).mean(axis=1)
    return means.var(axis=1) - inside / size * (GROUPS - 1) / GROUPS


def explained_share(figure: np.ndarray, order: np.ndarray) -> float:
    """Share (0–1) of the variance of a figure that goes when what gives the order is known."""
    spread = float(figure.var(ddof=1))
    if not np.isfinite(spread) or spread <= 0:
        return 0.0
    return float(np.clip(between_groups(figure[None, :], order)[0] / spread, 0.0, 1.0))


def _among_first(figure: np.ndarray, size: int) -> np.ndarray:
    """Whether each commune (row) is among the first of a draw."""
    if size >= len(figure):
        return np.ones(figure.shape)
    edge = np.partition(figure, len(figure) - size, axis=0)[len(figure) - size]
    return (figure >= edge).astype(float)


def _class_surer(classes: np.ndarray, order: np.ndarray) -> float:
    """By how much the probability of the likeliest class rises, on average over what the figure may turn out to be; what groups of
    the same size without any order give is taken off."""
    size = len(order) // GROUPS
    whole = _likeliest(classes[None, :])[0]
    known = _likeliest(classes[order[: size * GROUPS]].reshape(GROUPS, size)).mean()
    by_chance = _likeliest(classes[: size * GROUPS].reshape(GROUPS, size)).mean()
    return float(max(0.0, min(known - by_chance, 1 - whole)))


def _likeliest(classes: np.ndarray) -> np.ndarray:
    """Share of the commonest class in each row."""
    return np.max([(classes == c).mean(axis=1) for c in range(1, 6)], axis=0)
