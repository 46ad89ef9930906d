"""From sheets of records to one table of rows: each cell with its address, and what each field says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from analytics.displacement import OUTSIDE
from analytics.model import Provenance
from data.importing.blocks.block import Block
from data.importing.blocks.headings import DATE, LONG_FIELDS
from data.importing.cells import (
    DECLARED_RELIABILITY,
    RUN_BY_SPREADSHEETS,
    cell_text,
    exported_number,
    match_commune,
    read_declared,
    split_choice,
    words_of,
)
from data.importing.days import read_day
from data.importing.reading.sheet import RawValue
from data.importing.rows import RowReader
from data.importing.values import ReadValue, read_number
from data.records.layout import FieldType, SheetField, SheetLayout
from data.records.rows import Rows
from data.records.sheet_kind import SheetKind, name_column
from geo.names import MatchKind, NameIndex, NameMatch


class _RawRow(NamedTuple):
    """One filled row: what the cell of each field holds, and its address.

    ``flaw``, ``unseen`` and ``asked`` are those of a figure (``cells.RawCell``), ``day`` the day of its month.
    """

    sheet: str
    raw: dict[str, RawValue]
    cells: dict[str, str]
    flaw: str
    unseen: str
    asked: tuple[str, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the readers of fields look at: raw values and addresses by field, and how communes are written."""

    sheet: pd.Series
    raw: pd.DataFrame
    cells: pd.DataFrame
    day: list[date | None]
    layout: SheetLayout
    index: NameIndex

    def cell(self, field: SheetField) -> pd.DataFrame:
        """The columns that every reading begins with."""
        return pd.DataFrame({"sheet": self.sheet, "cell": self.cells[field.id], "raw": self.raw[field.id]})


class _Read(NamedTuple):
    """A field that was read: its column of values, and its reading (``Rows.readings``)."""

    values: pd.Series
    reading: pd.DataFrame


def build_rows(blocks: Iterable[Block], kind: SheetKind, index: NameIndex) -> Rows:
    """Every filled row below the headings, numbered from 0, as it is read.

    A month is a first day, a day itself, a commune a code, a word its id, persons and numbers are figures.
    """
    layout = kind.layout()
    names = _field_names(layout)
    listed = [row for block in blocks for row in _list_rows(block, names)]
    sources = _Sources(
        pd.Series([row.sheet for row in listed], dtype="object"),
        pd.DataFrame([row.raw for row in listed], columns=names, dtype="object"),
        pd.DataFrame([row.cells for row in listed], columns=names, dtype="object"),
        [row.day for row in listed],
        layout,
        index,
    )
    read = {field.id: _READERS[field.type](sources, field) for field in layout.fields}
    raw = sources.raw
    values: dict[str, object] = {
        "sheet": sources.sheet,
        "cell": sources.cells[kind.main],
        **{name: pd.Series([getattr(row, name) for row in listed], dtype="object") for name in ("flaw", "unseen", "asked")},
        "date_raw": raw[DATE] if DATE in names else None,
        "provenance_raw": raw["provenance"],
        "provenance": words_of(raw["provenance"], {p.value for p in Provenance}, Provenance.DECLARED.value),
        "reliability_raw": raw["reliability"],
        "reliability": words_of(raw["reliability"], set("ABCD"), DECLARED_RELIABILITY),
        "source": _harmless_texts(raw["source"]),
    }
    values |= {name: field.values for name, field in read.items()}
    for field in layout.of_type("persons"):
        values["status"] = read[field.id].reading["status"]
    return Rows(pd.DataFrame(values), {name: field.reading for name, field in read.items()})


def _field_names(layout: SheetLayout) -> list[str]:
    """Fields of the layout, the separate name of each commune, and the words of long files."""
    communes = (name_column(field.id) for field in layout.of_type("commune"))
    return list(dict.fromkeys([*(field.id for field in layout.fields), *communes, *LONG_FIELDS]))


def _list_rows(block: Block, names: list[str]) -> Iterator[_RawRow]:
    """The rows in which one of the fields is filled. A field without a column has the address of the first one."""
    reader, sheet = RowReader(block), block.sheet
    columns = {name: at for name, at in block.column_of.items() if name in names}
    for position in reader.rows():
        raw = {name: reader.at(position, at) for name, at in columns.items()}
        if reader.is_export:
            raw = {name: exported_number(value) if columns[name] in block.counted else value for name, value in raw.items()}
        if not any(cell_text(value) for value in raw.values()):
            continue
        filled = [at for name, at in columns.items() if cell_text(raw[name])]
        yield _RawRow(
            sheet.name,
            {name: raw.get(name) for name in names},
            {name: sheet.address(position, columns.get(name, 0)) for name in names},
            reader.flaw(position) or _first_said(reader.flaw_of(position, at) for at in filled),
            _first_said(reader.unseen(position, at) for at in filled),
            reader.asked_of_dates,
            reader.month_of(position, columns[DATE])[1] if DATE in columns else None,
        )


