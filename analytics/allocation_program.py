"""Allocation as integer programmes solved with HiGHS, bounded by nodes so that every machine gives the same answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, hstack

from analytics.allocation_greedy import ceiling_groups, top_up
from analytics.allocation_problem import Problem

_FEASIBLE = 1e-7
# A place that carries less than a hundredth of its demand is as good as without service.
_LEAST_LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class Effort:
    """How far the solver goes: nodes of its tree at most, and the relative gap to its bound at which it may stop."""

    nodes: int = 300
    gap: float = 5e-3


def certified_gap(value: float, bound: float) -> float:
    """How far a value may be from the best possible one by the solver's bound, as a share of the value."""
    return 0.0 if value == bound else abs(value - bound) / max(abs(value), 1e-9)


@dataclass(frozen=True, slots=True)
class Solution:
    """Units by option (None when none was found), the objective's value, the solver's bound on it, whether the solver ended by
    itself, and whether it proved that nothing meets the constraints."""

    units: np.ndarray | None
    value: float
    bound: float
    ended: bool
    impossible: bool = False


def find_cheapest(
    problem: Problem, required: np.ndarray, effort: Effort, coverage: float = 0.0, start: np.ndarray | None = None
) -> Solution:
    """The least cost that adds ``required`` demand to each place and brings ``coverage`` back under the norm; stocks and
    ceilings hold, the budget does not. ``start`` is a first answer, kept where the linear bound shows it near enough."""
    if not len(problem.place):
        return _nothing(required, coverage)
    columns = _columns(problem, counts_served=coverage > 0)
    rules = _rules(problem, columns, required, np.inf)
    if coverage > 0:
        rules.append(LinearConstraint(csr_array(columns.worth[None, :]), coverage, np.inf))
    scale = max(1.0, float(problem.unit_cost.max()))
    if start is None:
        return _answer(columns, _solve(columns, columns.cost / scale, rules, effort), scale)
    relaxed, spent = _solve(columns, columns.cost / scale, rules, None), problem.spent(start)
    bound = relaxed.fun * scale if relaxed.status == 0 else 0.0
    if bound >= spent * (1 - effort.gap):
        return Solution(start, spent, min(spent, bound), True)
    found = _answer(columns, _solve(columns, columns.cost / scale, rules, effort), scale)
    if found.units is None or found.value > spent:
        return Solution(start, spent, min(spent, float(np.nanmax([bound, found.bound]))), found.ended)
    return replace(found, bound=min(found.value, float(np.nanmax([bound, found.bound]))))


def find_widest(problem: Problem, required: np.ndarray, effort: Effort, start: np.ndarray) -> Solution:
    """The most weighted demand brought back under the norm within the budget, with ``required`` demand added to each place.

    The linear optimum is rounded and topped up; where its bound does not show that near enough, the integer programme is
    solved, and the better of the two is kept. ``start`` meets what is required.
    """
    if not len(problem.place):
        return _nothing(required, 0.0)
    columns = _columns(problem, counts_served=True)
    rules = _rules(problem, columns, required, problem.budget)
    relaxed = _solve(columns, -columns.worth, rules, None)
    units = top_up(problem, _rounded(problem, columns, required, start, relaxed))
    bound = -relaxed.fun if relaxed.status == 0 else float(problem.weight @ problem.gap)
    if problem.coverage(units) >= bound * (1 - effort.gap):
        return Solution(units, problem.coverage(units), max(bound, problem.coverage(units)), True)
    found = _answer(columns, _solve(columns, -columns.worth, rules, effort), -1.0)
    if found.units is not None:
        units = max(units, top_up(problem, found.units), key=problem.coverage)
    value = problem.coverage(units)
    return Solution(units, value, max(value, float(np.nanmin([bound, found.bound]))), found.ended)


def find_most_above(problem: Problem, required: np.ndarray, asked: np.ndarray, effort: Effort) -> np.ndarray | None:
    """Units within the budget that add ``required`` to each place and ``asked`` to as many as possible of those where it is more, on
    a tie to those with most demand above the norm; None where the solver found none."""
    wanting = np.flatnonzero(asked > required * (1 + _FEASIBLE))
    columns = _columns(problem, counts_served=False)
    rules = _rules(problem, columns, required, problem.budget)
    gains = _by_row(problem.place, problem.gain, len(problem.gap), 0)[wanting]
    steps = csr_array((-asked[wanting], (np.arange(len(wanting)),) * 2), shape=(len(wanting),) * 2)
    padded = [LinearConstraint(hstack([r.A, csr_array((r.A.shape[0], len(wanting)))]), r.lb, r.ub) for r in rules]
    padded.append(LinearConstraint(hstack([gains, steps]), 0.0, np.inf))
    gap = problem.gap[wanting]
    worth = 1 + gap / (1 + 2 * gap.sum())
    result = milp(
        np.concatenate([np.zeros(len(columns.option)), -worth]),
        constraints=padded,
        bounds=Bounds(0, np.concatenate([columns.upper, np.ones(len(wanting))])),
        integrality=np.ones(len(columns.option) + len(wanting)),
        options={"node_limit": effort.nodes, "mip_rel_gap": min(effort.gap, 0.25 / max(1, len(wanting)))},
    )
    return None if result.x is None else columns.units(np.round(result.x[: len(columns.option)]))


