"""A plan in words that a council asks for: who gains, who waits and why, what binds, what the next unit is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.allocation import AllocationCriterion, AllocationPlan
from analytics.allocation_greedy import ceiling_groups
from analytics.allocation_problem import Problem


class Reason(StrEnum):
    """Why a place receives what it receives and no more; the last three are for places that a plan never looked at."""

    NO_GAP = "no_gap"
    CLOSED = "closed"
    NO_UNIT = "no_unit"
    CEILING = "ceiling"
    STOCK_SPENT = "stock_spent"
    BUDGET_SPENT = "budget_spent"
    TARGET_REACHED = "target_reached"
    OTHERS_FIRST = "others_first"
    NO_DATA = "no_data"
    COMPETENCE = "competence"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that a plan uses up: ``budget``, ``stock`` of a resource, ``ceiling`` in some communes, ``floor`` in some places."""

    kind: str
    resource_id: str
    used: float
    limit: float


@dataclass(frozen=True, slots=True)
class NextUnit:
    """What one more unit of a resource would do, and where, if budget and stock allowed it."""

    resource_id: str
    commune_code: str
    need_id: str
    served: float
    cost_mad: float
    pressure_before: float
    pressure_after: float


def list_places(plan: AllocationPlan) -> pd.DataFrame:
    """Every place of a plan, in order of commune and need.

    Columns: ``commune_code, need_id, gap, served, pressure_before, pressure_after`` (infinite where nothing is there),
    ``units, cost_mad, reason``.
    """
    problem, units = plan.problem, plan.units
    return pd.DataFrame(
        {
            "commune_code": problem.commune_codes,
            "need_id": problem.need_ids,
            "gap": problem.gap,
            "served": problem.served(units),
            "pressure_before": problem.pressure(np.zeros_like(units)),
            "pressure_after": problem.pressure(units),
            "units": np.bincount(problem.place, weights=units, minlength=len(problem.gap)).astype(int),
            "cost_mad": np.bincount(problem.place, weights=units * problem.cost, minlength=len(problem.gap)),
            "reason": _reasons(plan),
        }
    )


def list_units(plan: AllocationPlan) -> pd.DataFrame:
    """The units given: ``commune_code, need_id, resource_id, units, cost_mad``, one row per place and resource."""
    problem = plan.problem
    given = np.flatnonzero(plan.units > 0)
    place, resource = problem.place[given], problem.resource[given]
    return pd.DataFrame(
        {
            "commune_code": problem.commune_codes[place],
            "need_id": problem.need_ids[place],
            "resource_id": np.array(problem.resource_ids, dtype=object)[resource],
            "units": plan.units[given].astype(int),
            "cost_mad": plan.units[given] * problem.cost[given],
        }
    )


def units_by_commune(plan: AllocationPlan) -> dict[str, int]:
    """Units given to each commune that receives any, whatever they are."""
    given = list_units(plan).groupby("commune_code")["units"].sum()
    return {str(code): int(units) for code, units in given.items()}


def list_bindings(plan: AllocationPlan) -> list[Binding]:
    """The limits that a plan uses up, so that only changing them changes the plan."""
    problem, units = plan.problem, plan.units
    found = []
    spent = plan.cost_mad
    open_options = (units < problem.upper) & (problem.gap - problem.served(units) > 0)[problem.place]
    if (
        plan.name is not AllocationCriterion.COST
        and open_options.any()
        and problem.budget - spent < problem.cost[open_options].min()
    ):
        found.append(Binding("budget", "", spent, problem.budget))
    given = problem.given(units)
    for rank in np.flatnonzero(given >= problem.stock):
        found.append(Binding("stock", problem.resource_ids[rank], float(given[rank]), float(problem.stock[rank])))
    at_ceiling = _at_ceiling(problem, units) & (problem.gap - problem.served(units) > 0)[problem.place]
    if at_ceiling.any():
        communes = len(np.unique(problem.commune_codes[problem.place[at_ceiling]].astype(str)))
        found.append(Binding("ceiling", "", float(communes), float(problem.limits.ceiling or 0)))
    floor = problem.required_by_floor()
    held = (floor > 0) & (problem.added(_one_less(problem, units)) < floor)
    if held.any():
        found.append(Binding("floor", "", float(held.sum()), problem.limits.floor))
    return found


def list_next_units(plan: AllocationPlan) -> list[NextUnit]:
    """For each resource, the place where one more unit does most for what the plan puts first."""
    problem, units = plan.problem, plan.units
    missing = (problem.gap - problem.served(units))[problem.place]
    served = np.minimum(problem.gain, missing)
    pressure = problem.pressure(units)
    after = np.where(
        problem.demand[problem.place] > 0,
        problem.demand[problem.place] / ((problem.carried + problem.added(units))[problem.place] + problem.gain),
        0.0,
    )
    # Fairness looks at the heaviest pressure first, the others at the people served.
    first = pressure[problem.place] if plan.name is AllocationCriterion.FAIRNESS else served * problem.weight[problem.place]
    able = (missing > 0) & ~_at_ceiling(problem, units)
    found = []
    for rank, resource_id in enumerate(problem.resource_ids):
        options = np.flatnonzero(able & (problem.resource == rank))
        if len(options):
            best = options[np.lexsort((options, -served[options], -first[options]))[0]]
            place = problem.place[best]
            found.append(
                NextUnit(
                    resource_id,
                    str(problem.commune_codes[place]),
                    str(problem.need_ids[place]),
                    float(served[best]),
                    float(problem.cost[best]),
                    float(pressure[place]),
                    float(after[best]),
                )
            )
    return found


def _reasons(plan: AllocationPlan) -> np.ndarray:
    """The first reason that holds, place by place."""
    problem, units = plan.problem, plan.units
    places = len(problem.gap)
    missing = problem.gap - problem.served(units)
    options = np.bincount(problem.place, minlength=places)
    capped = _at_ceiling(problem, units)
    left = problem.stock - problem.given(units)
    in_stock = ~capped & (left[problem.resource] >= 1)
    affordable = in_stock & (problem.cost <= problem.budget - plan.cost_mad)
    some = {name: np.bincount(problem.place, weights=mask, minlength=places) > 0 for name, mask in
            (("uncapped", ~capped), ("in_stock", in_stock), ("affordable", affordable))}  # fmt: skip
    last = Reason.TARGET_REACHED if plan.name is AllocationCriterion.COST else Reason.OTHERS_FIRST
    spent = Reason.TARGET_REACHED if plan.name is AllocationCriterion.COST else Reason.BUDGET_SPENT
    return np.select(
        [
            problem.gap <= 0,
            missing <= 1e-9 * problem.demand,
            options == 0,
            ~some["uncapped"],
            ~some["in_stock"],
            ~some["affordable"],
        ],
        [r.value for r in (Reason.NO_GAP, Reason.CLOSED, Reason.NO_UNIT, Reason.CEILING, Reason.STOCK_SPENT, spent)],
        last.value,
    )


def _at_ceiling(problem: Problem, units: np.ndarray) -> np.ndarray:
    """Options whose commune has received all that the ceiling allows."""
    group, room = ceiling_groups(problem)
    if not len(room):
        return np.zeros(len(units), dtype=bool)
    return np.bincount(group, weights=units, minlength=len(room))[group] >= room[group]


def _one_less(problem: Problem, units: np.ndarray) -> np.ndarray:
    """The units without one in each place that has some: what a floor would no longer allow where it binds."""
    less = units.copy()
    with_some = np.flatnonzero(units > 0)
    _, first = np.unique(problem.place[with_some], return_index=True)
    less[with_some[first]] -= 1
    return less
