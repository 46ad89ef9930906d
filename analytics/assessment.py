"""All indicators, sectors and the composite of a panel, as arrays; tidy rows on request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assumptions import DEFAULTS, Assumptions
from analytics.composite import composite_index, sector_bounds, sector_score
from analytics.demand import add_demand
from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Definitions, Indicator, Legend, ResultStatus, Sector
from analytics.panel import Panel
from analytics.pressure import BREAKDOWN_CLASS, MAXIMUM_SCORE, class_of_score, score, severity_class
from analytics.ratios import Ratio, compute_ratio, norm_values
from analytics.reliability import grade_panel

COMPOSITE_ID = "ISP"
BASELINE = "baseline"

_STATUS = tuple(ResultStatus)


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator, sector or the composite over the rows of a panel; NaN and rank -1 where there is nothing to say."""

    id: str
    norm_id: str
    status: np.ndarray
    score: np.ndarray
    score_without: np.ndarray
    severity_class: np.ndarray
    severity_class_without: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray
    figures: dict[str, np.ndarray]
    worst: np.ndarray | None = None

    @property
    def no_service(self) -> np.ndarray:
        """Where there are people to serve and no service at all."""
        return self.status == _STATUS.index(ResultStatus.NO_SERVICE)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Results by id (indicators, then sectors, then the composite) for one panel and one scenario."""

    panel: Panel
    results: dict[str, Result]
    scenario_id: str = BASELINE
    assumptions: Assumptions = DEFAULTS

    def frame(self, ids: Iterable[str] | None = None) -> pd.DataFrame:
        """Tidy rows, one per commune, month and id.

        Columns: ``commune_code, reference_date, indicator_id, value, numerator, denominator, capacity_at_norm, norm_id,
        norm_value, pressure, pressure_without_displaced, severity_class, severity_class_without_displaced, score,
        score_without_displaced, class_by_score, score_low, score_high, gap_to_norm, gap_without_displaced, status, provenance,
        reliability, worst_indicator, scenario_id``. Classes are nullable integers; absent figures are NaN, absent words empty.
        """
        wanted = list(self.results) if ids is None else list(ids)
        return pd.concat([self._rows(self.results[i]) for i in wanted], ignore_index=True)

    def _rows(self, result: Result) -> pd.DataFrame:
        nothing = np.full(self.panel.rows, np.nan)
        figures = {name: result.figures.get(name, nothing) for name in _FIGURES}
        words = result.worst if result.worst is not None else np.full(self.panel.rows, "", dtype=object)
        return pd.DataFrame(
            {
                "commune_code": self.panel.row_codes(),
                "reference_date": self.panel.row_months(),
                "indicator_id": result.id,
                **{k: figures[k] for k in ("value", "numerator", "denominator", "capacity_at_norm")},
                "norm_id": result.norm_id,
                **{k: figures[k] for k in ("norm_value", "pressure", "pressure_without_displaced")},
                "severity_class": pd.array(result.severity_class, dtype="Int8"),
                "severity_class_without_displaced": pd.array(result.severity_class_without, dtype="Int8"),
                "score": result.score,
                "score_without_displaced": result.score_without,
                "class_by_score": pd.array(figures["class_by_score"], dtype="Int8"),
                **{k: figures[k] for k in ("score_low", "score_high", "gap_to_norm", "gap_without_displaced")},
                "status": _words(result.status, _STATUS),
                "provenance": _words(result.provenance, PROVENANCE_ORDER),
                "reliability": _words(result.reliability, RELIABILITY_ORDER),
                "worst_indicator": words,
                "scenario_id": self.scenario_id,
            }
        )


_WITHOUT_PRESSURE = (ResultStatus.NOT_ASSESSED, ResultStatus.MISSING, ResultStatus.NO_SERVICE, ResultStatus.NO_DEMAND)

_FIGURES = (
    "value", "numerator", "denominator", "capacity_at_norm", "norm_value", "pressure", "pressure_without_displaced",
    "class_by_score", "score_low", "score_high", "gap_to_norm", "gap_without_displaced",
)  # fmt: skip


def assess(panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS) -> Assessment:
    """Assess every indicator, sector and the composite for every commune and month of a panel."""
    panel = prepare_panel(panel, definitions, assumptions)
    results = assess_indicators(panel, definitions.indicators.values(), definitions, assumptions)
    for sector in definitions.sector_weights:
        results[sector.value] = _sector_result(sector, definitions, results)
    results[COMPOSITE_ID] = _composite_result(definitions, results)
    return Assessment(panel, results, assumptions=assumptions)


def prepare_panel(panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS) -> Panel:
    """A panel with the grade of every figure and the derived columns that indicators name."""
    return add_demand(grade_panel(panel, definitions.reliability), assumptions)


def assess_indicators(
    panel: Panel, indicators: Iterable[Indicator], definitions: Definitions, assumptions: Assumptions = DEFAULTS
) -> dict[str, Result]:
    """Results of some indicators, by id, for a panel that is prepared (``prepare_panel``)."""
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    return {i.id: _indicator_result(i, compute_ratio(panel, i, norm), definitions.legend) for i in indicators}


def _indicator_result(indicator: Indicator, ratio: Ratio, legend: Legend) -> Result:
    status = _indicator_status(indicator, ratio)
    total = _scored(indicator, ratio, ratio.pressure, ratio.value, ratio.numerator, legend)
    without = _scored(indicator, ratio, ratio.pressure_without, ratio.value, ratio.numerator_without, legend)
    shown = indicator.has_pressure
    known = status < _STATUS.index(ResultStatus.MISSING)
    nothing = np.full_like(ratio.value, np.nan)
    return Result(
        id=indicator.id,
        norm_id="+".join(dict.fromkeys(term.norm for term in indicator.terms)),
        status=status,
        score=total[0],
        score_without=without[0],
        severity_class=total[1],
        severity_class_without=without[1],
        provenance=np.where(known, _worst([c.provenance for c in ratio.inputs]), -1),
        reliability=np.where(known, _worst([c.reliability for c in ratio.inputs]), -1),
        figures={
            "value": ratio.value,
            "numerator": ratio.numerator,
            "capacity_at_norm": ratio.capacity_at_norm,
            "denominator": ratio.denominator,
            "norm_value": ratio.norm_value,
            "pressure": ratio.pressure if shown else nothing,
            "pressure_without_displaced": ratio.pressure_without if shown else nothing,
            "gap_to_norm": ratio.gap if shown else nothing,
            "gap_without_displaced": ratio.gap_without if shown else nothing,
        },
    )


def _indicator_status(indicator: Indicator, ratio: Ratio) -> np.ndarray:
    """Rank of the result's status: what does not apply, what is missing, what has no service, what has no demand."""
    not_applicable = np.any([c.is_not_applicable() for c in ratio.inputs], axis=0)
    known = ~np.isnan(ratio.numerator) & ~np.isnan(ratio.capacity_at_norm)
    absent = np.isnan(ratio.value) if not indicator.has_pressure else ~known
    no_capacity = known & (ratio.capacity_at_norm == 0) & indicator.has_pressure
    return np.select(
        [not_applicable, absent, no_capacity & (ratio.numerator > 0), no_capacity],
        [_STATUS.index(s) for s in _WITHOUT_PRESSURE],
        default=_STATUS.index(ResultStatus.ASSESSED),
    )


