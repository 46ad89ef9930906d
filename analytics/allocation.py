"""Three ways to share scarce means: fairness, coverage, cost; each stage with the gap that the solver's bound certifies
(method note 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from analytics.allocation_greedy import share_units
from analytics.allocation_leximin import Fairest, find_fairest
from analytics.allocation_problem import InfeasibleError, Problem
from analytics.allocation_program import Effort, Solution, certified_gap, find_cheapest, find_level, find_widest

FLOOR_STEP = 0.05

# Later stages keep what an earlier one reached, but for rounding.
_KEPT = 1 - 1e-7


class AllocationCriterion(StrEnum):
    """What a plan puts first."""

    FAIRNESS = "fairness"
    COVERAGE = "coverage"
    COST = "cost"


class StageName(StrEnum):
    """What one stage of a plan optimises: the highest pressure, the demand brought back under the norm, the cost."""

    PRESSURE = "pressure"
    COVERAGE = "coverage"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the value found, the solver's bound on the best one, the relative gap between them, and whether the solver
    ended by itself rather than at its limit."""

    name: StageName
    value: float
    bound: float
    ended: bool

    @property
    def gap(self) -> float:
        """How far the value may be from the best one, as a share of the value."""
        return certified_gap(self.value, self.bound)


@dataclass(frozen=True, slots=True)
class AllocationPlan:
    """Units by option of a problem, and the stages that led to them."""

    name: AllocationCriterion
    problem: Problem
    units: np.ndarray
    stages: tuple[Stage, ...]

    @property
    def cost_mad(self) -> float:
        """Cost of the units."""
        return self.problem.spent(self.units)

    @property
    def over_budget(self) -> bool:
        """Whether the plan costs more than the budget (only the plan at least cost may)."""
        return self.cost_mad > self.problem.budget * (1 + 1e-9)

    @property
    def gap(self) -> float:
        """The largest gap among the stages."""
        return max((s.gap for s in self.stages), default=0.0)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The plans that exist, and the reason for each that does not."""

    problem: Problem
    plans: dict[AllocationCriterion, AllocationPlan]
    refusals: dict[AllocationCriterion, InfeasibleError]


def gentlest(allocation: Allocation) -> AllocationPlan | None:
    """The plan that leaves the lowest highest pressure, the first of those that do; None where there is no plan."""
    plans = allocation.plans.values()
    return min(plans, key=lambda plan: plan.problem.highest_pressure(plan.units), default=None)


def allocate(problem: Problem, effort: Effort | None = None) -> Allocation:
    """The three plans of a problem, the same on every machine.

    Fairness: lowest highest pressure, then the next one among those who can still be helped, and so on (leximin); then most demand
    under the norm, then least cost. Coverage: most demand under the norm,
    then least cost. Cost: least cost at which no pressure exceeds the target, whatever the budget.

    Raises:
        InfeasibleError: the budget buys no unit, or the floor cannot be met; with the nearest choice that can.
    """
    effort = effort or Effort()
    floor = problem.required_by_floor()
    base = _meet_floor(problem, floor, effort)
    plans = {
        AllocationCriterion.FAIRNESS: _fairness(problem, floor, base, effort),
        AllocationCriterion.COVERAGE: _coverage(problem, floor, base, effort),
    }
    refusals = {}
    try:
        plans[AllocationCriterion.COST] = _cost(problem, floor, effort)
    except InfeasibleError as refused:
        refusals[AllocationCriterion.COST] = refused
    return Allocation(problem, plans, refusals)


def _fairness(problem: Problem, floor: np.ndarray, base: np.ndarray, effort: Effort) -> AllocationPlan:
    exact = _share_one_resource(problem, base)
    fairest = find_fairest(problem, floor, effort) if exact is None else _as_shared(problem, floor, exact)
    lowest = fairest.lowest
    pressure = Stage(StageName.PRESSURE, _inverse(lowest.value), _inverse(lowest.bound), lowest.ended)
    units, stages = _widen_then_save(problem, fairest.required, fairest.units, effort)
    return AllocationPlan(AllocationCriterion.FAIRNESS, problem, units, (pressure, *stages))


def _coverage(problem: Problem, floor: np.ndarray, base: np.ndarray, effort: Effort) -> AllocationPlan:
    units, stages = _widen_then_save(problem, floor, base, effort)
    return AllocationPlan(AllocationCriterion.COVERAGE, problem, units, stages)


def _cost(problem: Problem, floor: np.ndarray, effort: Effort) -> AllocationPlan:
    target = 1 / problem.limits.target_pressure
    found = find_cheapest(problem, np.maximum(floor, problem.required_at_level(target)), effort)
    if found.units is None:
        endless = replace(problem.limits, budget_mad=None)
        nearest = find_level(replace(problem, limits=endless), floor, effort)
        raise InfeasibleError("target_out_of_reach", nearest=_inverse(nearest.value))
    stage = Stage(StageName.COST, found.value, found.bound, found.ended)
    return AllocationPlan(AllocationCriterion.COST, problem, found.units, (stage,))


def _widen_then_save(
    problem: Problem, required: np.ndarray, start: np.ndarray, effort: Effort
) -> tuple[np.ndarray, tuple[Stage, Stage]]:
    """Most demand under the norm with what is required, then the same for less; never worse than ``start`` topped up."""
    wide = find_widest(problem, required, effort, start)
    assert wide.units is not None, "start meets what is required"
    covered = Stage(StageName.COVERAGE, wide.value, wide.bound, wide.ended)
    cheap = find_cheapest(problem, required, effort, wide.value * _KEPT, wide.units)
    assert cheap.units is not None, "what was found is an answer"
    return cheap.units, (covered, Stage(StageName.COST, cheap.value, cheap.bound, cheap.ended))


def _share_one_resource(problem: Problem, base: np.ndarray) -> Solution | None:
    """The exact answer where one resource answers every place and no ceiling ties places together; None elsewhere."""
    if len(np.unique(problem.resource)) != 1 or len(np.unique(problem.place)) != len(problem.place):
        return None
    if problem.limits.ceiling is not None:
        return None
    resource, in_level = problem.resource[0], problem.in_level[problem.place]
    cost = problem.unit_cost[resource]
    affordable = (problem.budget - problem.spent(base)) / cost if cost > 0 else np.inf
    units = min(affordable, problem.stock[resource] - base.sum(), float((problem.upper - base).sum()))
    places = problem.place[in_level]
    shared = share_units(
        problem.demand[places],
        (problem.carried + problem.added(base))[places],
        problem.gain[in_level],
        int(units + 1e-9),
        [f"{c} {n}" for c, n in zip(problem.commune_codes[places], problem.need_ids[places], strict=True)],
        (problem.upper - base)[in_level].astype(int),
    )
    given = base.copy()
    given[in_level] += shared
    level = problem.level(given)
    return Solution(given, level, level, True)


def _as_shared(problem: Problem, floor: np.ndarray, exact: Solution) -> Fairest:
    """What was shared one unit after the other, each to the highest pressure, is kept as it is: no other order is fairer."""
    assert exact.units is not None, "units are shared one by one"
    given = np.where(problem.in_level, problem.added(exact.units) * _KEPT, 0.0)
    return Fairest(exact, np.maximum(floor, given), exact.units, 1)


def _meet_floor(problem: Problem, floor: np.ndarray, effort: Effort) -> np.ndarray:
    """The cheapest units that meet the floor.

    Raises:
        InfeasibleError: they cost more than the budget, or stocks and ceilings do not allow them.
    """
    _check_budget_buys(problem)
    least = find_cheapest(problem, floor, effort)
    if least.units is not None and least.value <= problem.budget * (1 + 1e-9):
        return least.units
    nearest = _nearest_floor(problem, effort)
    if least.units is None:
        raise InfeasibleError("floor_out_of_reach", nearest=nearest)
    raise InfeasibleError("floor_over_budget", nearest=nearest, budget=least.value)


def _nearest_floor(problem: Problem, effort: Effort) -> float:
    """The largest floor, in steps of five hundredths, that can be met."""
    for step in range(int(problem.limits.floor / FLOOR_STEP - 1e-9), 0, -1):
        lower = replace(problem, limits=replace(problem.limits, floor=step * FLOOR_STEP))
        least = find_cheapest(lower, lower.required_by_floor(), effort)
        if least.units is not None and least.value <= problem.budget * (1 + 1e-9):
            return step * FLOOR_STEP
    return 0.0


def _check_budget_buys(problem: Problem) -> None:
    if not len(problem.place):
        return
    cheapest = float(problem.cost.min())
    if problem.budget < cheapest:
        raise InfeasibleError("budget_buys_nothing", nearest=cheapest)


def _inverse(level: float) -> float:
    return float("inf") if level <= 0 else 1 / level
