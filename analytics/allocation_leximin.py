"""Fairness to the end: the lowest highest pressure, then the next one among those who can still be helped, and so on (leximin).

At each level, as many places as possible are brought above it; those that nothing within the limits brings above it stay where they
are and hold nobody back. It ends when every place left is at the norm, when nothing can be bought any more, or after ``LEVELS``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analytics.allocation_problem import Problem
from analytics.allocation_program import Effort, Solution, find_level, find_most_above

# A dozen levels spend a budget: what is left then is too little for another place.
LEVELS = 12
# A level counts as passed a hair above it; later stages keep what an earlier one reached, but for rounding.
_ABOVE, _KEPT = 1 + 1e-6, 1 - 1e-7


@dataclass(frozen=True, slots=True)
class Fairest:
    """The lowest level (with its bound), demand that every place must be given from then on, and units that give it."""

    lowest: Solution
    required: np.ndarray
    units: np.ndarray
    levels: int


def find_fairest(problem: Problem, floor: np.ndarray, effort: Effort) -> Fairest:
    """Raise the level of those who carry least, again and again, each time among the places that can still be raised."""
    lowest = find_level(problem, floor, effort)
    assert lowest.units is not None, "the floor was met before"
    required, units, active, found = floor, lowest.units, problem.in_level, lowest
    for count in range(1, LEVELS + 1):
        rest = replace(problem, in_level=active)
        required = np.maximum(required, rest.required_at_level(found.value * _KEPT))
        raised = None if found.value >= _KEPT else _raise(rest, required, found.value, effort)
        if raised is None or not raised[1].any():
            return Fairest(lowest, required, units if raised is None else raised[0], count)
        units, active = raised
        rest = replace(problem, in_level=active)
        required = np.maximum(required, rest.required_at_level(found.value * _ABOVE))
        found = find_level(rest, required, effort)
        if found.units is None or found.value < rest.level(np.zeros_like(units)) * _KEPT:
            break
        if problem.spent(found.units) > problem.budget * (1 + 1e-9):
            break
        units = found.units
    return Fairest(lowest, required, units, count)


def _raise(problem: Problem, required: np.ndarray, level: float, effort: Effort) -> tuple[np.ndarray, np.ndarray] | None:
    """Units that bring most places above a level, and which places those are; None where no place is left to raise."""
    asked = problem.required_at_level(level * _ABOVE)
    if not (asked > required * _ABOVE).any():
        return None
    units = find_most_above(problem, required, asked, effort)
    if units is None:
        return None
    # At the end of its options a place holds nobody back, wherever it stands.
    added = problem.added(units)
    done = added >= problem.reach * (1 - 1e-9)
    return units, problem.in_level & ~done & (added >= asked * (1 - 1e-9))
