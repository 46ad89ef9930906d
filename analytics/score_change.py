"""Why a score changed between two dates: what demand, capacity, norm, and figures that came in or fell silent each add to it.

A score follows its indicators by a curve and a mean, so that the three causes act together: each gets the mean of what it adds over
every order in which they may come (Shapley's value), with the whole score worked out again at each step. Both dates are first read
on the figures that both know; what a date has beyond that is a change of reporting. The parts sum to the change exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
import pandas as pd

from analytics.assumptions import Assumptions
from analytics.capacity_factors import ACTS, EXTRACTS, PACE, TURNS, add_capacity_factors
from analytics.faces import Face, face_id
from analytics.index_result import COMPOSITE_ID, assess_index
from analytics.indicator_result import rate_indicator
from analytics.model import STATUS_ORDER, Definitions, Indicator, Sector, Status
from analytics.panel import Column, Panel
from analytics.ratios import compute_ratio, norm_values
from analytics.result import Result
from analytics.service_results import assess_service

_MISSING = STATUS_ORDER.index(Status.MISSING)
# What the derived factors of a capacity rest on.
_BEHIND = {PACE: (ACTS, EXTRACTS), TURNS: ("schools_double_shift", "schools_open")}


@dataclass(frozen=True, slots=True)
class Moment:
    """The prepared panel of one month (``analytics.assessment.prepare_panel``), and what it is assessed with."""

    panel: Panel
    assumptions: Assumptions


def change_of_score(first: Moment, second: Moment, definitions: Definitions, result_id: str) -> pd.DataFrame:
    """The change of the score of a service, of one of its faces or of the index, by commune.

    Returns:
        ``before``, ``after`` and, where both are known, ``demand``, ``capacity``, ``norm`` and ``reporting``, which sum to their
        difference; all of it is ``reporting`` where the two dates have no figures in common that give a score.
    """
    whole = [_score(moment, moment, moment, definitions, result_id) for moment in (first, second)]
    common = _in_common(first, second, list(_indicators(definitions, result_id)))
    scores: dict[tuple[int, ...], np.ndarray] = {
        (d, c, n): _score(common[d], common[c], common[n], definitions, result_id) for d, c, n in product((0, 1), repeat=3)
    }
    parts = _shapley(scores)
    same = ~np.isnan(list(scores.values())).any(axis=0)
    both = ~np.isnan(whole).any(axis=0)
    shared = np.where(same, scores[1, 1, 1] - scores[0, 0, 0], 0.0)
    found = {"before": whole[0], "after": whole[1]}
    for name, part in zip(("demand", "capacity", "norm"), parts, strict=True):
        found[name] = np.where(both, np.where(same, part, 0.0), np.nan)
    found["reporting"] = np.where(both, whole[1] - whole[0] - shared, np.nan)
    return pd.DataFrame(found, index=pd.Index(second.panel.commune_codes))


def _shapley(scores: Mapping[tuple[int, ...], np.ndarray]) -> list[np.ndarray]:
    """What each of three causes adds, the mean over all orders."""
    parts, orders = [np.zeros_like(scores[0, 0, 0]) for _ in range(3)], list(permutations(range(3)))
    for order in orders:
        state = [0, 0, 0]
        for at in order:
            before = scores[tuple(state)]
            state[at] = 1
            parts[at] = parts[at] + (scores[tuple(state)] - before) / len(orders)
    return parts


def _score(demand: Moment, capacity: Moment, norms: Moment, definitions: Definitions, result_id: str) -> np.ndarray:
    """The score with demand, capacity and norms each of one of the two dates."""
    norm = norm_values(definitions.norms, norms.panel, norms.assumptions.profile)
    offered = add_capacity_factors(capacity.panel, definitions.norms, norm)
    results: dict[str, Result] = {}
    for indicator in _indicators(definitions, result_id):
        asked = {term.demand: demand.panel[term.demand] for term in indicator.terms}
        results[indicator.id] = rate_indicator(
            indicator, compute_ratio(offered.with_columns(asked), indicator, norm), definitions.legend
        )
    for sector in _sectors(definitions, result_id):
        if definitions.counting(sector):
            results |= {result.id: result for result in assess_service(sector, definitions, results)}
    if result_id == COMPOSITE_ID:
        return assess_index(definitions, results).score
    return results[result_id].score


def _sectors(definitions: Definitions, result_id: str) -> list[Sector]:
    """The sectors that a result rests on: its own, all of them for the index."""
    own = [s for s in definitions.sector_weights if result_id in (s.value, *(face_id(s.value, face) for face in Face))]
    return own or list(definitions.sector_weights)


def _indicators(definitions: Definitions, result_id: str) -> Iterator[Indicator]:
    """Those that count in the services that a result rests on, and the headline of each."""
    sectors = _sectors(definitions, result_id)
    headlines = {definitions.headlines[sector] for sector in sectors if sector in definitions.headlines}
    return (i for i in definitions.indicators.values() if i.sector in sectors and (i.counts or i.id in headlines))


def _in_common(first: Moment, second: Moment, indicators: Sequence[Indicator]) -> tuple[Moment, Moment]:
    """Both dates with what only one of them knows left out."""
    names = {name for i in indicators for term in i.terms for name in (term.demand, *term.capacity)}
    names |= {name for derived in names & set(_BEHIND) for name in _BEHIND[derived]}
    columns: tuple[dict[str, Column], dict[str, Column]] = ({}, {})
    for name in names:
        own = first.panel[name], second.panel[name]
        one_only = np.isnan(own[0].value) != np.isnan(own[1].value)
        if one_only.any():
            for kept, column in zip(columns, own, strict=True):
                kept[name] = _silenced(column, one_only)
    moments = zip((first, second), columns, strict=True)
    left, right = (Moment(moment.panel.with_columns(kept), moment.assumptions) for moment, kept in moments)
    return left, right


def _silenced(column: Column, where: np.ndarray) -> Column:
    value, status = np.where(where, np.nan, column.value), np.where(where, _MISSING, column.status).astype(np.int8)
    return Column(value, status, column.provenance, column.reliability, column.age_months)
