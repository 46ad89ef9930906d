"""One measure and what it may cost; how a duration is taken."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Measure:
    """A measured value beside its budget, None where there is none."""

    name: str
    value: float
    unit: str
    budget: float | None = None


def median_seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median of some runs after a first one that fills the caches, in seconds of the processor, those of processes that ended in it
    included: the clock tells of whatever else the machine does."""
    work()
    return statistics.median(_spent(work) for _ in range(times))


def _spent(work: Callable[[], object]) -> float:
    before = _processor_seconds()
    work()
    return _processor_seconds() - before


def _processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def seconds_of(work: Callable[[], Result], by_clock: bool = False) -> tuple[Result, float]:
    """What one run gives, and its processor seconds (children not counted), or those of the clock."""
    now = time.perf_counter if by_clock else time.process_time
    begin = now()
    return work(), now() - begin


def peak_megabytes(process: int | str = "self") -> float:
    """The most memory that a process ever had: since its program began. ``ru_maxrss`` outlives ``execve`` and tells of its parent's
    (getrusage(2)); VmHWM (proc_pid_status(5)) does not."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


def peak_of_children() -> float:
    """The most memory that any process that this one started, and that still runs, ever had; nought where none does."""
    listed = [path.read_text(encoding="ascii").split() for path in Path("/proc/self/task").glob("*/children")]
    return max((peak_megabytes(child) for children in listed for child in children), default=0.0)
