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
    centred = draws - estimates[:, None]
    above, below = np.zeros(len(estimates)), np.zeros(len(estimates))
    for unit in range(len(estimates)):
        difference, errors = estimates - estimates[unit], centred - centred[unit]
        spread = np.sqrt(np.einsum("ij,ij->i", errors, errors) / errors.shape[1])
        moves = spread > 0
        statistic = difference[moves] / spread[moves]
        surely_above, surely_below = _decide(statistic, errors[moves] / spread[moves, None], confidence)
        above[unit] = surely_above + (difference[~moves] > 0).sum()
        # One that is known to be equal (itself too) is not above either.
        below[unit] = surely_below + (difference[~moves] <= 0).sum() - 1
    return RankSets(1 + above, len(estimates) - below)


def _decide(statistic: np.ndarray, errors: np.ndarray, confidence: float) -> tuple[int, int]:
    """How many others are surely above and surely below: one-sided hypotheses on both sides, tested in steps."""
    above, below = np.zeros(len(statistic), dtype=bool), np.zeros(len(statistic), dtype=bool)
    position = ceil(confidence * (errors.shape[1] - 1))
    while True:
        highest = errors[~above].max(axis=0, initial=-np.inf)
        lowest = errors[~below].min(axis=0, initial=np.inf)
        critical = np.partition(np.maximum(highest, -lowest), position)[position]
        decided = above.sum() + below.sum()
        above, below = above | (statistic > critical), below | (statistic < -critical)
        if above.sum() + below.sum() == decided:
            return int(above.sum()), int(below.sum())


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
