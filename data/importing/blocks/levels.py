"""Headings of several levels: what stands above a column in joined cells, in a row of services, in a row of girls and boys."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from data.importing.blocks.headings import is_hxl_row
from data.importing.days import read_day
from data.importing.reading.sheet import RawSheet, RawValue, is_filled
from data.importing.values import is_readable

if TYPE_CHECKING:
    from data.importing.blocks.columns import Anchor


def months_in(sheet: RawSheet, row: int) -> dict[int, date]:
    """Columns whose heading is a month: a day of a calendar, or a text that is a month with its year."""
    return {at: month for at, cell in enumerate(sheet.rows[row]) if (month := month_of(cell)) is not None}


def month_of(cell: RawValue) -> date | None:
    """The month that a heading is; None where it is none, or a number."""
    if isinstance(cell, datetime | date):
        return date(cell.year, cell.month, 1)
    if not isinstance(cell, str) or len(cell) > 30:
        return None
    day = read_day(cell).day
    return day.replace(day=1) if day and 2000 <= day.year <= 2100 else None


def shown_at(sheet: RawSheet, row: int, column: int) -> RawValue:
    """What stands in a cell, or in the joined cells that it is one of."""
    value = sheet.at(row, column)
    if is_filled(value):
        return value
    for merge in sheet.merges:
        if merge.covers(row, column):
            return sheet.at(merge.top, merge.left)
    return None


def to_the_left(sheet: RawSheet, row: int, column: int, left: int) -> RawValue:
    """The heading that a blank one goes on, in files that join no cells; none before the first column (``left``) of a table."""
    if any(m.top <= row <= m.bottom and m.right > m.left for m in sheet.merges):
        return None
    filled = (sheet.at(row, at) for at in range(column, left - 1, -1))
    return next((cell for cell in filled if is_filled(cell)), None)


def is_sub_heading(sheet: RawSheet, row: int, anchor: Anchor, row_columns: frozenset[int]) -> bool:
    """Whether the row below headings parts them: words only, none below the place or the month."""
    if row >= len(sheet.rows) or is_hxl_row(sheet.rows[row]):
        return False
    cells = {at: c for at, c in enumerate(sheet.rows[row]) if anchor.left <= at and is_filled(c)}
    if not cells or row_columns & set(cells):
        return False
    return all(_parts_headings(cell) for cell in cells.values())


def _parts_headings(cell: RawValue) -> bool:
    """Whether a cell below a heading is a word, a month or a year: no figure, and no word that stands for one."""
    if month_of(cell) or (isinstance(cell, int) and 1990 <= cell <= 2100):
        return True
    if not isinstance(cell, str):
        return False
    return not is_readable(cell) or (cell.strip().isdigit() and 1990 <= int(cell) <= 2100)


def span_above(sheet: RawSheet, anchor: Anchor) -> int:
    """The first row of the headings of a table: that of the services above them, or its own."""
    return anchor.row - 1 if group_row(sheet, anchor) is not None else anchor.row


def group_row(sheet: RawSheet, anchor: Anchor) -> int | None:
    """The row above headings that names groups of columns; None where it holds a title, data or nothing."""
    row = anchor.row - 1
    if row < 0 or is_hxl_row(sheet.rows[row]):
        return None
    cells = {at: c for at, c in enumerate(sheet.rows[row]) if anchor.left <= at < anchor.right and is_filled(c)}
    if not cells or not all(isinstance(c, str) or month_of(c) for c in cells.values()):
        return None
    if any(is_readable(c) and not month_of(c) for c in cells.values() if isinstance(c, str)):
        return None
    places = anchor.place_columns(sheet)
    groups = {at: c for at, c in cells.items() if at not in places}
    if len(groups) > 1:
        return row
    joined = any(m.top == row and m.right > m.left and m.left in groups for m in sheet.merges)
    covers_all = any(m.top == row and m.left in groups and m.right + 1 >= anchor.right for m in sheet.merges)
    only_title = covers_all and min(groups, default=0) <= min(
        (at for at in range(anchor.left, anchor.right) if at not in places), default=0
    )
    return row if joined and not only_title else None
