"""Needs by commune in demand and in units: what is asked, what the norm carries, what is above it (method note 4.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.model import Definitions, Indicator, Term
from analytics.panel import Panel
from analytics.pressure import BREAKDOWN_CLASS, severity_class
from analytics.ratios import EvaluatedTerm, NormValues, carried_by_one, divide, evaluate_term, norm_values
from analytics.resources import MONTHS_A_YEAR, Means, Need


@dataclass(frozen=True, slots=True)
class NeedFigures:
    """One need over the communes of a panel, in demand units and in units of the need; NaN where something is missing."""

    need: Need
    demand: np.ndarray
    carried: np.ndarray
    gap: np.ndarray
    carried_by_one: np.ndarray
    available_units: np.ndarray
    severity_class: np.ndarray
    status: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray

    @property
    def pressure(self) -> np.ndarray:
        """Demand ÷ demand carried at the norm; NaN where there is no capacity."""
        return divide(self.demand, self.carried)


def measure_needs(
    assessment: Assessment,
    definitions: Definitions,
    means: Means,
    month: pd.Timestamp,
    assumptions: Assumptions = DEFAULTS,
    *,
    with_displaced: bool = True,
) -> dict[str, NeedFigures]:
    """Every need of every commune in one month, by need id, from the panel of an assessment and the norms then in force; of all who
    ask for the service, or without displaced people."""
    panel = assessment.panel.of_month(month)
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    figures = {}
    for need in means.needs.values():
        classes = assessment.results[need.indicator].severity_class[
            assessment.panel.months.index(month) :: len(assessment.panel.months)
        ]
        figures[need.id] = _measure(need, definitions, panel, norm, classes, with_displaced=with_displaced)
    return figures


def _measure(
    need: Need,
    definitions: Definitions,
    panel: Panel,
    norm: NormValues,
    indicator_class: np.ndarray,
    *,
    with_displaced: bool,
) -> NeedFigures:
    indicator = definitions.indicators[need.indicator]
    term = _term(indicator, need.term)
    evaluated = _of_a_year(need, panel, evaluate_term(panel, term, indicator, norm))
    if not with_displaced:
        evaluated = replace(evaluated, demand=evaluated.demand_without)
    gap = evaluated.gap(evaluated.demand)
    if need.unit_variable:
        one = carried_by_one(panel, term, indicator, norm, need.unit_variable) * _times(need)
        available = panel[need.unit_variable].value
    else:
        one, available = np.ones(panel.rows), evaluated.at_norm
    not_applicable = np.any([c.is_not_applicable() for c in evaluated.inputs], axis=0)
    # A service that is open no day of the month carries nothing per unit: how many units are missing cannot be said.
    missing = np.isnan(gap) | ((gap > 0) & ~(one > 0))
    no_service = (evaluated.at_norm == 0) & (evaluated.demand > 0)
    known = ~(missing | not_applicable)
    return NeedFigures(
        need=need,
        demand=np.where(known, evaluated.demand, np.nan),
        carried=np.where(known, evaluated.at_norm, np.nan),
        gap=np.where(known, gap, np.nan),
        carried_by_one=one,
        available_units=available,
        severity_class=_class(
            indicator, divide(evaluated.demand, evaluated.at_norm), no_service, indicator_class, definitions
        ),
        status=np.select([not_applicable, missing, no_service], ["not_assessed", "missing", "no_service"], "assessed"),
        provenance=np.where(known, np.max([c.provenance for c in evaluated.inputs], axis=0), -1),
        reliability=np.where(known, np.max([c.reliability for c in evaluated.inputs], axis=0), -1),
    )


def _times(need: Need) -> int:
    """How often the demand of the term comes in what the need counts."""
    return MONTHS_A_YEAR if need.waiting_variable else 1


def _of_a_year(need: Need, panel: Panel, monthly: EvaluatedTerm) -> EvaluatedTerm:
    """The queue of a year where the need has one: requests of twelve months with those that wait, and what twelve months carry. Who
    clears what waits and who serves what comes stand at the same counter: one queue is closed once."""
    if not need.waiting_variable:
        return monthly
    waiting, times = panel[need.waiting_variable], _times(need)
    return replace(
        monthly,
        demand=times * monthly.demand + waiting.value,
        demand_without=times * monthly.demand_without + waiting.value,
        capacity=times * monthly.capacity,
        at_norm=times * monthly.at_norm,
        inputs=(*monthly.inputs, waiting),
    )


def _class(
    indicator: Indicator, pressure: np.ndarray, no_service: np.ndarray, indicator_class: np.ndarray, definitions: Definitions
) -> np.ndarray:
    """Class of the need's own pressure; the indicator's class where that follows from goalposts of its own."""
    own = indicator_class if indicator.goalposts else severity_class(pressure, definitions.legend)
    return np.where(no_service, float(BREAKDOWN_CLASS), own)


def _term(indicator: Indicator, label: str) -> Term:
    return next(term for term in indicator.terms if term.label == label)
