"""From the draws of one result over the communes to what is told of it: centre, interval, classes, place in the order."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from analytics.drawing_rules import UncertaintyRules
from analytics.model import ResultStatus
from analytics.pressure import HIGH_CLASS, MAXIMUM_SCORE
from analytics.rank_inference import expected_ranks, membership, probability_above, rank_sets, ranks_of
from analytics.summary import NOT_ASSESSED, Coverage

Columns = dict[str, np.ndarray]

CLASSES = (1, 2, 3, 4, 5)
# A result that is classed already: class 1 up to 1, and so on.
CLASS_BANDS = np.array(CLASSES[:-1], dtype=float)
CLASS_COLUMNS = tuple(f"probability_class_{c}" for c in CLASSES)
CENTRE = ("estimate", "median", "low", "high")
ORDER = ("rank", "rank_low", "rank_high", "expected_rank")

_STATUS = tuple(ResultStatus)
_NOT_CONCERNED = [_STATUS.index(ResultStatus(word)) for word in NOT_ASSESSED]
# A class holds its upper bound; 32 bits hold seven digits of it.
_TOLERANCE = np.float32(1e-6)
# 0.05 times 1,001 is whole to so many digits.
_WHOLE = 1e-9
# Where nobody is concerned a ratio is 0 in every draw: the logarithm of this stands for it, below every other.
_NOTHING = np.float32(1e-30)


@dataclass(frozen=True, slots=True)
class DrawnResult:
    """One result over communes × (1 + draws), the first column without error.

    ``figure`` in the unit of its class (infinite where there are people and no service); ``classed`` what the class follows
    from, with the ``uppers`` of classes 1 to 4; ``lifted`` draws whose class is 4 at least; ``is_ratio`` whether errors
    multiply it; ``status`` the ranks of the assessment; NaN where there is no class. ``pushed`` is by how much errors push the figure
    to one side (a score is cut at 0, the highest of several figures lies too high), so that the truth lies as far on the other.
    """

    figure: np.ndarray
    classed: np.ndarray
    uppers: np.ndarray
    lifted: np.ndarray
    is_ratio: bool
    status: np.ndarray
    is_assessed: np.ndarray
    pushed: np.ndarray | float = 0.0

    @property
    def coverage(self) -> Coverage:
        """How many of the communes concerned have a class."""
        return Coverage(int(self.is_assessed.sum()), int((~np.isin(self.status, _NOT_CONCERNED)).sum()))


def order_columns(rules: UncertaintyRules) -> tuple[str, ...]:
    """Names of the columns that place a commune in the order."""
    return (*ORDER, *(f"first_{size}" for size in rules.first_communes))


def summarise(drawn: DrawnResult, rules: UncertaintyRules) -> Columns:
    """Estimate, median and interval (NaN without a service), probability of each class and of class 4 or 5."""
    figures = [drawn.figure[:, 0], *interval_of(drawn, rules)]
    figures = [np.where(np.isinf(values), np.nan, values) for values in figures]
    classes = _class_shares(drawn)
    columns = dict(zip((*CENTRE, *CLASS_COLUMNS), (*figures, *classes), strict=True))
    columns["probability_high"] = classes[3] + classes[4]
    return {name: np.where(drawn.is_assessed, values, np.nan) for name, values in columns.items()}


def interval_of(drawn: DrawnResult, rules: UncertaintyRules) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Median of the draws and both ends of the interval: those of the draws, drawn out to where the figure lies once it is moved back
    by what errors push it; between order statistics that hold as much as the interval promises, however few the draws."""
    ordered = np.sort(drawn.figure[:, 1:], axis=1)
    count = ordered.shape[1]
    first, last = (share * (count + 1) for share in rules.interval)
    low, high = ordered[:, max(int(first + _WHOLE), 1) - 1], ordered[:, min(ceil(last - _WHOLE), count) - 1]
    back = np.nan_to_num(np.asarray(drawn.pushed, dtype=float))
    if back.any():
        low = np.maximum(low - np.maximum(back, 0.0), 0.0)
        high = np.minimum(high - np.minimum(back, 0.0), MAXIMUM_SCORE)
    return ordered[:, round(0.5 * (count - 1))], low, high


