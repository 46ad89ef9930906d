"""Months as first days: the last ones, and the run between two of them."""

from __future__ import annotations

from datetime import date

import pandas as pd

ASKED_MONTHS = 12


def last_months(today: date, count: int = ASKED_MONTHS) -> list[date]:
    """The months up to that of ``today``, oldest first."""
    return [p.start_time.date() for p in pd.period_range(end=pd.Period(today, "M"), periods=count)]


def months_between(first: str, last: str) -> list[date]:
    """Months from ``first`` to ``last`` (``YYYY-MM``), both included.

    Raises:
        ValueError: one of them is not a month, or they are in the wrong order.
    """
    months = [p.start_time.date() for p in pd.period_range(pd.Period(first, "M"), pd.Period(last, "M"))]
    if not months:
        raise ValueError(f"{first} comes after {last}")
    return months
