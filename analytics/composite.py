"""From indicator scores to a sector score, and from sector scores to the composite index with bounds and red flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.pressure import BREAKDOWN_CLASS, MAXIMUM_SCORE, class_of_score

MINIMUM_WEIGHT_PRESENT = 0.5
MINIMUM_SECTORS = 2
QUADRATIC = 2.0
HIGH_CLASS = 4
FLAGGING_SECTORS = 2


@dataclass(frozen=True, slots=True)
class Composite:
    """The index over rows: score with its bounds (missing sectors at 0 and at 100), the class that the score gives and the
    class after the red-flag rule."""

    score: np.ndarray
    low: np.ndarray
    high: np.ndarray
    class_of_score: np.ndarray
    severity_class: np.ndarray


def sector_score(scores: Sequence[np.ndarray], weights: Sequence[float]) -> np.ndarray:
    """Weighted arithmetic mean of the indicator scores that are there, when they carry at least half of the sector's weight;
    NaN otherwise (method note 2.2 and 2.4)."""
    table, present, weight = _present(scores, weights)
    share = (present * weight).sum(axis=0) / weight.sum()
    return np.where(share >= MINIMUM_WEIGHT_PRESENT - 1e-9, _mean(table, present * weight), np.nan)


def sector_bounds(scores: Sequence[np.ndarray], weights: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Sector score with the missing indicators at 0 and at 100."""
    table, _, weight = _present(scores, weights)
    low = (np.nan_to_num(table, nan=0.0) * weight).sum(axis=0) / weight.sum()
    high = (np.nan_to_num(table, nan=MAXIMUM_SCORE) * weight).sum(axis=0) / weight.sum()
    return low, high


def weighted_mean(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean over the first axis, leaving missing entries out; ``weights`` broadcast against ``table``."""
    return _mean(table, ~np.isnan(table) * weights)


def power_mean(table: np.ndarray, weights: np.ndarray, power: float = QUADRATIC) -> np.ndarray:
    """Weighted power mean of entries of 0 or more over the first axis, leaving missing entries out.

    Power 1 is the arithmetic mean; 0 its limit, the geometric mean, which one entry at 0 makes 0; an infinite power the largest
    entry. ``weights``: one an entry, or an array that broadcasts against ``table``.
    """
    if np.isinf(power):
        return np.fmax.reduce(table)
    broadcast = weights if weights.ndim == table.ndim else weights.reshape(-1, *(1,) * (table.ndim - 1))
    if power == 0:
        with np.errstate(divide="ignore", over="ignore"):
            return np.exp(weighted_mean(np.log(table), broadcast))
    return weighted_mean(table**power, broadcast) ** (1 / power)


def composite_index(
    sector_scores: Sequence[np.ndarray],
    sector_classes: Sequence[np.ndarray],
    weights: Sequence[float],
    power: float = QUADRATIC,
) -> Composite:
    """Power mean (quadratic unless told otherwise) of the sector scores (at least two of them), its bounds, and its class after
    the red-flag rule.

    One sector in class 5 lifts the class to 4 at least, and so do two sectors in class 4 or more (method note 2.2).
    """
    table = np.asarray(sector_scores, dtype=float)
    weight = np.asarray(weights, dtype=float)
    enough = (~np.isnan(table)).sum(axis=0) >= MINIMUM_SECTORS
    score = np.where(enough, power_mean(table, weight, power), np.nan)
    low = power_mean(np.nan_to_num(table, nan=0.0), weight, power)
    high = power_mean(np.nan_to_num(table, nan=MAXIMUM_SCORE), weight, power)
    by_score = class_of_score(score)
    return Composite(score, low, high, by_score, apply_red_flags(by_score, np.asarray(sector_classes, dtype=float)))


def red_flag(breakdown: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether one sector (first axis) breaks down or two are in high tension."""
    return breakdown.any(axis=0) | (high.sum(axis=0) >= FLAGGING_SECTORS)


def apply_red_flags(class_by_score: np.ndarray, sector_classes: np.ndarray) -> np.ndarray:
    """Class lifted to 4 where one sector breaks down or two are in high tension; NaN stays NaN."""
    flagged = red_flag(sector_classes == BREAKDOWN_CLASS, sector_classes >= HIGH_CLASS)
    return np.where(flagged & ~np.isnan(class_by_score), np.fmax(class_by_score, HIGH_CLASS), class_by_score)


def _present(scores: Sequence[np.ndarray], weights: Sequence[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.asarray(scores, dtype=float)
    return table, ~np.isnan(table), np.asarray(weights, dtype=float)[:, None]


def _mean(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    total = weights.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, (np.nan_to_num(table) * weights).sum(axis=0) / total, np.nan)