def _reach(problem: Problem, required: np.ndarray, effort: Effort) -> Solution:
    """Whether the budget gives what is required: the linear bound or its rounding tells most often, the tree otherwise."""
    if not len(problem.place):
        return _nothing(required, 0.0)
    columns = _columns(problem, counts_served=False)
    scale = max(1.0, float(problem.unit_cost.max()))
    relaxed = _solve(columns, columns.cost / scale, _rules(problem, columns, required, np.inf), None)
    if relaxed.status == 2:
        return Solution(None, np.nan, np.nan, True, impossible=True)
    if relaxed.status == 0 and relaxed.fun * scale > problem.budget * (1 + 1e-9):
        return Solution(None, np.nan, relaxed.fun * scale, True)
    units = _rounded(problem, columns, required, np.zeros(0), relaxed)
    if len(units):
        return Solution(units, problem.spent(units), relaxed.fun * scale, True)
    return find_cheapest(problem, required, effort)


def _rounded(
    problem: Problem, columns: _Columns, required: np.ndarray, start: np.ndarray, relaxed: OptimizeResult
) -> np.ndarray:
    """The linear optimum in whole units: down, but up where less would miss what is required; ``start`` where that is more
    than there is to give."""
    if relaxed.x is None:
        return start
    wanted = columns.units(relaxed.x)
    units = np.floor(wanted + _FEASIBLE)
    short = problem.added(units) < required * (1 - _FEASIBLE)
    units = np.where(short[problem.place], np.ceil(wanted - _FEASIBLE), units)
    group, room = ceiling_groups(problem)
    over_ceiling = len(room) > 0 and bool(np.any(np.bincount(group, weights=units, minlength=len(room)) > room))
    in_stock = bool(np.all(problem.given(units) <= problem.stock))
    return units if problem.spent(units) <= problem.budget and in_stock and not over_ceiling else start