def _scored(
    indicator: Indicator, ratio: Ratio, pressure: np.ndarray, value: np.ndarray, demand: np.ndarray, legend: Legend
) -> tuple[np.ndarray, np.ndarray]:
    """Score and class; an absent service with demand is a breakdown although it has no pressure."""
    if not indicator.has_pressure:
        nothing = np.full_like(pressure, np.nan)
        return nothing, nothing
    goalposts = indicator.goalposts or legend.goalposts
    scored = score(value if goalposts.scored == "value" else pressure, goalposts)
    classed = class_of_score(scored) if indicator.goalposts else severity_class(pressure, legend)
    no_service = (ratio.capacity_at_norm == 0) & (demand > 0)
    return np.where(no_service, MAXIMUM_SCORE, scored), np.where(no_service, float(BREAKDOWN_CLASS), classed)


def _sector_result(sector: Sector, definitions: Definitions, results: dict[str, Result]) -> Result:
    members = [i for i in definitions.of_sector(sector) if i.weight > 0]
    parts = [results[i.id] for i in members]
    weights = [i.weight for i in members]
    total = sector_score([p.score for p in parts], weights)
    # Without displaced persons the same indicators must be there, or the two scores would not compare.
    same = np.all([np.isnan(p.score) | ~np.isnan(p.score_without) for p in parts], axis=0)
    without = np.where(same, sector_score([p.score_without for p in parts], weights), np.nan)
    low, high = sector_bounds([p.score for p in parts], weights)
    headline = results[definitions.headlines[sector]]
    return Result(
        id=sector.value,
        norm_id="",
        status=_aggregate_status(total),
        score=total,
        score_without=without,
        severity_class=class_of_score(total),
        severity_class_without=class_of_score(without),
        provenance=_worst_present(parts, total, "provenance"),
        reliability=_worst_present(parts, total, "reliability"),
        figures={
            "value": total,
            "class_by_score": class_of_score(total),
            "score_low": low,
            "score_high": high,
            "gap_to_norm": headline.figures["gap_to_norm"],
            "gap_without_displaced": headline.figures["gap_without_displaced"],
        },
        worst=_worst_name(parts, total),
    )


