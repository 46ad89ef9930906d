"""Units given one by one: exact for one resource and the highest pressure; a filler of what a solver left."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from analytics.allocation_problem import Problem


def share_units(
    demand: np.ndarray,
    carried: np.ndarray,
    gain: np.ndarray,
    units: int,
    codes: Sequence[str],
    most: np.ndarray | None = None,
) -> np.ndarray:
    """Give units of one resource one by one to the place under most pressure; no other sharing has a lower highest pressure
    (method note 5.1). Ties go to the most people above the norm, then to the lower code; at the norm the giving stops.

    Args:
        demand, carried, gain: what is asked of each place, what it carries at the norm, what one unit adds (above 0).
        most: units that each place may receive at most.

    Returns:
        Units by place.
    """
    shared = np.zeros(len(demand), dtype=int)
    limit = np.full(len(demand), np.iinfo(np.int64).max) if most is None else most
    queue = [_turn(i, demand[i], carried[i], codes[i]) for i in range(len(demand)) if limit[i] > 0]
    heapq.heapify(queue)
    for _ in range(units):
        if not queue or -queue[0][0] <= 1:
            break
        place = queue[0][3]
        shared[place] += 1
        now = carried[place] + gain[place] * shared[place]
        if shared[place] < limit[place]:
            heapq.heapreplace(queue, _turn(place, demand[place], now, codes[place]))
        else:
            heapq.heappop(queue)
    return shared


def _turn(place: int, demand: float, carried: float, code: str) -> tuple[float, float, str, int]:
    pressure = demand / carried if carried > 0 else (np.inf if demand > 0 else 0.0)
    return -pressure, -max(0.0, demand - carried), code, place


def top_up(problem: Problem, units: np.ndarray) -> np.ndarray:
    """Add units while budget, stocks and ceiling allow, each time where a dirham brings most people back under the norm."""
    units = units.copy()
    left = problem.budget - problem.spent(units)
    stock = problem.stock - problem.given(units)
    group, room = ceiling_groups(problem)
    used = np.bincount(group, weights=units, minlength=len(room)) if len(room) else room
    missing = problem.gap - problem.served(units)
    worth = problem.weight[problem.place] * np.minimum(problem.gain, missing[problem.place]) / np.maximum(problem.cost, 1e-9)
    queue = [(-w, v) for v, w in enumerate(worth) if w > 0]
    heapq.heapify(queue)
    while queue:
        claimed, v = heapq.heappop(queue)
        place, resource = problem.place[v], problem.resource[v]
        cost = problem.cost[v]
        full = bool(len(room)) and used[group[v]] >= room[group[v]]
        if units[v] >= problem.upper[v] or cost > left or stock[resource] < 1 or full:
            continue
        now = problem.weight[place] * min(problem.gain[v], missing[place]) / max(cost, 1e-9)
        if now <= 0:
            continue
        if now < -claimed:
            heapq.heappush(queue, (-now, v))
            continue
        units[v] += 1
        left -= cost
        stock[resource] -= 1
        if len(room):
            used[group[v]] += 1
        missing[place] = max(0.0, missing[place] - problem.gain[v])
        heapq.heappush(queue, (claimed, v))
    return units


def ceiling_groups(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Options that share a commune's ceiling on a resource: a group for each option, the units allowed for each group."""
    if problem.limits.ceiling is None:
        return np.zeros(0, dtype=int), np.zeros(0)
    _, commune = np.unique(problem.commune_codes.astype(str), return_inverse=True)
    pairs = commune[problem.place] * len(problem.resource_ids) + problem.resource
    _, group = np.unique(pairs, return_inverse=True)
    return group, np.full(group.max() + 1 if len(group) else 0, float(problem.limits.ceiling))
