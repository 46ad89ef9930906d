"""Ranks as far as figures tell them: inference on the differences between units, never on whether their intervals overlap.

A unit's rank is one more than the units above it, so that equal units share theirs. Its confidence set follows Mogstad, Romano,
Shaikh and Wilhelm (2024): simultaneous confidence intervals for its differences with every other unit tell who is surely above and who
surely below, and the critical value is that of the largest of the differences over the draws, in steps (Romano and Wolf):
what is decided leaves the family, and the rest is tested against what remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

# Relative to the squares that it is the difference of, what is below is as small as their rounding.
_NOISE = 1e-9
# Numbers that a core keeps at hand.
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class RankSets:
    """For each unit, the ranks that it may have: from ``low`` to ``high``."""

    low: np.ndarray
    high: np.ndarray


def ranks_of(figures: np.ndarray) -> np.ndarray:
    """Rank of each figure, the largest first; equal figures share the first of their ranks."""
    return 1.0 + len(figures) - np.searchsorted(np.sort(figures), figures, side="right")


def probability_above(draws: np.ndarray) -> np.ndarray:
    """Probability that each unit (row) is above each other one (column) over the draws (units × draws); where they are equal,
    half. The diagonal is one half."""
    units = len(draws)
    table = np.full((units, units), 0.5)
    for at in range(units - 1):
        above, below = (comparison(draws[at], draws[at + 1 :]).mean(axis=1) for comparison in (np.greater, np.less))
        table[at, at + 1 :] = 0.5 + (above - below) / 2
        table[at + 1 :, at] = 1 - table[at, at + 1 :]
    return table


def expected_ranks(draws: np.ndarray) -> np.ndarray:
    """Mean over the draws of each unit's place; units that are equal in a draw share the mean of their places there."""
    return _places(draws).mean(axis=1)


def membership(draws: np.ndarray, size: int) -> np.ndarray:
    """Probability of each unit of being among the first ``size``; where equal units stand across the edge, they share what is
    left of the places, so that the probabilities add up to ``size`` (or to all units where there are fewer)."""
    if size >= len(draws):
        return np.ones(len(draws))
    edge = -np.partition(-draws, size - 1, axis=0)[size - 1]
    above, at_edge = draws > edge, draws == edge
    left = (size - above.sum(axis=0)) / at_edge.sum(axis=0)
    return (above + at_edge * left).mean(axis=1)


def rank_sets(estimates: np.ndarray, draws: np.ndarray, confidence: float) -> RankSets:
    """Confidence set of each unit's rank, which holds its true rank with at least this confidence.

    Args:
        estimates: the figure of each unit.
        draws: units × draws, whose deviations from the estimates are distributed as those of the estimates from the truth.
        confidence: of each unit's set, for itself.

    Two units whose difference no draw changes are known exactly: above, below or equal.
    """
    errors = np.ascontiguousarray((draws - estimates[:, None]).T)
    spread, position = _spreads(errors), ceil(confidence * (len(errors) - 1))
    above, below = np.zeros(len(estimates)), np.zeros(len(estimates))
    for unit in range(len(estimates)):
        difference, moves = estimates - estimates[unit], spread[unit] > 0
        # What no draw moves is known: it takes part in no test.
        scale = np.divide(1.0, spread[unit], out=np.zeros(len(estimates)), where=moves)
        surely_above, surely_below = _Family(errors, unit, scale, moves).decide(difference * scale, position)
        above[unit] = surely_above + (difference[~moves] > 0).sum()
        # One that is known to be equal (itself too) is not above either.
        below[unit] = surely_below + (difference[~moves] <= 0).sum() - 1
    return RankSets(1 + above, len(estimates) - below)


