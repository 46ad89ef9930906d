"""Progress of results against their targets and of activities against their quarters. What is not known stays not known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

QUARTER_MONTHS = 3
# So far behind the time that has passed something is late: a tenth of the way (working assumption).
TOLERANCE = 0.1


class Track(StrEnum):
    """Where a result or an activity stands beside the time that has passed."""

    DONE = "done"
    ON_TRACK = "on_track"
    LATE = "late"
    STOPPED = "stopped"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"


def share_reached(baseline: float, target: float, achieved: float) -> float:
    """Share of the way from the baseline to the target; more than 1 beyond it, NaN where one of the three is not known or there is
    no way to go. A target below its baseline is a fall."""
    way = target - baseline
    return float("nan") if not way or np.isnan(way) or np.isnan(achieved) else (achieved - baseline) / way


def share_of_time(start: date | None, end: date | None, today: date) -> float:
    """Share of the time between two days that has passed, 0 to 1; NaN without both, or where the end is not after the start."""
    if start is None or end is None or end <= start:
        return float("nan")
    return min(1.0, max(0.0, (today - start).days / (end - start).days))


def track_result(reached: float, time: float) -> Track:
    """A result beside its time."""
    if np.isnan(reached):
        return Track.UNKNOWN
    if reached >= 1:
        return Track.DONE
    if np.isnan(time):
        return Track.UNKNOWN
    return Track.ON_TRACK if reached >= time - TOLERANCE else Track.LATE


def planned_share(year: int, quarters: Iterable[int], today: date) -> float:
    """Share of an activity that its quarters plan for by a day: each counts the same, the current one by the days that passed.

    Raises:
        ValueError: there is no quarter.
    """
    planned = sorted(set(quarters))
    if not planned:
        raise ValueError("an activity without a quarter has no plan")
    passed = [share_of_time(*_quarter(year, quarter), today) for quarter in planned]
    return sum(passed) / len(planned)


def _quarter(year: int, quarter: int) -> tuple[date, date]:
    """First day of a quarter, and of the next one."""
    first = pd.Timestamp(year, QUARTER_MONTHS * (quarter - 1) + 1, 1)
    return first.date(), (first + pd.DateOffset(months=QUARTER_MONTHS)).date()


def track_activity(state: str, progress: float, planned: float) -> Track:
    """An activity beside its quarters.

    Args:
        state: ``planned``, ``under_way``, ``done`` or ``stopped``. progress, planned: shares; progress NaN where nobody said.
    """
    if state in (Track.DONE, Track.STOPPED):
        return Track(state)
    if planned == 0:
        return Track.NOT_DUE
    if np.isnan(progress):
        return Track.UNKNOWN
    return Track.ON_TRACK if progress >= planned - TOLERANCE else Track.LATE


def quarters_of(written: str) -> tuple[int, ...]:
    """Quarters of a year as a register writes them: ``Q1 Q3``."""
    return tuple(int(part[1:]) for part in written.split())


def is_in_period(year: int, quarters: Iterable[int], first: date, last: date) -> bool:
    """Whether one of an activity's quarters has a day between two days, both included."""
    spans = (_quarter(year, quarter) for quarter in quarters)
    return any(start <= last and end > first for start, end in spans)


def reached_by(achievements: pd.DataFrame, day: date) -> pd.DataFrame:
    """The newest figure of each result that is not of a later day, indexed by ``result_code``.

    Args:
        achievements: ``result_code, reference_date`` and whatever goes with them.
    """
    known = achievements[pd.to_datetime(achievements["reference_date"]) <= pd.Timestamp(day)]
    return known.sort_values("reference_date").drop_duplicates("result_code", keep="last").set_index("result_code")