def find_level(problem: Problem, floor: np.ndarray, effort: Effort) -> Solution:
    """The largest share of demand that every place can be brought to carry within the budget: 1 ÷ the lowest highest pressure.

    At a given level the cheapest units that reach it are an integer programme; the level is found by bisection between one that
    is reached (``reached``) and one that is not (``open_above``); the lowest that is proved out of reach is the bound.
    """
    cheapest = find_cheapest(problem, floor, effort)
    if cheapest.units is None:
        return cheapest
    best, reached = cheapest.units, problem.level(cheapest.units)
    open_above, proved_unreachable, ended = 1.0, 1.0, True
    level = 1.0
    while reached < open_above * (1 - max(effort.gap, 1e-9)) and open_above > _LEAST_LEVEL:
        found = _reach(problem, np.maximum(floor, problem.required_at_level(level)), effort)
        if found.units is not None and found.value <= problem.budget * (1 + 1e-9):
            best, reached = found.units, max(level, problem.level(found.units))
        else:
            open_above = level
            if found.impossible or found.bound > problem.budget:
                proved_unreachable = min(proved_unreachable, level)
            else:
                # The solver stopped before it could prove that this level costs more than the budget.
                ended = False
        level = (reached + open_above) / 2
    if proved_unreachable <= _LEAST_LEVEL:
        return Solution(best, 0.0, 0.0, ended)
    return Solution(best, reached, max(reached, proved_unreachable), ended)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a programme. The first ones are units of options (``option``), the rest demand served in places that
    several options answer (``served_place``); ``worth`` is the weighted demand that a column brings back under the norm.

    Where one option answers a place, the last unit, which the gap does not fill, is a column of its own: the programme is
    then a knapsack, far quicker than one with the demand served as a variable.
    """

    options: int
    option: np.ndarray
    served_place: np.ndarray
    worth: np.ndarray
    cost: np.ndarray
    upper: np.ndarray

    @property
    def extra(self) -> int:
        """Columns that are not units."""
        return len(self.served_place)

    def units(self, x: np.ndarray) -> np.ndarray:
        """Units by option of a solution."""
        return np.bincount(self.option, weights=x[: len(self.option)], minlength=self.options)


def _columns(problem: Problem, counts_served: bool) -> _Columns:
    options = np.arange(len(problem.place))
    if not counts_served:
        none = np.zeros(0, dtype=int)
        return _Columns(len(options), options, none, np.zeros(len(options)), problem.cost, problem.upper)
    alone = np.bincount(problem.place, minlength=len(problem.gap))[problem.place] == 1
    gap, weight = problem.gap[problem.place], problem.weight[problem.place]
    filled = np.where(alone, np.minimum(problem.upper, np.floor(gap / problem.gain + _FEASIBLE)), problem.upper)
    last = np.flatnonzero(alone & (problem.upper > filled))
    shared = np.unique(problem.place[~alone])
    return _Columns(
        options=len(options),
        option=np.concatenate([options, last]),
        served_place=shared,
        worth=np.concatenate(
            [
                np.where(alone, weight * problem.gain, 0.0),
                (weight * (gap - problem.gain * filled))[last],
                problem.weight[shared],
            ]
        ),
        cost=np.concatenate([problem.cost, problem.cost[last], np.zeros(len(shared))]),
        upper=np.concatenate([filled, np.ones(len(last)), problem.gap[shared]]),
    )


def _nothing(required: np.ndarray, coverage: float) -> Solution:
    """The answer when nothing can be given."""
    if required.max(initial=0.0) > 0 or coverage > 0:
        return Solution(None, np.nan, np.nan, True, impossible=True)
    return Solution(np.zeros(0), 0.0, 0.0, True)


def _rules(problem: Problem, columns: _Columns, required: np.ndarray, budget: float) -> list[LinearConstraint]:
    """Required demand, budget, stocks, ceilings; and, where several options share a place, demand served at most as added."""
    place, resource = problem.place[columns.option], problem.resource[columns.option]
    gains = _by_row(place, problem.gain[columns.option], len(problem.gap), columns.extra)
    rules = []
    asked = np.flatnonzero(required > 0)
    if len(asked):
        rules.append(LinearConstraint(gains[asked], required[asked], np.inf))
    if np.isfinite(budget):
        scale = max(1.0, float(problem.unit_cost.max()))
        rules.append(LinearConstraint(csr_array(columns.cost[None, :] / scale), -np.inf, budget / scale))
    limited = np.flatnonzero(np.isfinite(problem.stock))
    if len(limited):
        uses = _by_row(resource, np.ones(len(resource)), len(problem.stock), columns.extra)
        rules.append(LinearConstraint(uses[limited], -np.inf, problem.stock[limited]))
    group, room = ceiling_groups(problem)
    if len(room):
        sharing = _by_row(group[columns.option], np.ones(len(resource)), len(room), columns.extra)
        rules.append(LinearConstraint(sharing, -np.inf, room))
    if columns.extra:
        served = csr_array(
            (np.ones(columns.extra), (np.arange(columns.extra), len(columns.option) + np.arange(columns.extra))),
            shape=(columns.extra, len(columns.worth)),
        )
        rules.append(LinearConstraint(served - gains[columns.served_place], -np.inf, 0.0))
    return rules


def _by_row(row: np.ndarray, value: np.ndarray, rows: int, extra: int) -> csr_array:
    """One entry for each column of units, in the row it belongs to."""
    return csr_array((value, (row, np.arange(len(row)))), shape=(rows, len(row) + extra))


def _solve(columns: _Columns, objective: np.ndarray, rules: list[LinearConstraint], effort: Effort | None) -> OptimizeResult:
    """Solve in whole units; as a linear programme without an effort."""
    whole = np.concatenate([np.full(len(columns.option), int(effort is not None)), np.zeros(columns.extra)])
    options = {} if effort is None else {"node_limit": effort.nodes, "mip_rel_gap": effort.gap}
    return milp(objective, constraints=rules, bounds=Bounds(0, columns.upper), integrality=whole, options=options)


def _answer(columns: _Columns, result: OptimizeResult, scale: float) -> Solution:
    if result.status == 2:
        return Solution(None, np.nan, np.nan, True, impossible=True)
    bound = np.nan if result.mip_dual_bound is None else result.mip_dual_bound * scale
    if result.x is None:
        return Solution(None, np.nan, bound, False)
    return Solution(columns.units(np.round(result.x)), result.fun * scale, bound, result.status == 0)