def _spreads(errors: np.ndarray) -> np.ndarray:
    """Root mean square over the draws (draws × units) of the difference of each two units; exactly 0 where no draw moves it."""
    products = errors.T @ errors / len(errors)
    own = np.diag(products)
    square = own[:, None] + own[None, :] - 2 * products
    # Of two that nearly move together the difference of large products is noise: theirs is taken from their draws.
    for one, other in zip(*np.nonzero(np.triu(square <= _NOISE * (own[:, None] + own[None, :]))), strict=True):
        square[one, other] = square[other, one] = np.mean((errors[:, one] - errors[:, other]) ** 2)
    return np.sqrt(square)


class _Family:
    """The one-sided hypotheses on how a unit differs from each other one, on both sides, tested in steps."""

    def __init__(self, errors: np.ndarray, unit: int, scale: np.ndarray, moves: np.ndarray) -> None:
        self.errors, self.unit, self.scale = errors, unit, scale
        self.not_above, self.not_below = moves.copy(), moves.copy()

    def decide(self, statistic: np.ndarray, position: int) -> tuple[int, int]:
        """How many others are surely above and surely below.

        Args:
            position: of the critical value among the largest differences of the draws in order.
        """
        above, below = np.zeros(len(statistic), dtype=bool), np.zeros(len(statistic), dtype=bool)
        if not self.not_above.any():
            return 0, 0
        largest, is_exact = self._largest(), np.ones(len(self.errors), dtype=bool)
        while True:
            critical = self._critical(largest, is_exact, position)
            newly_above, newly_below = (statistic > critical) & ~above, (statistic < -critical) & ~below
            if not newly_above.any() and not newly_below.any():
                return int(above.sum()), int(below.sum())
            above, below = above | newly_above, below | newly_below
            self.not_above &= ~newly_above
            self.not_below &= ~newly_below
            # With fewer in the family each is at most what it was.
            is_exact[:] = False

    def _critical(self, largest: np.ndarray, is_exact: np.ndarray, position: int) -> float:
        """The value at a position of the draws in order, of which only those are worked out anew that may hold it."""
        while True:
            order = np.argsort(largest, kind="stable")[position:]
            stale = order[~is_exact[order]]
            if not len(stale):
                return float(largest[order[0]])
            largest[stale], is_exact[stale] = self._largest(stale), True

    def _largest(self, draws: np.ndarray | None = None) -> np.ndarray:
        """The largest scaled difference that is left in the family, in each of some draws; of the whole family in all draws where none
        are given."""
        chosen = self.errors if draws is None else self.errors[draws]
        found = np.empty(len(chosen))
        for begin in range(0, len(chosen), self._at_once):
            rows = chosen[begin : begin + self._at_once]
            moved = (rows - rows[:, self.unit, None]) * self.scale
            if draws is None:
                # Who takes part in no test stands at 0, which is the largest of no draw.
                highest, lowest = moved.max(axis=1), moved.min(axis=1)
            else:
                highest = moved[:, self.not_above].max(axis=1, initial=-np.inf)
                lowest = moved[:, self.not_below].min(axis=1, initial=np.inf)
            found[begin : begin + self._at_once] = np.maximum(highest, -lowest)
        return found

    @property
    def _at_once(self) -> int:
        """Draws whose differences stay in the processor's cache."""
        return max(1, _CACHED // len(self.scale))


def _places(draws: np.ndarray) -> np.ndarray:
    """Place of each unit in each draw, the largest first; equal units stand in the middle of their places."""
    columns = np.ascontiguousarray(-draws.T)
    order = np.argsort(columns, axis=1)
    ordered = np.take_along_axis(columns, order, axis=1)
    position = np.broadcast_to(np.arange(len(draws)), ordered.shape)
    begins = np.ones(ordered.shape, dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    ends = np.ones(ordered.shape, dtype=bool)
    ends[:, :-1] = begins[:, 1:]
    first = np.maximum.accumulate(np.where(begins, position, 0), axis=1)
    last = np.minimum.accumulate(np.where(ends, position, len(draws))[:, ::-1], axis=1)[:, ::-1]
    places = np.empty(ordered.shape)
    np.put_along_axis(places, order, 1 + (first + last) / 2, axis=1)
    return places.T
