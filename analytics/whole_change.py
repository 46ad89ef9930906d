"""What changed between two dates for communes taken together, and why: people, capacity, norm, method, and who reported.

The figure of the whole is the sum of demand over the sum of what capacity carries at the norm, over the communes that have a
figure. Over those that have one at both dates the change falls into demand, capacity, norm and method as for one commune
(``analytics.two_dates``); what remains of the change is that other communes reported. The five parts sum to the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.model import Indicator
from analytics.two_dates import factors, ratio_of, shapley

PARTS = ("demand", "capacity", "norm", "method", "reporting")


@dataclass(frozen=True, slots=True)
class WholeChange:
    """Figure before and after, in multiples of the norm (the indicator's unit where its class follows from the value), the part of
    each cause, and how many communes have a figure at the first date, at the second, at both. NaN where no commune has one."""

    before: float
    after: float
    parts: Mapping[str, float]
    communes_before: int
    communes_after: int
    communes_both: int

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


def change_of_whole(
    first: pd.DataFrame, second: pd.DataFrame, indicator: Indicator, recomputed: pd.DataFrame | None = None
) -> WholeChange:
    """The change of one indicator over all communes together.

    Args:
        first, second: result rows of the two dates, indexed by commune (``Figures.of_month``).
        recomputed: the first date's figures under the second's definitions; the first itself where the method is the same.
    """
    second = second.reindex(first.index)
    middle = first if recomputed is None else recomputed.reindex(first.index)
    by_value = indicator.goalposts is not None and indicator.goalposts.scored == "value"
    figure = "value" if by_value else "pressure"
    there = tuple(_is_known(rows, figure) for rows in (first, middle, second))
    both = there[0] & there[1] & there[2]
    states = tuple(factors(rows, middle, second, by_value, indicator.scale) for rows in (first, middle, second))
    whole = (ratio_of(_sums(states[0], there[0])), ratio_of(_sums(states[2], there[2])))
    common = tuple(_sums(state, both) for state in states)
    causes = shapley(common[1], common[2])
    parts = dict(zip(PARTS[:3], (float(part[0]) for part in causes), strict=True))
    before, between, after = (float(ratio_of(sums)[0]) for sums in common)
    parts["method"] = between - before
    parts["reporting"] = float(whole[1][0] - whole[0][0]) - (after - before)
    counts = (int(there[0].sum()), int(there[2].sum()), int(both.sum()))
    return WholeChange(float(whole[0][0]), float(whole[1][0]), parts, *counts)


def _is_known(rows: pd.DataFrame, figure: str) -> np.ndarray:
    """Where the figure and both its factors are known, so that it can be summed: an absent service has no finite pressure."""
    columns = (figure, "numerator", "denominator")
    known: np.ndarray = np.isfinite(rows[list(columns)].to_numpy(dtype=float)).all(axis=1)
    return known


def _sums(state: tuple[np.ndarray, ...], inside: np.ndarray) -> tuple[np.ndarray, ...]:
    """Demand, capacity, and the norm that capacity has on average, over some communes."""
    demand, capacity, norm = (part[inside] for part in state)
    total = capacity.sum()
    mean_norm = (capacity * norm).sum() / total if total > 0 else np.nan
    return np.array([demand.sum()]), np.array([total]), np.array([mean_norm])