def _composite_result(definitions: Definitions, results: dict[str, Result]) -> Result:
    parts = [results[s.value] for s in definitions.sector_weights]
    weights = list(definitions.sector_weights.values())
    index = composite_index(
        [p.score for p in parts], [p.severity_class for p in parts], weights, definitions.composite_power
    )
    same = np.all([np.isnan(p.score) | ~np.isnan(p.score_without) for p in parts], axis=0)
    without = composite_index(
        [p.score_without for p in parts], [p.severity_class_without for p in parts], weights, definitions.composite_power
    )
    return Result(
        id=COMPOSITE_ID,
        norm_id="",
        status=_aggregate_status(index.score),
        score=index.score,
        score_without=np.where(same, without.score, np.nan),
        severity_class=index.severity_class,
        severity_class_without=np.where(same, without.severity_class, np.nan),
        provenance=_worst_present(parts, index.score, "provenance"),
        reliability=_worst_present(parts, index.score, "reliability"),
        figures={
            "value": index.score,
            "class_by_score": index.class_of_score,
            "score_low": index.low,
            "score_high": index.high,
        },
        worst=_worst_name(parts, index.score),
    )


def _aggregate_status(total: np.ndarray) -> np.ndarray:
    assessed, insufficient = _STATUS.index(ResultStatus.ASSESSED), _STATUS.index(ResultStatus.INSUFFICIENT)
    return np.where(np.isnan(total), insufficient, assessed)


def _worst(ranks: list[np.ndarray]) -> np.ndarray:
    return np.max(ranks, axis=0)


def _worst_present(parts: list[Result], total: np.ndarray, name: str) -> np.ndarray:
    """The least firm rank among the parts that count, where there is a total."""
    ranks = [np.where(np.isnan(p.score), -1, getattr(p, name)) for p in parts]
    return np.where(np.isnan(total), -1, _worst(ranks))


def _worst_name(parts: list[Result], total: np.ndarray) -> np.ndarray:
    table = np.nan_to_num(np.asarray([p.score for p in parts]), nan=-1.0)
    names = np.array([p.id for p in parts], dtype=object)
    return np.where(np.isnan(total), "", names[table.argmax(axis=0)])


def _words(ranks: np.ndarray, order: tuple[str, ...]) -> np.ndarray:
    names = np.array([*(str(v) for v in order), ""], dtype=object)
    return names[ranks]