def place(drawn: DrawnResult, rules: UncertaintyRules, is_ranked: bool = True) -> Columns:
    """Rank by the estimate, confidence set of the rank, expected rank and probability of being among the first, over the communes
    with a class; NaN for all where too few have one. Communes without the service stand before all others and share the first rank."""
    columns = {name: np.full(len(drawn.figure), np.nan) for name in order_columns(rules)}
    if not is_ranked or not drawn.is_assessed.any() or drawn.coverage.share < rules.lowest_coverage:
        return columns
    without = drawn.is_assessed & np.isinf(drawn.figure[:, 0])
    measured = drawn.is_assessed & ~without
    ahead = int(without.sum())
    for name, values in _place_measured(drawn, measured, ahead, rules).items():
        columns[name][measured] = values
    for name in ("rank", "rank_low", "rank_high"):
        columns[name][without] = 1
    columns["expected_rank"][without] = (1 + ahead) / 2
    for size in rules.first_communes:
        columns[f"first_{size}"][without] = min(1.0, size / max(ahead, 1))
    return columns


def above_each_other(drawn: DrawnResult) -> np.ndarray:
    """Probability that each commune with a class (row) is above each other one (column); those without the service are above all
    that have one."""
    return probability_above(_rounded(drawn.figure[drawn.is_assessed, 1:]))


def _place_measured(drawn: DrawnResult, measured: np.ndarray, ahead: int, rules: UncertaintyRules) -> Columns:
    if not measured.any():
        return {}
    figure = _rounded(drawn.figure[measured])
    scale = np.log(np.maximum(figure, _NOTHING)) if drawn.is_ratio else figure
    draws = np.ascontiguousarray(scale[:, 1:])
    sets = rank_sets(scale[:, 0], draws, rules.rank_confidence)
    first = {
        f"first_{size}": membership(draws, size - ahead) if size > ahead else np.zeros(len(draws))
        for size in rules.first_communes
    }
    return {
        "rank": ahead + ranks_of(figure[:, 0]),
        "rank_low": ahead + sets.low,
        "rank_high": ahead + sets.high,
        "expected_rank": ahead + expected_ranks(draws),
        **first,
    }


def classes_drawn(drawn: DrawnResult) -> np.ndarray:
    """Class in each draw, communes × (1 + draws); NaN where there is none."""
    uppers = drawn.uppers.astype(np.float32) * (1 + _TOLERANCE)
    ranks = np.searchsorted(uppers, drawn.classed.ravel(), side="left").reshape(drawn.classed.shape) + np.float32(1)
    ranks = np.where(drawn.lifted, np.maximum(ranks, HIGH_CLASS), ranks)
    return np.where(np.isnan(drawn.classed), np.float32(np.nan), ranks)


def _class_shares(drawn: DrawnResult) -> list[np.ndarray]:
    """Share of the draws in each class."""
    classed, lifted = drawn.classed[:, 1:], drawn.lifted[:, 1:]
    uppers = drawn.uppers.astype(np.float32) * (1 + _TOLERANCE)
    up_to = [((classed <= upper) & ~lifted).mean(axis=1) for upper in uppers[:3]]
    up_to.append((classed <= uppers[3]).mean(axis=1))
    return list(np.diff([np.zeros(len(classed)), *up_to, np.ones(len(classed))], axis=0))


def _rounded(figure: np.ndarray) -> np.ndarray:
    """Figures to the sixth digit: two that differ by how 32 bits divide are equal."""
    fraction, exponent = np.frexp(figure)
    return np.ldexp(np.round(fraction * np.float32(2**20)), exponent - 20)
