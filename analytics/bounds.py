"""The three readings of an uncertain figure: low, central and high; and where a scale that shows them ends."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

LOW, CENTRAL, HIGH = "low", "central", "high"
BOUNDS = (LOW, CENTRAL, HIGH)

# Beyond so many times what is known best, the upper bound of simulated figures would flatten everything else.
TIMES_CENTRAL = 3


def scale_end(central: Iterable[float], high: Iterable[float]) -> float:
    """Upper end of a scale for figures and their upper bound: at the highest bound, but no higher than ``TIMES_CENTRAL`` times the
    highest of the figures themselves, so that these can be read. One rule for screen, paper and slides; NaN where nothing is known.
    """
    firm = _highest(central)
    return float(np.fmin(np.fmax(firm, _highest(high)), TIMES_CENTRAL * firm))


def _highest(values: Iterable[float]) -> float:
    known = [float(value) for value in values if not np.isnan(value)]
    return max(known, default=float("nan"))
