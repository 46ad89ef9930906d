"""From classes of indicators to the class of a service and of the index: what a mean may not hide (docs/classes.md).

Arrays have indicators or services on the first axis. NaN is what says nothing; what is *missing* comes in as its lowest and its
highest possible class, so that each rule is read twice, once at each end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.composite import red_flag
from analytics.pressure import BREAKDOWN_CLASS, HIGH_CLASS, LOWEST_CLASS

# A breakdown leaves a service in tension at least; one step before it, close to the norm at least.
LEAST_AFTER_BREAKDOWN, LEAST_AFTER_HIGH = 3, 2


@dataclass(frozen=True, slots=True)
class ClassRange:
    """The class that holds whatever is missing: ``low`` and ``high`` are equal where nothing missing can change it."""

    low: np.ndarray
    high: np.ndarray

    @property
    def is_settled(self) -> np.ndarray:
        """Where one class holds at both ends."""
        return ~np.isnan(self.low) & (self.low == self.high)

    @property
    def says_something(self) -> np.ndarray:
        """Where a class can be left out: a range over all classes says nothing."""
        return ~np.isnan(self.low) & ~((self.low == LOWEST_CLASS) & (self.high == BREAKDOWN_CLASS))

    @property
    def settled_class(self) -> np.ndarray:
        """The class where it holds at both ends; NaN elsewhere."""
        return np.where(self.is_settled, self.low, np.nan)


def lift_by_indicators(base: np.ndarray, classes: np.ndarray, absent: np.ndarray) -> np.ndarray:
    """Class of a service (or of one face) from the class that its load gives, lifted by the indicators that count.

    To 3 at least by one in class 5, to 2 at least by one in class 4; to 5 where the capacity that the service rests on is absent
    while there are people to serve.

    Args:
        base: class by the mean score of the load; NaN where it says nothing.
        classes: indicators × rows, class of each indicator that counts.
        absent: indicators × rows, where a critical indicator of load finds no capacity at all.
    """
    least = np.select(
        [absent.any(axis=0), (classes == BREAKDOWN_CLASS).any(axis=0), (classes == HIGH_CLASS).any(axis=0)],
        [float(BREAKDOWN_CLASS), float(LEAST_AFTER_BREAKDOWN), float(LEAST_AFTER_HIGH)],
        default=np.nan,
    )
    return np.fmax(base, least)


def lift_index(
    base: np.ndarray, services: np.ndarray, loads: np.ndarray, service_of: np.ndarray, accesses: np.ndarray
) -> np.ndarray:
    """Class of the index from the class that its score gives, lifted by services and by the critical indicators.

    To 4 at least where a service or a critical indicator of load is in class 5, or where two services are in class 4 or more or
    have such an indicator; by access, a matter of decades, to 3 at least (class 5) or to 2 (class 4), and no further.

    Args:
        services: services × rows.
        loads: critical indicators of load × rows; ``service_of`` the position of the service of each.
        accesses: critical indicators of access × rows.
    """
    heaviest = np.array([np.fmax.reduce([s, *loads[service_of == at]]) for at, s in enumerate(services)], dtype=float)
    flagged = red_flag(heaviest == BREAKDOWN_CLASS, heaviest >= HIGH_CLASS)
    far, quite_far = (accesses == BREAKDOWN_CLASS).any(axis=0), (accesses == HIGH_CLASS).any(axis=0)
    least = np.select(
        [flagged, far, quite_far],
        [float(HIGH_CLASS), float(LEAST_AFTER_BREAKDOWN), float(LEAST_AFTER_HIGH)],
        default=np.nan,
    )
    return np.where(np.isnan(base), np.nan, np.fmax(base, least))
