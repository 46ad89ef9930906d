"""A change in seven steps, three on each side of none: what a diverging scale shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

STEPS = 3
# Ends of the steps on each side: of a pressure in multiples of the norm, of a score (0–100), of a share or another value in points.
PRESSURE_ENDS = (0.05, 0.2, 0.5)
SCORE_ENDS = (2.0, 10.0, 25.0)
VALUE_ENDS = (1.0, 5.0, 15.0)


def step_of(changes: np.ndarray, ends: Sequence[float]) -> np.ndarray:
    """The step of each change, −3 to 3, 0 for less than the first end on either side; NaN where the change is not known.

    Args:
        changes: differences in the unit of ``ends``.
        ends: where the first, the second and the third step begin, rising and above zero.
    """
    known = np.asarray(changes, dtype=float)
    step = np.searchsorted(np.asarray(ends), np.abs(known), side="right")
    return np.where(np.isnan(known), np.nan, np.sign(known) * step)
