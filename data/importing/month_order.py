"""Whether a column writes days before months or, as in the United States, months before days: only the whole column can tell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from data.importing.days import read_day
from data.importing.reading.sheet import RawValue


class MonthOrder(Enum):
    """How the days of a column are written, as far as its cells tell."""

    DAY_FIRST = "day_first"
    DAY_FIRST_ASSUMED = "day_first_assumed"
    MONTH_FIRST = "month_first"
    MONTH_FIRST_PERHAPS = "month_first_perhaps"
    BOTH = "both"


def order_of(cells: Iterable[RawValue]) -> MonthOrder:
    """The order of a column: 31/05 and 05/31 decide; a column in which each "month" is January is one of first days instead."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    read = [read_day(text) for text in texts]
    day_first = any(r.day and r.other is None and r.day.day > 12 and _is_parted(t) for r, t in zip(read, texts, strict=True))
    month_first = any(r.day is None and r.other is not None for r in read)
    if day_first and month_first:
        return MonthOrder.BOTH
    if month_first:
        return MonthOrder.MONTH_FIRST
    unclear = [r.day for r in read if r.day and r.other]
    if day_first or not unclear or all(day.day == 1 for day in unclear):
        return MonthOrder.DAY_FIRST
    if all(day.month == 1 for day in unclear):
        return MonthOrder.MONTH_FIRST_PERHAPS
    return MonthOrder.DAY_FIRST_ASSUMED


def _is_parted(text: str) -> bool:
    """Whether a text begins with one or two digits: a day that stands before its month."""
    return not text.strip()[:4].isdigit()
