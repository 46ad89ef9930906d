"""From the listed rows of a kind of record to their values and one table of cells, each read as the cell of a figure is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import pandas as pd

from analytics.displacement import OUTSIDE
from data.importing.blocks.headings import LONG_FIELDS
from data.importing.checks.saying import Says
from data.importing.listed_rows import RawRow, field_names
from data.importing.places import match_commune, match_each, split_choice
from data.importing.reading.sheet import RawValue
from data.importing.readings import cell_text, harmless_texts, in_unit, number_columns, origin_columns, read_declared
from data.importing.values import ReadValue, read_number
from data.records.layout import FieldType, SheetField, SheetLayout
from data.records.rows import CELL_COLUMNS, Rows
from data.records.sheet_kind import SheetKind, name_column
from geo.names import MatchKind, NameIndex, NameMatch


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the readers of fields look at: raw values and addresses by field, and how communes are written."""

    sheet: pd.Series
    raw: pd.DataFrame
    cells: pd.DataFrame
    rows: Sequence[RawRow]
    kind: SheetKind
    index: NameIndex

    def cell(self, field: SheetField, says: Says, is_blank: pd.Series | None = None) -> pd.DataFrame:
        """The columns that every cell of ``Rows.cells`` has; a blank says what its field makes of one."""
        blank = Says.NOTHING if field.id in self.kind.optional else Says.COMMUNE if says is Says.COMMUNE else Says.BLANK
        own = [not row.own.isdisjoint((field.id, name_column(field.id))) for row in self.rows]
        said = pd.Series(says.value, index=self.sheet.index, dtype="object")
        return pd.DataFrame(
            {
                "sheet": self.sheet,
                "cell": self.cells[field.id],
                "variable": field.id,
                "raw": self.raw[field.id],
                "says": said if is_blank is None else said.mask(is_blank, blank.value),
                "is_own": own,
            }
        )


class _Read(NamedTuple):
    """A field that was read: its column of values, and its cells (``Rows.cells``)."""

    values: pd.Series
    cells: pd.DataFrame


def build_rows(listed: Sequence[RawRow], kind: SheetKind, index: NameIndex) -> Rows:
    """The listed rows, numbered from 0, as they are read.

    A month is a first day, a day itself, a commune a code, a word its id, persons and numbers are figures.
    """
    layout = kind.layout()
    names = field_names(layout)
    sources = _Sources(
        pd.Series([row.sheet for row in listed], dtype="object"),
        pd.DataFrame([row.raw for row in listed], columns=names, dtype="object"),
        pd.DataFrame([row.cells for row in listed], columns=names, dtype="object"),
        listed,
        kind,
        index,
    )
    read = {field.id: _READERS[field.type](sources, field) for field in layout.fields}
    said = ("flaw", "unseen", "asked", "date_raw", "day", "place")
    values = pd.DataFrame(
        {
            "sheet": sources.sheet,
            "cell": sources.cells[kind.main],
            **{name: pd.Series([getattr(row, name) for row in listed], dtype="object") for name in said},
            "name_raw": pd.Series([row.raw.get(row.place) for row in listed], dtype="object"),
            **{f"{name}_raw": sources.raw[name] for name in LONG_FIELDS},
        }
    )
    columns = {**origin_columns(values), **{name: field.values for name, field in read.items()}}
    for field in layout.of_type("persons"):
        columns["status"] = read[field.id].cells["status"]
    return Rows(values.assign(**columns), pd.concat([field.cells for field in read.values()]).reindex(columns=CELL_COLUMNS))


def _read_month(sources: _Sources, field: SheetField) -> _Read:
    days = [row.days.get(field.id) for row in sources.rows]
    return _dated(
        sources, field, Says.MONTH, pd.Series([day.replace(day=1) if day else None for day in days], dtype="object")
    )


def _read_day(sources: _Sources, field: SheetField) -> _Read:
    days = pd.Series([row.days.get(field.id) for row in sources.rows], dtype="object")
    return _dated(sources, field, Says.DAY, days, sources.raw[field.id].map(cell_text).eq(""))


def _dated(sources: _Sources, field: SheetField, says: Says, days: pd.Series, is_blank: pd.Series | None = None) -> _Read:
    dates = pd.to_datetime(days)
    cells = sources.cell(field, says, is_blank).assign(date_raw=sources.raw[field.id], reference_date=dates)
    return _Read(dates, cells)


def _read_commune(sources: _Sources, field: SheetField) -> _Read:
    codes = sources.raw[field.id].map(cell_text)
    names = sources.raw[name_column(field.id)].map(cell_text)
    pairs = list(zip(codes, names, strict=True))
    matches = match_each(pairs, partial(_match, sources.kind.layout(), sources.index))
    written = [split_choice(code) if code and not name else (code, name) for code, name in pairs]
    found = pd.Series([match.commune_code for match in matches], index=codes.index, dtype="object")
    is_blank = codes.eq("") & names.eq("")
    cells = sources.cell(field, Says.COMMUNE, is_blank).assign(
        code_raw=[code for code, _ in written],
        name_raw=[name for _, name in written],
        commune_code=found.mask(is_blank, None),
        commune_match=pd.Series(matches, index=codes.index, dtype="object"),
    )
    return _Read(found.mask(is_blank, ""), cells)


def _match(layout: SheetLayout, index: NameIndex, code: str, name: str) -> NameMatch:
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
    return _Read(words, sources.cell(field, Says.WORD, words.eq("")).assign(word=words))


def _read_persons(sources: _Sources, field: SheetField) -> _Read:
    pairs = zip(sources.raw[field.id], sources.raw["status"], strict=True)
    return _figures(sources, field, [read_declared(raw, status, integer=True) for raw, status in pairs])


def _read_figure(sources: _Sources, field: SheetField) -> _Read:
    """A blank is no figure and no problem."""
    raw = sources.raw[field.id]
    return _figures(sources, field, [_read_one(v, field.maximum) for v in raw])


def _read_one(raw: RawValue, maximum: float | None) -> ReadValue:
    return read_number(raw, integer=False, maximum=maximum) if cell_text(raw) else ReadValue()


def _figures(sources: _Sources, field: SheetField, read: list[ReadValue]) -> _Read:
    """No field of a record is a share: what a cell says as a percentage is no figure of it."""
    shown = [field.id in row.percent for row in sources.rows]
    counted = [in_unit(r, is_shown, False) if r.value is not None else r for r, is_shown in zip(read, shown, strict=True)]
    columns = number_columns(counted, sources.raw.index)
    return _Read(pd.Series(columns["value"]), sources.cell(field, Says.NUMBER).assign(**columns))


def _read_text(sources: _Sources, field: SheetField) -> _Read:
    texts = harmless_texts(sources.raw[field.id])
    return _Read(texts, sources.cell(field, Says.NOTHING, texts.eq("")))


_READERS: dict[FieldType, Callable[[_Sources, SheetField], _Read]] = {
    "month": _read_month,
    "day": _read_day,
    "commune": _read_commune,
    "word": _read_word,
    "persons": _read_persons,
    "number": _read_figure,
    "text": _read_text,
}
