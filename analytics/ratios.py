"""Demand against capacity: numerator, denominator, value, pressure and gap of each indicator, with and without displaced
persons. The only place where an indicator's formula is computed (method note 1 and 2.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from analytics.assumptions import NormProfile
from analytics.model import Indicator, Measure, Term
from analytics.norms import Norm
from analytics.panel import Column, Panel
from analytics.queueing import staff_to_clear

NormValues = Callable[[str], np.ndarray]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One indicator over the rows of a panel.

    ``numerator`` demand, ``denominator`` units of capacity, ``capacity_at_norm`` the demand this capacity may carry,
    ``pressure`` numerator ÷ capacity_at_norm, ``gap`` demand above the norm, ``value`` the figure in the indicator's unit;
    the fields ending in ``_without`` leave displaced persons out. ``inputs`` are the columns it rests on; ``terms`` the pairs of
    demand and capacity that were summed, by label. ``value_low`` and ``value_high`` are the value at both ends of what nobody
    published, the value itself where all of it is; ``known_share`` the part (0–1) of the people who are published.
    """

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    norm_value: np.ndarray
    capacity_at_norm: np.ndarray
    pressure: np.ndarray
    pressure_without: np.ndarray
    numerator_without: np.ndarray
    gap: np.ndarray
    gap_without: np.ndarray
    inputs: tuple[Column, ...]
    value_low: np.ndarray
    value_high: np.ndarray
    known_share: np.ndarray
    terms: dict[str, EvaluatedTerm] = field(default_factory=dict)


def norm_values(norms: dict[str, Norm], panel: Panel, profile: NormProfile = NormProfile.PLANNING) -> NormValues:
    """A function giving, for a norm's id, the value in force in the month of each row of the panel."""

    def values(norm_id: str) -> np.ndarray:
        by_month = [norms[norm_id].in_force(month.date(), profile).value for month in panel.months]
        return np.tile(np.asarray(by_month, dtype=float), len(panel.commune_codes))

    return values


def compute_ratio(panel: Panel, indicator: Indicator, norm: NormValues) -> Ratio:
    """Compute one indicator for every row of a panel; a missing input leaves the result missing (NaN)."""
    terms = [evaluate_term(panel, term, indicator, norm) for term in indicator.terms]
    numerator = np.sum([t.demand for t in terms], axis=0)
    without = np.sum([t.demand_without for t in terms], axis=0)
    denominator = np.sum([t.capacity for t in terms], axis=0)
    at_norm = np.sum([t.at_norm for t in terms], axis=0)
    gap = np.sum([t.gap(t.demand) for t in terms], axis=0)
    gap_without = np.sum([t.gap(t.demand_without) for t in terms], axis=0)
    value = _VALUES[indicator.measure](panel, indicator, norm, terms)
    inputs = tuple(column for t in terms for column in t.inputs)
    named = (indicator.parameters[name] for name in ("backlog", "done", "pace") if name in indicator.parameters)
    inputs += tuple(panel[name] for name in named)
    low, high, known_share = _ends_of_share(panel, indicator, terms, value)
    return Ratio(
        value=value,
        numerator=numerator,
        denominator=denominator,
        norm_value=_shown_norm(indicator, terms, denominator, at_norm),
        capacity_at_norm=at_norm,
        pressure=divide(numerator, at_norm),
        pressure_without=divide(without, at_norm),
        numerator_without=without,
        gap=gap,
        gap_without=gap_without,
        inputs=inputs,
        value_low=low,
        value_high=high,
        known_share=known_share,
        terms=dict(zip([t.label for t in indicator.terms], terms, strict=True)),
    )


