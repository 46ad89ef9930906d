"""Means of scores: of indicators to a service, of services to the composite index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.pressure import MAXIMUM_SCORE

MINIMUM_SECTORS = 2
QUADRATIC = 2.0
FLAGGING_SECTORS = 2


@dataclass(frozen=True, slots=True)
class Composite:
    """The index over rows: score, and its bounds (missing sectors at 0 and at 100)."""

    score: np.ndarray
    low: np.ndarray
    high: np.ndarray


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


def composite_index(sector_scores: Sequence[np.ndarray], weights: Sequence[float], power: float = QUADRATIC) -> Composite:
    """Power mean (``power`` 1 is the plain one) of the sector scores, at least two of them, and its bounds (method note 2.2)."""
    table = np.asarray(sector_scores, dtype=float)
    weight = np.asarray(weights, dtype=float)
    enough = (~np.isnan(table)).sum(axis=0) >= MINIMUM_SECTORS
    score = np.where(enough, power_mean(table, weight, power), np.nan)
    low = power_mean(np.nan_to_num(table, nan=0.0), weight, power)
    high = power_mean(np.nan_to_num(table, nan=MAXIMUM_SCORE), weight, power)
    return Composite(score, low, high)


def red_flag(breakdown: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether one sector (first axis) breaks down or two are in high tension."""
    return breakdown.any(axis=0) | (high.sum(axis=0) >= FLAGGING_SECTORS)


def _mean(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    total = weights.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, (np.nan_to_num(table) * weights).sum(axis=0) / total, np.nan)
