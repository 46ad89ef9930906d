"""Difference in differences: how much more an outcome changed between two censuses where the earthquake shook harder.

Each commune is compared with itself, and its change with that of communes that shook less: what differs between communes and does
not change, and what changed everywhere alike, cancels. What remains is the earthquake's only if communes would have changed alike
without it; with two censuses that cannot be checked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Two-sided 95 % of the normal distribution.
_WIDTH = 1.959963984540054
_LEAST_UNITS = 10


@dataclass(frozen=True, slots=True)
class Effect:
    """Change of an outcome for one more unit of dose, with its 95 % interval; ``communes`` that it rests on, and how the outcome
    changed on average where the dose is above and below its median."""

    slope: float
    low: float
    high: float
    communes: int
    change_above: float
    change_below: float

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves no doubt of the sign."""
        return self.low > 0 or self.high < 0


def difference_in_differences(before: np.ndarray, after: np.ndarray, dose: np.ndarray) -> Effect | None:
    """The slope of the change of each unit on its dose, by least squares; the interval allows for unequal scatter (HC3).

    Args:
        before, after: the outcome of each unit in two periods; dose: what it received in between. NaN leaves a unit out.

    Returns:
        None where fewer than ten units are known, or all received the same.
    """
    change = after - before
    known = np.isfinite(change) & np.isfinite(dose)
    change, dose = change[known], dose[known]
    if known.sum() < _LEAST_UNITS or np.ptp(dose) == 0:
        return None
    design = np.column_stack([np.ones(len(dose)), dose - dose.mean()])
    coefficients = np.linalg.lstsq(design, change, rcond=None)[0]
    inverse = np.linalg.inv(design.T @ design)
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    scaled = design * ((change - design @ coefficients) / (1 - leverage))[:, None]
    error = float(np.sqrt((inverse @ (scaled.T @ scaled) @ inverse)[1, 1]))
    above = dose > np.median(dose)
    slope = float(coefficients[1])
    return Effect(
        slope=slope,
        low=slope - _WIDTH * error,
        high=slope + _WIDTH * error,
        communes=int(known.sum()),
        change_above=float(change[above].mean()),
        change_below=float(change[~above].mean()),
    )
