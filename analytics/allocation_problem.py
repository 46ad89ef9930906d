"""Scarce means as arrays: places that lack something, options that would help them, and the limits on what may be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.pressure import BREAKDOWN_CLASS

_ROUNDING = 9
_PLACE = ("commune_code", "need_id")


class InfeasibleError(ValueError):
    """Limits that nothing can meet: the reason, what it is about, and the nearest choice that can be met."""

    def __init__(self, reason: str, **values: float | str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be given out.

    ``budget_mad`` None without a budget; ``stocks`` units by resource id, unlimited where none is named; ``ceiling`` units of
    one resource that one commune may receive; ``floor`` share (0–1) of its gap that every place in breakdown receives first;
    ``target_pressure`` the level that the plan at least cost reaches.
    """

    budget_mad: float | None = None
    stocks: tuple[tuple[str, int], ...] = ()
    ceiling: int | None = None
    floor: float = 0.0
    target_pressure: float = 1.2


@dataclass(frozen=True, eq=False)
class Problem:
    """Places (a commune and a need, in order of code and need) and options (a resource offered to a place).

    By place: ``commune_codes, need_ids, demand, carried, gap, weight, in_level, breakdown``. By option: ``place`` and
    ``resource`` as positions, ``gain`` in demand, ``upper`` units at most. By resource: ``resource_ids, unit_cost, stock``.
    """

    commune_codes: np.ndarray
    need_ids: np.ndarray
    demand: np.ndarray
    carried: np.ndarray
    weight: np.ndarray
    in_level: np.ndarray
    breakdown: np.ndarray
    place: np.ndarray
    resource: np.ndarray
    gain: np.ndarray
    upper: np.ndarray
    resource_ids: tuple[str, ...]
    unit_cost: np.ndarray
    stock: np.ndarray
    limits: Limits

    @property
    def gap(self) -> np.ndarray:
        """Demand above the norm, by place."""
        return np.maximum(0.0, self.demand - self.carried)

    @property
    def cost(self) -> np.ndarray:
        """Cost in MAD of one unit, by option."""
        return self.unit_cost[self.resource]

    @property
    def budget(self) -> float:
        """Budget in MAD; infinite without one."""
        return np.inf if self.limits.budget_mad is None else self.limits.budget_mad

    @property
    def reach(self) -> np.ndarray:
        """Demand that all its options together would carry besides, by place."""
        return self.added(self.upper)

    def added(self, units: np.ndarray) -> np.ndarray:
        """Demand carried by some units, by place."""
        return np.bincount(self.place, weights=self.gain * units, minlength=len(self.demand))

    def served(self, units: np.ndarray) -> np.ndarray:
        """Demand brought back under the norm by some units, by place."""
        return np.minimum(self.gap, self.added(units))

    def coverage(self, units: np.ndarray) -> float:
        """Weighted demand brought back under the norm."""
        return float(self.weight @ self.served(units))

    def spent(self, units: np.ndarray) -> float:
        """Cost in MAD of some units."""
        return float(self.cost @ units)

    def given(self, units: np.ndarray) -> np.ndarray:
        """Units given out, by resource."""
        return np.bincount(self.resource, weights=units, minlength=len(self.resource_ids))

    def pressure(self, units: np.ndarray) -> np.ndarray:
        """Pressure of each place with some units; infinite where nothing is there for a demand, 0 without demand."""
        carried = self.carried + self.added(units)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.demand > 0, self.demand / carried, 0.0)

    def highest_pressure(self, units: np.ndarray) -> float:
        """Highest pressure among the places whose pressures compare."""
        return float(np.max(self.pressure(units)[self.in_level], initial=0.0))

    def required_at_level(self, level: float) -> np.ndarray:
        """Demand to add so that every place carries ``level`` (0–1) of its demand, as far as its options reach."""
        wanted = np.maximum(0.0, self.demand * level - self.carried)
        return np.where(self.in_level, np.minimum(wanted, self.reach), 0.0)

    def level(self, units: np.ndarray) -> float:
        """Smallest share of its demand (at most 1) that a place carries, those at the end of their options left out."""
        added = self.added(units)
        share = np.where(self.demand > 0, (self.carried + added) / np.where(self.demand > 0, self.demand, 1), 1.0)
        counted = self.in_level & (added < self.reach * (1 - 1e-9))
        return float(min(1.0, np.min(share[counted], initial=1.0)))

    def required_by_floor(self) -> np.ndarray:
        """Demand to add in the places in breakdown for the equity floor."""
        return np.where(self.breakdown, self.gap * self.limits.floor, 0.0)