def _ends_of_share(
    panel: Panel, indicator: Indicator, terms: list[EvaluatedTerm], value: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A share with the people of whom nothing is published at none and at all, any share where nobody says how many those are; and the
    part of the people who are published, none where that is not said."""
    if not indicator.is_known_in_part:
        return value, value, np.ones_like(value)
    (term,), (evaluated,) = indicator.terms, terms
    silent = people_unpublished(panel, term, evaluated.capacity)
    low, high = (divide(evaluated.demand + part, evaluated.capacity + silent) for part in (0.0, silent))
    unknown = np.isnan(silent) & ~np.isnan(value)
    ends = (np.where(unknown, 0.0, low), np.where(unknown, 1.0, high))
    low, high = (np.where(np.isnan(value), np.nan, indicator.scale * end) for end in ends)
    return low, high, np.nan_to_num(divide(evaluated.capacity, evaluated.capacity + silent))


def people_unpublished(panel: Panel, term: Term, published: np.ndarray) -> np.ndarray:
    """People of a whole of whom nothing is published; never negative: two sums of one census may differ by a few."""
    return np.maximum(panel[str(term.whole)].value - published, 0.0)


def divide(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Quotient that is missing, not infinite, where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def demand_per_unit(indicator: Indicator, limit: np.ndarray) -> np.ndarray:
    """Demand that one unit of capacity may carry: the norm itself, or what a floor of units per so many people allows."""
    return indicator.scale / limit if indicator.measure is Measure.DENSITY else limit


def value_of_pressure(pressure: np.ndarray, indicator: Indicator, limit: float) -> np.ndarray:
    """What a pressure is in the unit of its indicator: times the norm, in percent where the norm is a share."""
    return pressure * limit * (indicator.scale if indicator.unit == "percent" else 1.0)


def seats_short(demand: np.ndarray, capacity_at_norm: np.ndarray) -> np.ndarray:
    """Demand above what the capacity carries at the norm; never negative."""
    return np.maximum(0.0, demand - capacity_at_norm)


@dataclass(frozen=True, slots=True)
class EvaluatedTerm:
    """One demand-to-capacity pair over the rows of a panel; ``at_norm`` is the demand that its capacity carries."""

    demand: np.ndarray
    demand_without: np.ndarray
    capacity: np.ndarray
    at_norm: np.ndarray
    norm: np.ndarray
    inputs: tuple[Column, ...]

    def gap(self, demand: np.ndarray) -> np.ndarray:
        """Demand above the norm."""
        return seats_short(demand, self.at_norm)


def evaluate_term(panel: Panel, term: Term, indicator: Indicator, norm: NormValues) -> EvaluatedTerm:
    """Demand, capacity and what that capacity carries at the norm, for every row of a panel."""
    demand = panel[term.demand]
    capacity_columns = tuple(panel[name] for name in term.capacity)
    factors = [c.value for c in capacity_columns] + [norm(name) for name in term.capacity_norms]
    # What is only counted (documents to reissue) has no capacity to carry it.
    capacity = np.prod(factors, axis=0) if factors else np.full_like(demand.value, np.nan)
    without = demand.value - panel[term.displaced].value if term.displaced else demand.value
    limit = norm(term.norm)
    at_norm = capacity * demand_per_unit(indicator, limit)
    return EvaluatedTerm(demand.value, np.maximum(without, 0.0), capacity, at_norm, limit, (demand, *capacity_columns))


def carried_by_one(panel: Panel, term: Term, indicator: Indicator, norm: NormValues, unit: str) -> np.ndarray:
    """Demand that one more unit of a capacity variable carries at the norm, the term's other capacities as they are.

    One more clinician carries the norm of visits a day on each opening day; one more classroom the norm of pupils.
    """
    others = [panel[name].value for name in term.capacity if name != unit] + [norm(name) for name in term.capacity_norms]
    return np.prod([demand_per_unit(indicator, norm(term.norm)), *others], axis=0)


def _shown_norm(
    indicator: Indicator, terms: list[EvaluatedTerm], denominator: np.ndarray, at_norm: np.ndarray
) -> np.ndarray:
    """The norm to print beside the value; over several cycles, the mean norm weighted by capacity.

    The norm of a load in percent is a share; that of a density is written as its value is.
    """
    if indicator.measure is Measure.DENSITY:
        return terms[0].norm
    if len(terms) == 1:
        return terms[0].norm * (indicator.scale if indicator.unit == "percent" else 1.0)
    return np.where(denominator > 0, divide(at_norm, denominator), terms[0].norm)


def _load(_panel: Panel, indicator: Indicator, _norm: NormValues, terms: list[EvaluatedTerm]) -> np.ndarray:
    demand, capacity = np.sum([t.demand for t in terms], axis=0), np.sum([t.capacity for t in terms], axis=0)
    return indicator.scale * divide(demand, capacity)


def _density(_panel: Panel, indicator: Indicator, _norm: NormValues, terms: list[EvaluatedTerm]) -> np.ndarray:
    demand, capacity = np.sum([t.demand for t in terms], axis=0), np.sum([t.capacity for t in terms], axis=0)
    return indicator.scale * divide(capacity, demand)


def _people_above_norm(_panel: Panel, _indicator: Indicator, _norm: NormValues, terms: list[EvaluatedTerm]) -> np.ndarray:
    return np.sum([t.gap(t.demand) for t in terms], axis=0)


def _units_short(_panel: Panel, _indicator: Indicator, _norm: NormValues, terms: list[EvaluatedTerm]) -> np.ndarray:
    return np.sum([np.ceil(np.round(t.gap(t.demand) / t.norm, 9)) for t in terms], axis=0)


def _staff_to_clear(panel: Panel, indicator: Indicator, norm: NormValues, terms: list[EvaluatedTerm]) -> np.ndarray:
    (term,) = terms
    names = indicator.parameters
    per_day = divide(term.demand, term.capacity)
    # What one clerk handles in a day: by the commune's mix of requests, a norm in sets kept from before it was known.
    pace = panel[names["pace"]].value * term.norm if "pace" in names else term.norm
    return staff_to_clear(
        per_day, panel[names["backlog"]].value, norm(names["days_to_clear"]), pace, norm(names["target_utilisation"])
    )


def _outstanding(panel: Panel, indicator: Indicator, norm: NormValues, terms: list[EvaluatedTerm]) -> np.ndarray:
    """What is still to be done: units of demand times the share concerned and the norm of each, less what was done."""
    (term,) = terms
    due = term.demand * norm(indicator.parameters["share"]) * term.norm
    return np.maximum(0.0, due - panel[indicator.parameters["done"]].value)


_VALUES: dict[Measure, Callable[[Panel, Indicator, NormValues, list[EvaluatedTerm]], np.ndarray]] = {
    Measure.LOAD: _load,
    Measure.DENSITY: _density,
    Measure.PEOPLE_ABOVE_NORM: _people_above_norm,
    Measure.UNITS_SHORT: _units_short,
    Measure.STAFF_TO_CLEAR: _staff_to_clear,
    Measure.OUTSTANDING: _outstanding,
    # A rate is shown beside its reference and never judged: low and high are both warnings.
    Measure.RATE: _load,
}
