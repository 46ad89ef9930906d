"""Who breaks down first under a scenario, and when."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.model import ResultStatus
from analytics.pressure import BREAKDOWN_CLASS
from analytics.projection import Projection


def first_breaks(projection: Projection, result_ids: Sequence[str], observed: Assessment) -> pd.DataFrame:
    """Communes that break down within the horizon, the soonest first: class 5 (a pressure above 1.5, or people and no service).

    Args:
        result_ids: indicators that a scenario moves; the one that breaks first stands for its commune, the heaviest on a tie; in
            a commune that has one in class 5 already, and in the horizon, that one: what follows there is nothing new.
        observed: assessment of the observed months, to tell who is in class 5 already in the last one.

    Returns:
        ``commune_code, indicator_id, month, earliest, latest, is_broken_already, status, value, pressure,
        people_above_norm``: month by the central bound, ``earliest`` by the high one, ``latest`` by the low one (NaT when it
        does not break there); the others are those of ``month``, ``value`` in the unit of the indicator.
    """
    first = {bound: _first_break(projection, result_ids, bound) for bound in BOUNDS}
    already = _broken_already(observed, result_ids) & (first[CENTRAL] < len(projection.months))
    which = _soonest(projection, result_ids, first[CENTRAL], already)
    rows = np.arange(len(projection.commune_codes))
    months = pd.DatetimeIndex([*projection.months, pd.NaT]).to_numpy()
    frame = pd.DataFrame(
        {
            "commune_code": projection.commune_codes,
            "indicator_id": np.array(result_ids, dtype=object)[which],
            "month": months[first[CENTRAL][which, rows]],
            "earliest": months[first[HIGH][which, rows]],
            "latest": months[first[LOW][which, rows]],
            "is_broken_already": already[which, rows],
            **_figures_when(projection, result_ids, which, first[CENTRAL][which, rows]),
        }
    )[first[CENTRAL][which, rows] < len(projection.months)]
    order = ["is_broken_already", "month", "people_above_norm", "commune_code"]
    return frame.sort_values(order, ascending=[True, True, False, True], ignore_index=True)


def _figures_when(
    projection: Projection, result_ids: Sequence[str], which: np.ndarray, when: np.ndarray
) -> dict[str, np.ndarray]:
    """Status and figures of the indicator that stands for each commune, in its month (the last one where there is none)."""
    rows, at = np.arange(len(which)), np.minimum(when, len(projection.months) - 1)

    def picked(figure: str) -> np.ndarray:
        return np.array([projection.table(i, figure) for i in result_ids])[which, rows, at]

    # Where one school cycle gives the class, its pressure is the one that breaks.
    worst = picked("pressure_worst_term")
    return {
        "status": np.array(tuple(ResultStatus), dtype=object)[picked("status").astype(int)],
        "value": picked("value"),
        "pressure": np.where(np.isnan(worst), picked("pressure"), worst),
        "people_above_norm": picked("gap_to_norm"),
    }


def _first_break(projection: Projection, result_ids: Sequence[str], bound: str) -> np.ndarray:
    """Position of the first month in class 5, indicators × communes; the number of months where there is none."""
    broken = np.array([projection.table(i, "severity_class", bound) == BREAKDOWN_CLASS for i in result_ids])
    return np.where(broken.any(axis=2), broken.argmax(axis=2), len(projection.months))


def _soonest(projection: Projection, result_ids: Sequence[str], first: np.ndarray, already: np.ndarray) -> np.ndarray:
    """For each commune, the indicator that is broken already, otherwise the one that breaks first; the one with the highest score
    in the last month on a tie."""
    heaviest = np.array([np.nan_to_num(projection.table(i, "score")[:, -1]) for i in result_ids])
    return np.lexsort((-heaviest, first, ~already), axis=0)[0]


def _broken_already(observed: Assessment, result_ids: Sequence[str]) -> np.ndarray:
    months = len(observed.panel.months)
    return np.array([observed.results[i].severity_class[months - 1 :: months] == BREAKDOWN_CLASS for i in result_ids])