def build_problem(
    rows: pd.DataFrame,
    weights: Mapping[str, float],
    comparable: frozenset[str],
    unit_cost: Mapping[str, float],
    limits: Limits,
) -> Problem:
    """Lay out rows of a resource-gap table as a problem.

    Args:
        rows: ``commune_code, need_id, resource_id, demand, carried, gain, severity_class``; places without figures are left out.
        weights: what one unit of demand counts, by need id (``Means.weights``).
        comparable: needs whose pressure takes part in the level.
        unit_cost: MAD a unit and year, by resource id (``Means.annual_cost``).

    Raises:
        InfeasibleError: limits that make no sense.
    """
    check_limits(limits)
    known = rows[rows["demand"].notna()].sort_values([*_PLACE, "resource_id"], ignore_index=True)
    places, resource_ids = known.drop_duplicates(_PLACE), tuple(sorted(unit_cost))
    stock = np.array([float(dict(limits.stocks).get(r, np.inf)) for r in resource_ids])
    place, resource, gain, most = _options(known, places, resource_ids, stock)
    return Problem(
        commune_codes=places["commune_code"].to_numpy(dtype=object),
        need_ids=places["need_id"].to_numpy(dtype=object),
        demand=places["demand"].to_numpy(dtype=float),
        carried=places["carried"].to_numpy(dtype=float),
        weight=places["need_id"].map(weights).to_numpy(dtype=float),
        in_level=places["need_id"].isin(comparable).to_numpy(),
        breakdown=(places["severity_class"] == BREAKDOWN_CLASS).to_numpy(),
        place=place,
        resource=resource,
        gain=gain,
        upper=most if limits.ceiling is None else np.minimum(most, limits.ceiling),
        resource_ids=resource_ids,
        unit_cost=np.array([float(unit_cost[r]) for r in resource_ids]),
        stock=stock,
        limits=limits,
    )


def _options(
    known: pd.DataFrame, places: pd.DataFrame, resource_ids: tuple[str, ...], stock: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Place, resource, gain and most useful units of every row that offers something to a place."""
    keys = list(_PLACE)
    return _usable_options(
        place=pd.MultiIndex.from_frame(places[keys]).get_indexer(pd.MultiIndex.from_frame(known[keys])),
        resource=pd.Index(resource_ids).get_indexer(known["resource_id"]),
        gain=known["gain"].to_numpy(dtype=float),
        short=(places["demand"] - places["carried"]).to_numpy(dtype=float),
        stock=stock,
    )


def _usable_options(
    place: np.ndarray, resource: np.ndarray, gain: np.ndarray, short: np.ndarray, stock: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Place, resource and gain of the options that help a place that lacks something, and the units beyond which each is useless.

    Args:
        short: demand above what is carried, by place; stock by resource.
    """
    gap = np.maximum(0.0, short)[place]
    usable = (gain > 0) & (gap > 0) & (stock[resource] > 0)
    place, resource, gain, gap = place[usable], resource[usable], gain[usable], gap[usable]
    most = np.minimum(np.ceil(np.round(gap / gain, _ROUNDING)), stock[resource])
    return place, resource, gain, most


def check_limits(limits: Limits) -> None:
    """Refuse limits that make no sense before anything is solved.

    Raises:
        InfeasibleError: a negative or absent amount, a share outside 0–1, a target below the norm.
    """
    budget = limits.budget_mad
    if budget is not None and not 0 <= budget < np.inf:
        raise InfeasibleError("budget_negative", nearest=0)
    if any(units < 0 for _, units in limits.stocks):
        raise InfeasibleError("stock_negative", nearest=0)
    if limits.ceiling is not None and limits.ceiling < 1:
        raise InfeasibleError("ceiling_zero", nearest=1)
    if not 0 <= limits.floor <= 1:
        raise InfeasibleError("floor_outside", nearest=min(1.0, max(0.0, limits.floor)))
    if not limits.target_pressure >= 1:
        raise InfeasibleError("target_below_norm", nearest=1)
