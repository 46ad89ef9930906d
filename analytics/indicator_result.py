"""The result of an indicator from its ratio: status, score, class, and the class at both ends of what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.faces import ClassedBy
from analytics.legend import Legend
from analytics.model import Indicator, ResultStatus
from analytics.pressure import BREAKDOWN_CLASS, LOWEST_CLASS, MAXIMUM_SCORE, class_of_score, score, severity_class
from analytics.ratios import Ratio, divide
from analytics.result import STATUS, Result, rank_of, status_of_classes
from analytics.terms import WorstTerm, read_worst_term

_WITHOUT_PRESSURE = (ResultStatus.NOT_ASSESSED, ResultStatus.MISSING, ResultStatus.NO_SERVICE, ResultStatus.NO_DEMAND)


def rate_indicator(indicator: Indicator, ratio: Ratio, legend: Legend) -> Result:
    """Score and class of one indicator over the rows of a panel."""
    status = _status(indicator, ratio)
    worst = read_worst_term(ratio) if indicator.classed_by is ClassedBy.WORST_TERM else None
    total = _scored(indicator, ratio, worst, legend)
    without = _scored(indicator, ratio, worst, legend, without=True)
    known = status < STATUS.index(ResultStatus.MISSING)
    ends = _Ends.read(indicator, ratio, total, legend)
    low, high = _class_ends(indicator, status, ends, worst, legend)
    settled = ends.low_class == ends.high_class
    says = ~((low == LOWEST_CLASS) & (high == BREAKDOWN_CLASS))
    unsettled = (status == STATUS.index(ResultStatus.ASSESSED)) & ~settled & indicator.has_pressure
    return Result(
        id=indicator.id,
        norm_id="+".join(dict.fromkeys(term.norm for term in indicator.terms)),
        status=np.where(unsettled, status_of_classes(~unsettled, says), status),
        score=total[0],
        score_without=without[0],
        severity_class=np.where(unsettled, np.nan, total[1]),
        severity_class_without=np.where(unsettled, np.nan, without[1]),
        provenance=np.where(known, np.max([c.provenance for c in ratio.inputs], axis=0), -1),
        reliability=np.where(known, np.max([c.reliability for c in ratio.inputs], axis=0), -1),
        figures=_figures(indicator, ratio, worst) | {"score_low": ends.low, "score_high": ends.high},
        class_low=low,
        class_high=high,
        worst_term=worst.name if worst else None,
        absent_terms=worst.absent_names if worst else None,
        terms={label: divide(t.demand, t.at_norm) for label, t in ratio.terms.items()} if worst else {},
    )


def _figures(indicator: Indicator, ratio: Ratio, worst: WorstTerm | None) -> dict[str, np.ndarray]:
    nothing = np.full_like(ratio.value, np.nan)
    shown = indicator.has_pressure
    return {
        "value": ratio.value,
        "value_low": ratio.value_low,
        "value_high": ratio.value_high,
        "numerator": ratio.numerator,
        "capacity_at_norm": ratio.capacity_at_norm,
        "denominator": ratio.denominator,
        "norm_value": ratio.norm_value,
        "pressure": ratio.pressure if shown else nothing,
        "pressure_without_displaced": ratio.pressure_without if shown else nothing,
        "pressure_worst_term": worst.pressure if worst else nothing,
        "gap_to_norm": ratio.gap if shown else nothing,
        "gap_without_displaced": ratio.gap_without if shown else nothing,
    }


def _status(indicator: Indicator, ratio: Ratio) -> np.ndarray:
    """Rank of the result's status: what does not apply, what is missing, what has no service, what has no demand."""
    not_applicable = np.any([c.is_not_applicable() for c in ratio.inputs], axis=0)
    known = ~np.isnan(ratio.numerator) & ~np.isnan(ratio.capacity_at_norm)
    absent = np.isnan(ratio.value) if not indicator.has_pressure else ~known
    no_capacity = known & (ratio.capacity_at_norm == 0) & indicator.has_pressure
    return np.select(
        [not_applicable, absent, no_capacity & (ratio.numerator > 0), no_capacity],
        rank_of(_WITHOUT_PRESSURE),
        default=rank_of([ResultStatus.ASSESSED])[0],
    )


def _scored(
    indicator: Indicator, ratio: Ratio, worst: WorstTerm | None, legend: Legend, without: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Score and class; an absent service with demand is a breakdown although it has no pressure."""
    pressure = ratio.pressure_without if without else ratio.pressure
    demand = ratio.numerator_without if without else ratio.numerator
    if not indicator.has_pressure:
        nothing = np.full_like(pressure, np.nan)
        return nothing, nothing
    no_service = (ratio.capacity_at_norm == 0) & (demand > 0)
    if worst is not None:
        is_known = ~np.isnan(pressure)
        pressure = np.where(is_known, worst.pressure_without if without else worst.pressure, np.nan)
        # A cycle with pupils and no room is a breakdown, be the only rooms those of a cycle without pupils.
        no_service = no_service | (is_known & (worst.is_absent_without if without else worst.is_absent))
    goalposts = indicator.goalposts or legend.goalposts
    scored = score(ratio.value if goalposts.scored == "value" else pressure, goalposts)
    classed = class_of_score(scored, legend) if indicator.goalposts else severity_class(pressure, legend)
    return np.where(no_service, MAXIMUM_SCORE, scored), np.where(no_service, float(BREAKDOWN_CLASS), classed)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Score and class at both ends of what nobody published; those of the figure itself where enough of the people are published."""

    low: np.ndarray
    high: np.ndarray
    low_class: np.ndarray
    high_class: np.ndarray

    @classmethod
    def read(cls, indicator: Indicator, ratio: Ratio, total: tuple[np.ndarray, np.ndarray], legend: Legend) -> _Ends:
        """The ends of one indicator: as the figure itself is scored."""
        if not indicator.is_known_in_part:
            return cls(total[0], total[0], total[1], total[1])
        goalposts, ends = indicator.goalposts or legend.goalposts, (ratio.value_low, ratio.value_high)
        pressures = [divide(end, ratio.norm_value) for end in ends]
        scores = [score(figure, goalposts) for figure in (ends if goalposts.scored == "value" else pressures)]
        if indicator.goalposts:
            classes = [class_of_score(end, legend) for end in scores]
        else:
            classes = [severity_class(end, legend) for end in pressures]
        enough = ratio.known_share >= legend.least_known_share
        return cls(*(np.where(enough, own, end) for own, pair in zip(total, (scores, classes), strict=True) for end in pair))


def _class_ends(
    indicator: Indicator, status: np.ndarray, ends: _Ends, worst: WorstTerm | None, legend: Legend
) -> tuple[np.ndarray, np.ndarray]:
    """Class at both ends of what is missing: any class where a figure is missing, but none lighter than that of a cycle known."""
    classes = ends.low_class
    if not indicator.has_pressure:
        return classes, classes
    missing = status == STATUS.index(ResultStatus.MISSING)
    known = np.full_like(classes, LOWEST_CLASS)
    if worst is not None:
        known = np.where(worst.is_absent, BREAKDOWN_CLASS, np.fmax(known, severity_class(worst.pressure, legend)))
    return np.where(missing, known, classes), np.where(missing, float(BREAKDOWN_CLASS), ends.high_class)
