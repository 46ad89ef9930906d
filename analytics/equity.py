"""How unequally a quantity per person (access, places, staff per head) is spread over people: Gini, Theil, P90/P10, people in
high tension (method note 5.6).

Each value counts for the people who live with it. A place whose value or population is missing is left out and counted:
the measure describes the places that are known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.pressure import HIGH_CLASS
from analytics.ratios import divide

LOW_QUANTILE = 0.1
HIGH_QUANTILE = 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    """One measure over places: its value (NaN where nothing is known), places counted, places left out as missing."""

    value: float
    count: int
    missing_count: int


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil T and its two parts, which add up to it: ``between`` the means of the groups, ``within`` them."""

    total: float
    between: float
    within: float
    count: int
    missing_count: int


def gini(values: np.ndarray, people: np.ndarray) -> Spread:
    """Population-weighted Gini: 0 everyone has the same, near 1 one person has everything (area under the Lorenz curve).

    Raises:
        ValueError: a value or a population is negative.
    """
    value, weight, known = _known(values, people)
    order = np.argsort(value, kind="stable")
    held = np.cumsum((value * weight)[order])
    if not held.size or held[-1] == 0:
        return _spread(np.nan, known)
    curve = held / held[-1]
    before = np.concatenate(([0.0], curve[:-1]))
    return _spread(1 - np.sum(weight[order] * (curve + before)) / weight.sum(), known)


def theil(values: np.ndarray, people: np.ndarray, groups: np.ndarray) -> Theil:
    """Population-weighted Theil T, split between and within groups (cercles); someone who has nothing adds 0.

    Args:
        groups: the group of each place.

    Raises:
        ValueError: a value or a population is negative.
    """
    value, weight, known = _known(values, people)
    _, group = np.unique(np.asarray(groups)[known], return_inverse=True)
    held, people_in = np.bincount(group, value * weight), np.bincount(group, weight)
    total = _theil(value, weight)
    between = _theil(divide(held, people_in), people_in)
    return Theil(total, between, total - between, int(known.sum()), int((~known).sum()))


def quantile_ratio(values: np.ndarray, people: np.ndarray, low: float = LOW_QUANTILE, high: float = HIGH_QUANTILE) -> Spread:
    """P90/P10: what the person at the ninth decile has, for one that the person at the first has; NaN where that is 0.

    The person at a decile is the first at whom the ordered population reaches it.

    Raises:
        ValueError: a value or a population is negative.
    """
    value, weight, known = _known(values, people)
    if weight.sum() == 0:
        return _spread(np.nan, known)
    lower, upper = np.quantile(value, (low, high), weights=weight, method="inverted_cdf")
    return _spread(divide(upper, lower), known)


def share_in_high_class(classes: np.ndarray, people: np.ndarray, lowest: int = HIGH_CLASS) -> Spread:
    """Share (0–1) of the people whose place is in class ``lowest`` or above.

    Raises:
        ValueError: a class or a population is negative.
    """
    value, weight, known = _known(classes, people)
    return _spread(divide(weight[value >= lowest].sum(), weight.sum()), known)


def _known(values: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    value, weight = np.asarray(values, dtype=float), np.asarray(people, dtype=float)
    known = ~np.isnan(value) & ~np.isnan(weight)
    value, weight = value[known], weight[known]
    if (value < 0).any() or (weight < 0).any():
        raise ValueError("inequality is measured on values and populations of 0 or more")
    return value, weight, known


def _spread(value: np.ndarray | float, known: np.ndarray) -> Spread:
    return Spread(float(value), int(known.sum()), int((~known).sum()))


def _theil(value: np.ndarray, weight: np.ndarray) -> float:
    """Σ of population share × relative value × its logarithm, where a group without people counts for nothing."""
    value, weight = value[weight > 0], weight[weight > 0]
    held = float((value * weight).sum())
    if held == 0:
        return np.nan
    relative = value * weight.sum() / held
    logarithm = np.log(relative, out=np.zeros_like(relative), where=relative > 0)
    return float((weight * relative * logarithm).sum() / weight.sum())


@dataclass(frozen=True, slots=True)
class ResultSpread:
    """How evenly one indicator's capacity is spread over the people it should serve."""

    gini: float
    theil: float
    between: float
    within: float
    between_share: float
    quantile_ratio: float
    people_in_high_class: float
    missing_count: int


def describe_spread(results: pd.DataFrame, group_of: pd.Series) -> ResultSpread:
    """Spread of capacity at the norm per head of demand, each commune counting for its demand.

    Args:
        results: rows of one indicator and month, indexed by commune code (``numerator, capacity_at_norm, severity_class``).
        group_of: comparison group by commune code.
    """
    people = results["numerator"].to_numpy(dtype=float)
    per_head = divide(results["capacity_at_norm"].to_numpy(dtype=float), people)
    parts = theil(per_head, people, group_of.reindex(results.index).to_numpy())
    return ResultSpread(
        gini=gini(per_head, people).value,
        theil=parts.total,
        between=parts.between,
        within=parts.within,
        between_share=float(divide(np.array(parts.between), np.array(parts.total))),
        quantile_ratio=quantile_ratio(per_head, people).value,
        people_in_high_class=share_in_high_class(results["severity_class"].astype(float).to_numpy(), people).value,
        missing_count=parts.missing_count,
    )