def _first_said(words: Iterable[str]) -> str:
    return next((word for word in words if word), "")


def _read_month(sources: _Sources, field: SheetField) -> _Read:
    """Reading: ``date_raw`` and ``reference_date``, a first day."""
    raw = sources.raw[field.id]
    months = pd.Series([day.replace(day=1) if day else None for day in sources.day], index=raw.index, dtype="object")
    dates = pd.to_datetime(months)
    return _Read(dates, sources.cell(field).assign(date_raw=raw, reference_date=dates))


def _read_day(sources: _Sources, field: SheetField) -> _Read:
    """Reading: ``date_raw`` and ``reference_date``, a day; months stand before days in a column where only that can be."""
    raw = sources.raw[field.id]
    read = [read_day(value) for value in raw]
    is_month_first = any(one.day is None and one.other is not None for one in read)
    days = pd.to_datetime(pd.Series([one.other or one.day if is_month_first else one.day for one in read], index=raw.index))
    is_blank = raw.map(cell_text).eq("")
    return _Read(days, sources.cell(field).assign(date_raw=raw, reference_date=days, is_blank=is_blank))


def _read_commune(sources: _Sources, field: SheetField) -> _Read:
    """Reading: ``code_raw`` and ``name_raw`` as the row says them, ``commune_code`` and ``commune_match``."""
    codes = sources.raw[field.id].map(cell_text)
    names = sources.raw[name_column(field.id)].map(cell_text)
    known: dict[tuple[str, str], NameMatch] = {}
    for said in zip(codes, names, strict=True):
        if said not in known:
            known[said] = _match(*said, sources.layout, sources.index)
    pairs = list(zip(codes, names, strict=True))
    written = [split_choice(code) if code and not name else (code, name) for code, name in pairs]
    found = pd.Series([known[pair].commune_code for pair in pairs], index=codes.index, dtype="object")
    is_blank = codes.eq("") & names.eq("")
    reading = sources.cell(field).assign(
        code_raw=[code for code, _ in written],
        name_raw=[name for _, name in written],
        commune_code=found.mask(is_blank, None),
        commune_match=pd.Series([known[pair] for pair in pairs], index=codes.index, dtype="object"),
        is_blank=is_blank,
    )
    return _Read(found.mask(is_blank, ""), reading)


def _match(code: str, name: str, layout: SheetLayout, index: NameIndex) -> NameMatch:
    if layout.is_outside(code or name):
        return NameMatch(OUTSIDE, MatchKind.NAME)
    if layout.is_whole(code or name):
        return NameMatch("", MatchKind.NAME)
    return match_commune(index, code, name)


def _read_word(sources: _Sources, field: SheetField) -> _Read:
    """Values: the word's id, None when it is unknown."""
    texts = sources.raw[field.id].map(cell_text)
    known = {text: field.find_word(text) if text else "" for text in texts.unique()}
    words = pd.Series([known[text] for text in texts], index=texts.index, dtype="object")
    return _Read(words, sources.cell(field))


def _read_persons(sources: _Sources, field: SheetField) -> _Read:
    """Reading: ``value``, ``status``, ``problem``, ``note`` (``values.ReadValue``)."""
    pairs = zip(sources.raw[field.id], sources.raw["status"], strict=True)
    return _figures(sources, field, [read_declared(raw, status, integer=True) for raw, status in pairs])


def _read_figure(sources: _Sources, field: SheetField) -> _Read:
    """Reading: as of persons; a blank is no figure and no problem."""
    raw = sources.raw[field.id]
    return _figures(sources, field, [_read_one(v, field.maximum) for v in raw])


def _read_one(raw: RawValue, maximum: float | None) -> ReadValue:
    return read_number(raw, integer=False, maximum=maximum) if cell_text(raw) else ReadValue()


def _figures(sources: _Sources, field: SheetField, read: list[ReadValue]) -> _Read:
    values = pd.Series([r.value for r in read], index=sources.raw.index, dtype=float)
    reading = sources.cell(field).assign(
        value=values,
        status=[r.status.value for r in read],
        problem=[r.problem for r in read],
        note=[r.note for r in read],
    )
    return _Read(values, reading)


def _read_text(sources: _Sources, field: SheetField) -> _Read:
    return _Read(_harmless_texts(sources.raw[field.id]), sources.cell(field))


def _harmless_texts(raw: pd.Series) -> pd.Series:
    """Texts that no spreadsheet takes for a formula."""
    texts = [cell_text(value).lstrip(RUN_BY_SPREADSHEETS) for value in raw]
    return pd.Series(texts, index=raw.index, dtype="object")


_READERS: dict[FieldType, Callable[[_Sources, SheetField], _Read]] = {
    "month": _read_month,
    "day": _read_day,
    "commune": _read_commune,
    "word": _read_word,
    "persons": _read_persons,
    "number": _read_figure,
    "text": _read_text,
}
