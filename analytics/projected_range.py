"""The range of a scenario: how long people stay, and how well the starting figures are known, by the draws of today's interval.

A range starts as wide as the interval of the last observed month and never narrows: what is not known today is not known
better ahead. Figures carried forward grow old, and widen it; so do the neighbouring return curves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment, Result, assess, assess_indicators
from analytics.assumptions import Assumptions
from analytics.bounds import HIGH, LOW
from analytics.drawing_rules import UncertaintyRules
from analytics.index_result import lift_again
from analytics.model import Definitions, Indicator, ReliabilityRules
from analytics.panel import Panel
from analytics.pressure import MAXIMUM_SCORE
from analytics.reliability import grade_panel, variation
from analytics.scenario_people import HOSTED
from analytics.service_results import assess_service
from analytics.uncertainty import simulate

_WIDER = {LOW: np.fmin, HIGH: np.fmax}


@dataclass(frozen=True, slots=True)
class StartingRange:
    """How far each figure may lie from its estimate: by bound and result, communes × (observed month and those ahead).

    ``factors`` multiply the pressure of an indicator, ``offsets`` are added to a score of a service or of the index;
    ``hosted`` multiplies the displaced persons.
    """

    factors: Mapping[str, Mapping[str, np.ndarray]]
    offsets: Mapping[str, Mapping[str, np.ndarray]]
    hosted: Mapping[str, np.ndarray]


def draw_starting_range(panel: Panel, baseline: Panel, definitions: Definitions, assumptions: Assumptions) -> StartingRange:
    """The range by the draws of the last month of a panel and of its figures carried forward (``baseline``), month by month.

    A month ahead whose figures have the same grades as the month before it has the same draws: it is not drawn again.
    """
    observed = panel.of_month(panel.months[-1])
    drawn = _drawn(observed, observed.months, definitions, assumptions)
    drawn |= _drawn(baseline, _where_grades_change(baseline, definitions.reliability), definitions, assumptions)
    months = (*observed.months, *baseline.months)
    frames = [drawn[max(m for m in drawn if m <= month)] for month in months]
    factors, offsets = (
        {bound: _tables(frames, bound, ids, is_ratio) for bound in (LOW, HIGH)}
        for ids, is_ratio in (
            (set(definitions.indicators), True),
            ({*map(str, definitions.sector_weights), COMPOSITE_ID}, False),
        )
    )
    return StartingRange(factors, offsets, _hosted(observed, baseline, definitions.reliability, definitions.uncertainty))


def widen(curve: Assessment, central: Assessment, start: StartingRange, bound: str, definitions: Definitions) -> Assessment:
    """A bound by the return curves, moved further by what is not known of its figures; never closer to the centre than in a month
    before."""
    results = dict(curve.results)
    for indicator in definitions.indicators.values():
        named = _twin(indicator, definitions)
        if named is not None:
            factor = _factor(curve, central, start.factors[bound][named], bound, named)
            results[indicator.id] = _with_demand(curve, indicator, factor, definitions)
    offsets = start.offsets[bound]
    for sector in definitions.services:
        # Classes follow the indicators of the bound, as they do in the centre; scores are moved by their own draws.
        for again in assess_service(sector, definitions, results) if definitions.counting(sector) else ():
            is_moved = again.id in offsets
            results[again.id] = _moved_score(curve, central, offsets[again.id], bound, again) if is_moved else again
    composite = _moved_score(curve, central, offsets[COMPOSITE_ID], bound, curve.results[COMPOSITE_ID])
    results[COMPOSITE_ID] = lift_again(composite, definitions, results)
    hosted, months = curve.panel[HOSTED], len(curve.panel.months)
    factor = start.hosted[bound][:, 1 : months + 1].ravel()
    panel = curve.panel.with_columns({HOSTED: replace(hosted, value=hosted.value * factor)})
    return replace(curve, panel=panel, results=results)


def _drawn(
    panel: Panel, months: tuple[pd.Timestamp, ...], definitions: Definitions, assumptions: Assumptions
) -> dict[pd.Timestamp, pd.DataFrame]:
    drawn = simulate(assess(panel, definitions, assumptions), definitions, months, ranked=())
    return drawn


def _where_grades_change(baseline: Panel, rules: ReliabilityRules) -> tuple[pd.Timestamp, ...]:
    graded, shape = grade_panel(baseline, rules), (len(baseline.commune_codes), len(baseline.months))
    ranks = np.array([column.reliability.reshape(shape) for column in graded.columns.values()])
    changes = (np.diff(ranks, axis=2) != 0).any(axis=(0, 1))
    return tuple(m for m, changed in zip(baseline.months, [True, *changes], strict=True) if changed)


def _tables(frames: list[pd.DataFrame], bound: str, ids: set[str], is_ratio: bool) -> dict[str, np.ndarray]:
    """Bound against estimate by result, at least as wide in each month as in those before it."""
    # Rows of a simulation lie result by result, commune by commune.
    names = list(dict.fromkeys(frames[0]["indicator_id"]))
    estimate, end = (
        np.stack([f[name].to_numpy().reshape(len(names), -1) for f in frames], axis=-1) for name in ("estimate", bound)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        away = end / estimate if is_ratio else end - estimate
    away = np.where(np.isfinite(away), away, 1.0 if is_ratio else 0.0)
    widest = _WIDER[bound].accumulate(away, axis=-1)
    return {name: table for name, table in zip(names, widest, strict=True) if name in ids}


def _hosted(
    observed: Panel, baseline: Panel, rules: ReliabilityRules, uncertainty: UncertaintyRules
) -> dict[str, np.ndarray]:
    """Displaced persons at both ends of their interval: lognormal, like every demand."""
    from scipy.special import ndtri

    communes = len(observed.commune_codes)
    ranks = [grade_panel(p, rules)[HOSTED].reliability.reshape(communes, -1) for p in (observed, baseline)]
    sigma = np.sqrt(np.log1p(variation(np.concatenate(ranks, axis=1), rules) ** 2))
    ends = dict(zip((LOW, HIGH), uncertainty.interval, strict=True))
    return {b: _WIDER[b].accumulate(np.exp(ndtri(share) * sigma), axis=1) for b, share in ends.items()}


def _twin(indicator: Indicator, definitions: Definitions) -> str | None:
    """The indicator with a pressure whose draws say how well this one is known: itself, or one with the same terms."""
    if indicator.has_pressure:
        return indicator.id
    same = (i.id for i in definitions.indicators.values() if i.has_pressure and i.terms == indicator.terms)
    return next(same, None)


def _factor(curve: Assessment, central: Assessment, start: np.ndarray, bound: str, result_id: str) -> np.ndarray:
    """By how much the demand of a bound is multiplied, one a row of its panel."""
    shape = (len(curve.panel.commune_codes), len(curve.panel.months))
    own, middle = (a.results[result_id].figures["pressure"].reshape(shape) for a in (curve, central))
    here = start[:, 1 : shape[1] + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        away = _WIDER[bound].accumulate(np.column_stack([start[:, :1], own * here / middle]), axis=1)[:, 1:]
        asked = away * middle / own
    return np.where(np.isfinite(asked), asked, here).ravel()


def _with_demand(curve: Assessment, indicator: Indicator, factor: np.ndarray, definitions: Definitions) -> Result:
    """An indicator with its demand, displaced people included, multiplied."""
    named = {t.demand for t in indicator.terms} | {t.displaced for t in indicator.terms if t.displaced}
    columns = {n: replace(curve.panel[n], value=curve.panel[n].value * factor) for n in named}
    panel = curve.panel.with_columns(columns)
    return assess_indicators(panel, [indicator], definitions, curve.assumptions)[indicator.id]


def _moved_score(curve: Assessment, central: Assessment, offset: np.ndarray, bound: str, result: Result) -> Result:
    """A service or the index with its score at the bound."""
    shape = (len(curve.panel.commune_codes), len(curve.panel.months))
    own, middle = (a.results[result.id].score.reshape(shape) for a in (curve, central))
    here = offset[:, 1 : shape[1] + 1]
    away = _WIDER[bound].accumulate(np.column_stack([offset[:, :1], own + here - middle]), axis=1)[:, 1:]
    score = np.where(np.isnan(own), np.nan, np.clip(middle + away, 0.0, MAXIMUM_SCORE)).ravel()
    return replace(result, score=score, figures={**result.figures, "value": score})
