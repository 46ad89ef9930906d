"""When things are done: the phase of a response that a delay falls into, the next session of a council, the month to plan for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.projection import Projection


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a response, up to so many days after the decision; the last one is endless (``inf``)."""

    id: str
    within_days: float


def phase_of(delay_days: float, phases: Sequence[Phase]) -> Phase:
    """The first phase in which something that takes ``delay_days`` can be there.

    Args:
        phases: from the shortest to the longest.

    Raises:
        ValueError: the delay lies beyond every phase.
    """
    for phase in phases:
        if delay_days <= phase.within_days:
            return phase
    raise ValueError(f"{delay_days} days lie beyond every phase")


def next_sessions(after: pd.Timestamp, months: Sequence[int], count: int) -> list[pd.Timestamp]:
    """First days of the next ``count`` months in which a council holds a session, after a month.

    Args:
        months: of the year, 1–12, at least one.
    """
    found: list[pd.Timestamp] = []
    month = after.normalize().replace(day=1)
    while len(found) < count:
        month += pd.DateOffset(months=1)
        if month.month in months:
            found.append(month)
    return found


def is_over(last: pd.Timestamp, today: date) -> bool:
    """Whether the last month of a period lies before the month of ``today``; that month itself still runs."""
    return (last.year, last.month) < (today.year, today.month)


def design_month(projection: Projection, commune_code: str) -> int:
    """Position of the month ahead to plan for: the one with a commune's highest composite score, the first of them on a tie; the last
    month where no score is known."""
    scores = projection.table(COMPOSITE_ID, "score")[projection.commune_codes.index(commune_code)]
    return len(scores) - 1 if np.isnan(scores).all() else int(np.nanargmax(scores))
