"""What changed between two dates and why: demand, capacity, norm, method, or only who reported.

A figure is demand ÷ (capacity × norm). The three changes act together: each gets the mean of what it adds over every order in
which they may come (Shapley's value), so that the parts sum to the change exactly. A change of method is what the first date's
figures become under the second's definitions. Where one of the two dates has no figure nothing changed that anybody knows: only
reporting did.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.model import Indicator

CAUSES = ("demand", "capacity", "norm", "method")
_ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


class Known(StrEnum):
    """At which of the two dates there is a figure."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"


def compare_dates(
    first: pd.DataFrame, second: pd.DataFrame, indicator: Indicator, recomputed: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The change of one indicator by commune.

    Args:
        first, second: result rows of the two dates, indexed by commune (``Figures.of_month``).
        recomputed: the first date's figures under the second's definitions; the first itself where the method is the same.

    Returns:
        ``before, after, change`` in multiples of the norm (in the indicator's unit where its class follows from the value), a
        column for each of ``CAUSES`` that sum to the change (NaN unless both dates are known), ``class_before, class_after``
        and ``known``.
    """
    middle = first if recomputed is None else recomputed.reindex(first.index)
    second = second.reindex(first.index)
    by_value = indicator.goalposts is not None and indicator.goalposts.scored == "value"
    name = "value" if by_value else "pressure"
    before, between, after = (rows[name].to_numpy(dtype=float) for rows in (first, middle, second))
    parts = shapley(
        factors(middle, middle, second, by_value, indicator.scale),
        factors(second, middle, second, by_value, indicator.scale),
    )
    causes = dict(zip(CAUSES, (*parts, between - before), strict=True))
    both = ~np.isnan(before) & ~np.isnan(after)
    return pd.DataFrame(
        {
            "before": before,
            "after": after,
            "change": after - before,
            **{cause: np.where(both, part, np.nan) for cause, part in causes.items()},
            "class_before": first["severity_class"].to_numpy(),
            "class_after": second["severity_class"].to_numpy(),
            "known": _known(before, after),
        },
        index=first.index,
    )


def shapley(first: tuple[np.ndarray, ...], second: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    """What demand, capacity and norm each add to demand ÷ (capacity × norm) from one state to another: the mean over all orders."""
    parts = [np.zeros_like(first[0]) for _ in first]
    for order in _ORDERS:
        state = list(first)
        for at in order:
            was = ratio_of(state)
            state[at] = second[at]
            parts[at] = parts[at] + (ratio_of(state) - was) / len(_ORDERS)
    return tuple(parts)


def ratio_of(state: Sequence[np.ndarray]) -> np.ndarray:
    """Demand ÷ (capacity × norm); NaN where nothing is carried."""
    demand, capacity, norm = state
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(capacity * norm > 0, demand / (capacity * norm), np.nan)


def factors(
    rows: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame, by_value: bool, scale: float
) -> tuple[np.ndarray, ...]:
    """Demand, capacity and norm of one date. Where the norm is the same at both dates, capacity is counted at the norm: the parts of a
    sum (school cycles) that weigh otherwise are a change of capacity, not of the norm."""
    demand, units = (rows[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    if by_value:
        return demand * scale, units, np.ones_like(units)
    at_norm = rows["capacity_at_norm"].to_numpy(dtype=float)
    before, after = (frame["norm_value"].to_numpy(dtype=float) for frame in (first, second))
    moved = ~np.isclose(before, after, equal_nan=True) & (units > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return demand, np.where(moved, units, at_norm), np.where(moved, at_norm / units, 1.0)


def _known(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    there = (~np.isnan(before), ~np.isnan(after))
    choices = [Known.BOTH.value, Known.FIRST.value, Known.SECOND.value]
    return np.select([there[0] & there[1], there[0], there[1]], choices, default=Known.NEITHER.value)
