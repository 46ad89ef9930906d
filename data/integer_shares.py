"""Shares a whole number out in whole parts (largest remainder)."""

from __future__ import annotations

import numpy as np


def share_out(total: int, weights: np.ndarray) -> np.ndarray:
    """Whole parts proportional to weights that add up to the total exactly; equal remainders go to the first.

    Raises:
        ValueError: no weight is positive while there is something to share.
    """
    if total == 0:
        return np.zeros(len(weights))
    if weights.sum() <= 0:
        raise ValueError("nothing to share by")
    exact = total * weights / weights.sum()
    parts = np.floor(exact)
    left = round(total - parts.sum())
    parts[np.argsort(-(exact - parts), kind="stable")[:left]] += 1
    return parts
