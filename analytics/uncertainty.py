"""How sure a result is: Monte Carlo of pressures, sector scores and the index over what is not known exactly (method note 2.5).

Errors are drawn once per commune and variable and hold for all months: whoever reports too much does so every month. The same
variable errs the same way in every indicator that uses it; norms, weights and the aggregation rule are the same for all
communes in a draw, so that ranks compare like with like.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.assumptions import CensusCounting
from analytics.composite import power_mean, red_flag, weighted_mean
from analytics.demand import counted_share, displaced_seen_from, people_served
from analytics.draws import Draws
from analytics.faces import ClassedBy, Face
from analytics.model import Definitions, Indicator, Sector, Term
from analytics.panel import Column
from analytics.population import residents_of
from analytics.pressure import BREAKDOWN_SCORE, HIGH_SCORE, MAXIMUM_SCORE, score
from analytics.ratios import demand_per_unit, divide
from analytics.reliability import variation

_Summary = dict[str, np.ndarray]

# Arrays of this size keep two processors busy outside the interpreter; more threads would only share the same memory.
PARALLEL_MONTHS = 2

SUMMARY = ("median", "low", "high", "probability_high")
RANKING = ("rank", "rank_low", "rank_high", "first_share")


def simulate(
    assessment: Assessment,
    definitions: Definitions,
    months: Sequence[pd.Timestamp] | None = None,
    ranked: Collection[str] = (COMPOSITE_ID,),
) -> dict[pd.Timestamp, pd.DataFrame]:
    """Interval, probability of a high class and rank interval of every result, month by month.

    Args:
        assessment: results of a panel with demand and reliability.
        months: months to simulate (all of the assessment's otherwise).
        ranked: results whose communes are ranked; the others have no rank.

    Returns:
        For each month, one row per commune and result: ``commune_code, indicator_id``, ``median, low, high`` (5–95 %) in
        multiples of the norm (in the indicator's unit where the class follows from the value, as a score for sectors and
        index), ``probability_high`` of class 4 or 5; for the ranked results also ``rank`` by the median, ``rank_low``, ``rank_high``
        and ``first_share``, the share of draws among the first communes. NaN where there is no class; where people have no
        service at all there is no interval either, and the rank is 1 for all of them.
    """
    draws = Draws(definitions.uncertainty, assessment.assumptions, len(assessment.panel.commune_codes))
    chosen = list(assessment.panel.months) if months is None else list(months)
    with ThreadPoolExecutor(PARALLEL_MONTHS) as pool:
        tables = pool.map(lambda month: _Month(assessment, definitions, draws, month, ranked).rows(), chosen)
        return dict(zip(chosen, tables, strict=True))


class _Month:
    """One month of a simulation."""

    def __init__(
        self, assessment: Assessment, definitions: Definitions, draws: Draws, month: pd.Timestamp, ranked: Collection[str]
    ) -> None:
        self.definitions, self.draws, self.month, self.ranked = definitions, draws, month, ranked
        self.counting = assessment.assumptions.counting
        self.basis = assessment.assumptions.basis
        self.panel = assessment.panel.of_month(month)
        self.of_month = slice(assessment.panel.months.index(month), None, len(assessment.panel.months))
        self.results = assessment.results
        self._demand: dict[str, np.ndarray] = {}

    def rows(self) -> pd.DataFrame:
        """Every result of the month."""
        summaries: dict[str, _Summary] = {}
        scores: dict[str, np.ndarray] = {}
        for indicator in self.definitions.indicators.values():
            if indicator.has_pressure:
                summaries[indicator.id], scores[indicator.id] = self._indicator(indicator)
        sectors = {sector.value: self._sector(sector, scores) for sector in self.definitions.sector_weights}
        heaviest = [self._heaviest(sector, scores) for sector in self.definitions.sector_weights]
        for (sector, table), load in zip(sectors.items(), heaviest, strict=True):
            summaries[sector] = self._summary(sector, table, load[0] > HIGH_SCORE)
        summaries[COMPOSITE_ID] = self._composite(list(sectors.values()), np.stack([np.fmax.reduce(h) for h in heaviest]))
        return pd.DataFrame(
            {
                "commune_code": np.tile(np.asarray(self.panel.commune_codes, dtype=object), len(summaries)),
                "indicator_id": np.repeat(np.asarray(list(summaries), dtype=object), len(self.panel.commune_codes)),
                **{name: np.concatenate([s[name] for s in summaries.values()]) for name in (*SUMMARY, *RANKING)},
            }
        )

    def _indicator(self, indicator: Indicator) -> tuple[_Summary, np.ndarray]:
        """Summary of an indicator and, where it weighs in its sector, its score in each draw."""
        demand, capacity, at_norm = self._sums(indicator)
        goalposts = indicator.goalposts or self.definitions.legend.goalposts
        by_value = goalposts.scored == "value"
        figure = divide(demand, capacity) * np.float32(indicator.scale) if by_value else divide(demand, at_norm)
        weighs = indicator.weight > 0 or indicator.goalposts is not None
        # The class is that of the term under most pressure where the definition says so; the figure shown is that of all of them.
        classed = self._worst_term(indicator) if indicator.classed_by is ClassedBy.WORST_TERM else figure
        scored = score(classed, goalposts) if weighs else classed
        high = scored > HIGH_SCORE if weighs else classed > self.definitions.legend.classes[2].upper
        no_service = self.results[indicator.id].no_service[self.of_month]
        # People without any service are under more pressure than any number says: ranked before all others.
        figure = np.where(no_service[:, None], np.float32(np.inf), figure)
        summary = self._summary(indicator.id, figure, high | no_service[:, None])
        return summary, np.where(no_service[:, None], np.float32(MAXIMUM_SCORE), scored)

    def _sums(self, indicator: Indicator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Demand, capacity, and capacity at the norm, summed over the terms, in each draw."""
        terms = [self._term(term, indicator) for term in indicator.terms]
        demand, capacity, at_norm = (reduce(np.add, parts) for parts in zip(*terms, strict=True))
        return demand, capacity, at_norm

    def _worst_term(self, indicator: Indicator) -> np.ndarray:
        """Pressure of the term under most pressure in each draw; one with demand and no capacity is beyond every number."""
        drawn = [self._term(term, indicator) for term in indicator.terms]
        served = [np.where((at_norm == 0) & (demand > 0), np.inf, divide(demand, at_norm)) for demand, _, at_norm in drawn]
        return np.asarray(reduce(np.fmax, served))

    def _term(self, term: Term, indicator: Indicator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        factors = [*(self._capacity_of(name) for name in term.capacity), *(self._norm(name) for name in term.capacity_norms)]
        capacity = reduce(np.multiply, factors)
        return self._demand_of(term.demand), capacity, capacity * demand_per_unit(indicator, self._norm(term.norm))

    def _demand_of(self, variable: str) -> np.ndarray:
        if variable not in self._demand:
            served = variable == "population_served"
            self._demand[variable] = self._people_served() if served else self._lognormal(variable, self.panel[variable])
        return self._demand[variable]

    def _people_served(self) -> np.ndarray:
        """Residents and displaced persons each with their error, and the share counted twice anywhere between its bounds."""
        declared = self.panel["displaced_counted_in_census_pct"].value
        share = counted_share(declared, self.counting).astype(np.float32)[:, None]
        if self.counting is CensusCounting.DECLARED:
            share = np.where(np.isnan(declared)[:, None], self.draws.counted_share(), share)
        residents = self._lognormal("residents", residents_of(self.panel))
        hosted = self._lognormal("displaced_persons", self.panel["displaced_from_elsewhere"])
        away = np.nan_to_num(self._lognormal("residents_away", self.panel["residents_away"]))
        return people_served(residents, displaced_seen_from(self.panel, hosted, share, away), self.basis)

    def _lognormal(self, name: str, column: Column) -> np.ndarray:
        """The figure times an error whose median is 1."""
        spread = variation(column.reliability, self.definitions.reliability)
        sigma = np.sqrt(np.log1p(spread**2)).astype(np.float32)[:, None]
        return column.value.astype(np.float32)[:, None] * np.exp(sigma * self.draws.demand_error(name))

    def _capacity_of(self, variable: str) -> np.ndarray:
        column = self.panel[variable]
        width = self.draws.rules.capacity_width * variation(column.reliability, self.definitions.reliability)
        error = 1 + width.astype(np.float32)[:, None] * self.draws.capacity_error(variable)
        return column.value.astype(np.float32)[:, None] * np.maximum(error, np.float32(0))

    def _norm(self, norm_id: str) -> np.ndarray:
        return self.draws.norm(self.definitions.norms[norm_id], self.month)

    def _sector(self, sector: Sector, scores: dict[str, np.ndarray], face: Face | None = None) -> np.ndarray:
        """Score of a sector in each draw, or of one of its faces; NaN in the communes whose sector is not assessed."""
        members = [i for i in self.definitions.of_sector(sector) if i.weight > 0]
        weights = self.draws.weights(sector.value, [i.weight for i in members])
        chosen = [at for at, i in enumerate(members) if face in (None, i.face)]
        table = np.stack([scores[members[at].id] for at in chosen])
        return self._where_assessed(sector.value, weighted_mean(table, weights[chosen]))

    def _heaviest(self, sector: Sector, scores: dict[str, np.ndarray]) -> list[np.ndarray]:
        """What gives a service a high class in each draw: the score of its load, the highest where its capacity is absent; then
        the scores of its critical indicators of load, which are seen in the index by themselves."""
        critical = [i for i in self.definitions.counting(sector, Face.LOAD) if i.critical]
        absent = np.any([self.results[i.id].no_service[self.of_month] for i in critical], axis=0)
        load = self._sector(sector, scores, Face.LOAD)
        return [np.where(absent[:, None], np.float32(MAXIMUM_SCORE), load), *(scores[i.id] for i in critical)]

    def _composite(self, sectors: list[np.ndarray], heaviest: np.ndarray) -> _Summary:
        table = np.stack(sectors)
        weights = self.draws.weights(COMPOSITE_ID, list(self.definitions.sector_weights.values()))
        index = np.empty(self.draws.shape, dtype=np.float32)
        for power, part in self.draws.powers():
            index[:, part] = power_mean(table[..., part], weights[..., part], power)
        index = self._where_assessed(COMPOSITE_ID, index)
        flagged = red_flag(heaviest > BREAKDOWN_SCORE, heaviest > HIGH_SCORE)
        return self._summary(COMPOSITE_ID, index, (index > HIGH_SCORE) | flagged)

    def _ranking(self, result_id: str, figure: np.ndarray, median: np.ndarray) -> _Summary:
        """Rank by the median, 5–95 % interval of the rank over the draws, share of draws among the first communes."""
        known = ~np.isnan(median)
        columns = {name: np.full(len(median), np.nan) for name in RANKING}
        if known.any() and result_id in self.ranked:
            ranks = _ranks(figure[known])
            ordered = np.sort(ranks, axis=1)
            low, high = (ordered[:, _position(q, ordered.shape[1])] for q in self.draws.rules.interval)
            first = (ranks <= self.draws.rules.first_communes).mean(axis=1)
            for name, values in zip(RANKING, (_ranks(median[known][:, None])[:, 0], low, high, first), strict=True):
                columns[name][known] = values
        return columns

    def _summary(self, result_id: str, figure: np.ndarray, high: np.ndarray) -> _Summary:
        """Median, interval and probability of a high class; NaN where the assessment has no class."""
        assessed = ~np.isnan(self.results[result_id].score[self.of_month])
        ordered = np.sort(figure, axis=1)
        low, top = (ordered[:, _position(q, ordered.shape[1])] for q in self.draws.rules.interval)
        figures = (ordered[:, _position(0.5, ordered.shape[1])], low, top, high.mean(axis=1))
        summary = {name: np.where(assessed, values, np.nan) for name, values in zip(SUMMARY, figures, strict=True)}
        ranking = self._ranking(result_id, figure, summary["median"])
        return {name: np.where(np.isinf(values), np.nan, values) for name, values in summary.items()} | ranking

    def _where_assessed(self, result_id: str, table: np.ndarray) -> np.ndarray:
        assessed = ~np.isnan(self.results[result_id].score[self.of_month])
        return np.where(assessed[:, None], table, np.float32(np.nan))


def _position(share: float, draws: int) -> int:
    return round(share * (draws - 1))


def _ranks(table: np.ndarray) -> np.ndarray:
    """Rank of each row in each column, the largest first; those without a service share the first."""
    order = np.argsort(-table, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(table) + 1)[:, None], axis=0)
    return np.where(np.isinf(table), 1, ranks)
