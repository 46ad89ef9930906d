"""The filled rows of a kind of record, before they are read: what each field's cell holds, where, and what is wrong with the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from data.importing.blocks.block import Block
from data.importing.blocks.headings import DATE, LONG_FIELDS
from data.importing.days import read_day
from data.importing.month_order import MonthOrder, order_of
from data.importing.reading.sheet import RawValue
from data.importing.readings import cell_text, exported_number
from data.importing.rows import RowReader, asked_of, settle
from data.records.layout import SheetLayout
from data.records.sheet_kind import SheetKind, name_column


class RawRow(NamedTuple):
    """One filled row: what the cell of each field holds, and its address.

    ``own`` are the fields that have a column; the others have the address of the first one. ``place`` is the field of a commune that
    the file only suggests, empty where it suggests none. ``days`` are the days of months and dates,
    ``day`` that of its month, ``date_raw`` the cell that ``asked`` is about; ``percent`` the fields that the file shows as a
    percentage. ``flaw``, ``unseen`` and ``asked`` are those of a figure (``cells.RawCell``).
    """

    sheet: str
    raw: Mapping[str, RawValue]
    cells: Mapping[str, str]
    own: frozenset[str]
    place: str
    days: Mapping[str, date | None]
    date_raw: RawValue
    day: date | None
    percent: frozenset[str]
    flaw: str
    unseen: str
    asked: tuple[str, ...]


def list_rows(blocks: Sequence[Block], kind: SheetKind) -> list[RawRow]:
    """The rows of some tables in which one of the fields of their kind is filled."""
    layout = kind.layout()
    return [row for block in blocks for row in _rows_of(block, layout)]


def field_names(layout: SheetLayout) -> list[str]:
    """Fields of the layout, the separate name of each commune, and the words of long files."""
    communes = (name_column(field.id) for field in layout.of_type("commune"))
    return list(dict.fromkeys([*(field.id for field in layout.fields), *communes, *LONG_FIELDS]))


def _rows_of(block: Block, layout: SheetLayout) -> Iterator[RawRow]:
    names = field_names(layout)
    reader, sheet = RowReader(block), block.sheet
    columns = {name: at for name, at in block.column_of.items() if name in names}
    orders = _orders(reader, columns, layout)
    communes = {name: said for name, said in block.said.items() if name in names and name not in columns and name != DATE}
    place = next((name for name, said in communes.items() if not said.is_stated), "")
    for position in reader.rows():
        raw = {name: reader.at(position, at) for name, at in columns.items()}
        if reader.is_export:
            raw = {name: exported_number(value) if columns[name] in block.counted else value for name, value in raw.items()}
        filled = [name for name in columns if cell_text(raw[name])]
        if not filled:
            continue
        open_days = {name: asked for name in orders if (asked := asked_of([raw[name]], orders[name]))}
        days = {name: settle(read_day(raw[name]), order, None) for name, order in orders.items()}
        if layout.has_month:
            raw[DATE], days[DATE] = reader.month(position)
        raw |= {name: said.value for name, said in communes.items()}
        suggested = [key for key, is_so in (("month", reader.month_is_suggested), ("place", place)) if is_so]
        suggested += ["forecast"] if reader.status_word(position).asked else []
        yield RawRow(
            sheet.name,
            {name: raw.get(name) for name in names},
            {name: sheet.address(position, columns.get(name, 0)) for name in names},
            frozenset(columns),
            place,
            days,
            raw[next(iter(open_days))] if open_days else raw.get(DATE),
            days.get(DATE),
            frozenset(name for name in filled if (position, columns[name]) in sheet.percent),
            reader.flaw(position) or _first_said(reader.flaw_of(position, columns[name]) for name in filled),
            _first_said(reader.unseen(position, columns[name]) for name in filled),
            tuple(dict.fromkeys(chain(suggested, reader.asked_of_dates(position), *open_days.values()))),
        )


def _orders(reader: RowReader, columns: Mapping[str, int], layout: SheetLayout) -> dict[str, MonthOrder]:
    """How each column of days writes them."""
    days = [field.id for field in layout.of_type("day") if field.id in columns]
    return {name: order_of([reader.at(row, columns[name]) for row in reader.rows()]) for name in days}


def _first_said(words: Iterable[str]) -> str:
    return next((word for word in words if word), "")
