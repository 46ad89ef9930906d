"""Mobile units: where to base them and which communes they visit on how many days a week, by maximal covering (method
note 5.5; Church and ReVelle's location problem with visits of limited capacity)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from analytics.allocation_problem import InfeasibleError
from analytics.allocation_program import Effort, certified_gap

LONGEST_WEEK = 7
WEEKS_A_YEAR = 52


@dataclass(frozen=True, eq=False)
class Rounds:
    """Units based in each commune, days a week from each base (row) to each commune (column), people whom they serve; with
    the solver's bound on the people served."""

    commune_codes: tuple[str, ...]
    bases: np.ndarray
    visits: np.ndarray
    served: np.ndarray
    demand: np.ndarray
    bound: float
    ended: bool

    @property
    def gap(self) -> float:
        """How far the people served may be from the most possible, as a share."""
        value = float(self.served.sum())
        return certified_gap(value, max(self.bound, value))

    def table(self) -> pd.DataFrame:
        """The rounds: ``base, commune_code, days_per_week``, one row for each base and commune visited."""
        base, commune = np.nonzero(self.visits)
        codes = np.array(self.commune_codes, dtype=object)
        return pd.DataFrame(
            {"base": codes[base], "commune_code": codes[commune], "days_per_week": self.visits[base, commune].astype(int)}
        )


def people_by_weekly_day(visits_per_day: float, visits_per_person_year: float) -> float:
    """People whom a visit on one day of each week serves, each as many times a year as asked."""
    return visits_per_day * WEEKS_A_YEAR / visits_per_person_year


def visits_a_week(visits_a_month: np.ndarray) -> np.ndarray:
    """Visits of a month spread over its weeks."""
    return visits_a_month * 12 / WEEKS_A_YEAR


def place_units(
    commune_codes: tuple[str, ...],
    demand: np.ndarray,
    distances_km: np.ndarray,
    units: int,
    radius_km: float,
    days_per_week: int,
    served_per_day: float,
    effort: Effort | None = None,
) -> Rounds:
    """Base ``units`` mobile units in communes, one or more in each, and plan their week so that most people are served.

    Args:
        demand: people to serve in each commune; NaN (unknown) counts in nothing and is never visited.
        distances_km: from each commune to each other, in the order of the codes.
        radius_km: how far from its base a unit goes and comes back in a day.
        days_per_week: days a week on which a unit is out.
        served_per_day: people whom a visit on one day of each week serves.

    Raises:
        InfeasibleError: no unit, no day, no reach, or nobody to serve.
    """
    _check(demand, units, radius_km, days_per_week, served_per_day)
    effort = effort or Effort()
    wanted = np.nan_to_num(demand)
    order = np.argsort(np.array(commune_codes))
    near = (distances_km[np.ix_(order, order)] <= radius_km) & (wanted[order] > 0)[None, :]
    found = _solve(_Week(near, wanted[order], units, days_per_week, served_per_day), effort)
    back = np.argsort(order)
    visits = found.visits[np.ix_(back, back)]
    return Rounds(
        commune_codes=tuple(commune_codes),
        bases=found.bases[back],
        visits=visits,
        served=np.minimum(wanted, served_per_day * visits.sum(axis=0)),
        demand=np.asarray(demand, dtype=float),
        bound=found.bound,
        ended=found.ended,
    )


@dataclass(frozen=True, eq=False)
class _Week:
    """What a week is planned from: which commune (column) is near which base (row), people, units, days, people a day."""

    near: np.ndarray
    wanted: np.ndarray
    units: int
    days: int
    per_day: float


@dataclass(frozen=True, eq=False)
class _Found:
    bases: np.ndarray
    visits: np.ndarray
    bound: float
    ended: bool


def _solve(week: _Week, effort: Effort) -> _Found:
    """Bases and visits in whole numbers; who visits whom follows, for days flow from bases to communes in whole numbers too."""
    base, target = np.nonzero(week.near)
    places, pairs = len(week.wanted), len(base)
    full = np.floor(week.wanted / week.per_day)
    rest = week.wanted - full * week.per_day
    # Columns: units by base, full visits and the last one by commune, days of each base for each commune near it.
    identity, none = eye_array(places, format="csr"), csr_array((places, places))
    from_base = csr_array((np.ones(pairs), (base, np.arange(pairs))), shape=(places, pairs))
    to_target = csr_array((np.ones(pairs), (target, np.arange(pairs))), shape=(places, pairs))
    held = csr_array(np.concatenate([np.ones(places), np.zeros(2 * places + pairs)])[None, :])
    rules = [
        LinearConstraint(held, -np.inf, week.units),
        LinearConstraint(hstack([-week.days * identity, none, none, from_base], format="csr"), -np.inf, 0.0),
        LinearConstraint(hstack([none, identity, identity, -to_target], format="csr"), -np.inf, 0.0),
    ]
    objective = -np.concatenate([np.zeros(places), np.full(places, week.per_day), rest, np.zeros(pairs)])
    upper = np.concatenate([np.full(places, week.units), full, (rest > 0).astype(float), np.full(pairs, np.inf)])
    whole = np.concatenate([np.ones(3 * places), np.zeros(pairs)])
    options = {"node_limit": effort.nodes, "mip_rel_gap": effort.gap}
    found = milp(objective, constraints=rules, bounds=Bounds(0, upper), integrality=whole, options=options)
    if found.x is None:
        raise InfeasibleError("no_answer_in_time", nearest=effort.nodes)
    bases = np.round(found.x[:places])
    asked = np.round(found.x[places : 2 * places] + found.x[2 * places : 3 * places])
    flow = milp(
        np.zeros(pairs),
        constraints=[LinearConstraint(from_base, -np.inf, week.days * bases), LinearConstraint(to_target, asked, asked)],
        integrality=np.ones(pairs),
    )
    visits = np.zeros((places, places))
    visits[base, target] = np.round(flow.x)
    return _Found(bases.astype(int), visits, -float(found.mip_dual_bound), found.status == 0)


def _check(demand: np.ndarray, units: int, radius_km: float, days_per_week: int, served_per_day: float) -> None:
    if units < 1:
        raise InfeasibleError("no_unit", nearest=1)
    if not 1 <= days_per_week <= LONGEST_WEEK:
        raise InfeasibleError("week_outside", nearest=min(LONGEST_WEEK, max(1, days_per_week)))
    if radius_km < 0 or served_per_day <= 0:
        raise InfeasibleError("no_reach", nearest=1)
    if not np.nansum(demand) > 0:
        raise InfeasibleError("nobody_to_serve")
