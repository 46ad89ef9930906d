"""Demand and capacity of every indicator in each draw of one month: figures with their errors of measurement (docs/ranks.md)."""

from __future__ import annotations

from functools import reduce

import numpy as np

from analytics.assumptions import Assumptions, CensusCounting
from analytics.capacity_factors import FACTORS
from analytics.demand import counted_share, displaced_seen_from, people_served
from analytics.draws import Draws, middle_of_highest
from analytics.model import Definitions, Indicator, Measure, Term
from analytics.panel import Column, Panel
from analytics.population import residents_of
from analytics.ratios import demand_per_unit, divide, norm_values, people_unpublished
from analytics.reliability import variation


class DrawnFigures:
    """What indicators are computed from, communes × (1 + draws), the first column without error."""

    def __init__(self, panel: Panel, definitions: Definitions, draws: Draws, assumptions: Assumptions) -> None:
        self.panel, self.definitions, self.draws, self.assumptions = panel, definitions, draws, assumptions
        self._norm = norm_values(definitions.norms, panel, assumptions.profile)
        self._demand: dict[str, np.ndarray] = {}

    def sums(self, indicator: Indicator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Demand, capacity, and capacity at the norm, summed over the terms, in each draw."""
        drawn = self._share if indicator.id in self.draws.rules.shares else self._term
        parts = zip(*(drawn(term, indicator) for term in indicator.terms), strict=True)
        demand, capacity, at_norm = (reduce(np.add, part) for part in parts)
        return demand, capacity, at_norm

    def worst_term(self, indicator: Indicator) -> tuple[np.ndarray, np.ndarray]:
        """Pressure of the term under most pressure in each draw, one with demand and no capacity beyond every number; and the
        median that it would have if all those that cannot be told from the heaviest were as heavy."""
        drawn = [self._term(term, indicator) for term in indicator.terms]
        served = [
            np.where(demand > 0, np.where(at_norm == 0, np.float32(np.inf), divide(demand, at_norm)), np.float32(np.nan))
            for demand, _, at_norm in drawn
        ]
        return reduce(np.fmax, served), middle_of_highest(np.stack(served), self.draws.rules.interval[0])

    def _term(self, term: Term, indicator: Indicator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        norms = (self._norm_of(name) for name in term.capacity_norms)
        capacity = reduce(np.multiply, [*(self._capacity_of(name) for name in term.capacity), *norms])
        return self._demand_of(term.demand), capacity, capacity * demand_per_unit(indicator, self._norm_of(term.norm))

    def _share(self, term: Term, indicator: Indicator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """A part of one whole: the error of the part moves people between it and the rest, so that their sum is the whole;
        where the figures contradict that, each errs for itself."""
        (other,) = term.capacity
        is_load = indicator.measure is Measure.LOAD
        part_name, whole_name = (term.demand, other) if is_load else (other, term.demand)
        known, whole = (self.panel[name].value.astype(np.float32)[:, None] for name in (part_name, whole_name))
        part = self._lognormal(part_name, self.panel[part_name])
        share = self._with_unpublished(divide(part, part + whole - known), whole, term)
        drawn = (share, np.ones_like(share))
        demand, capacity, _ = self._term(term, indicator)
        pairs = zip(drawn if is_load else drawn[::-1], (demand, capacity), strict=True)
        demand, capacity = (np.where(known <= whole, *pair) for pair in pairs)
        return demand, capacity, capacity * demand_per_unit(indicator, self._norm_of(term.norm))

    def _with_unpublished(self, share: np.ndarray, published: np.ndarray, term: Term) -> np.ndarray:
        """A share over all people: that of those of whom nothing is published lies anywhere from none to all, as often below the
        published share as above it, so that this remains the centre."""
        if not term.whole:
            return share
        silent = people_unpublished(self.panel, term, published[:, 0])[:, None]
        centre, at = share[:, :1], 2 * self.draws.anywhere(f"{term.whole} not in {term.capacity[0]}")
        theirs = np.where(at <= 1, centre * at, centre + (1 - centre) * (at - 1))
        # Nobody says how many there are: they may be everyone.
        part = np.where(np.isnan(silent), 1.0, divide(silent, published + silent)).astype(np.float32)
        return share * (1 - part) + theirs * part

    def _demand_of(self, variable: str) -> np.ndarray:
        if variable not in self._demand:
            served = variable == "population_served"
            self._demand[variable] = self._people_served() if served else self._lognormal(variable, self.panel[variable])
        return self._demand[variable]

    def _people_served(self) -> np.ndarray:
        """Residents and displaced persons each with their error, and the share counted twice anywhere between its bounds."""
        declared, counting = self.panel["displaced_counted_in_census_pct"].value, self.assumptions.counting
        share = counted_share(declared, counting).astype(np.float32)[:, None]
        if counting is CensusCounting.DECLARED:
            share = np.where(np.isnan(declared)[:, None], self.draws.counted_share(), share)
        residents = self._lognormal("residents", residents_of(self.panel))
        hosted = self._lognormal("displaced_persons", self.panel["displaced_from_elsewhere"])
        away = np.nan_to_num(self._lognormal("residents_away", self.panel["residents_away"]))
        return people_served(residents, displaced_seen_from(self.panel, hosted, share, away), self.assumptions.basis)

    def _lognormal(self, name: str, column: Column) -> np.ndarray:
        factor = self.draws.demand_factor(name, variation(column.reliability, self.definitions.reliability))
        return column.value.astype(np.float32)[:, None] * factor

    def _capacity_of(self, variable: str) -> np.ndarray:
        column = self.panel[variable]
        if variable in FACTORS:
            return column.value.astype(np.float32)[:, None]
        factor = self.draws.capacity_factor(variable, variation(column.reliability, self.definitions.reliability))
        return column.value.astype(np.float32)[:, None] * factor

    def _norm_of(self, norm_id: str) -> np.ndarray:
        return self._norm(norm_id).astype(np.float32)[:, None]
