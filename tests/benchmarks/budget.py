"""One measure and what it may cost; how a duration is taken."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A measured value beside its budget, None where there is none."""

    name: str
    value: float
    unit: str
    budget: float | None = None


def median_seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median duration of some runs after a first one that fills the caches."""
    work()
    durations = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        durations.append(time.perf_counter() - begin)
    return statistics.median(durations)
