"""Headings that stand twice over a table: of figures neither column is read, of other fields the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from data.importing.blocks.block import Column, Unread
from data.importing.blocks.headings import ANY_DATE, DATE, LONG_FIELDS, ROW_FIELDS, VALUE, VARIABLE, Vocabulary
from data.loaders.today import load_variables
from data.records.sheet_kind import SheetKind

_TOLD_APART = re.compile(r"(?<=[^\W_])[ ._]?\d{1,2}$")


def without_twice(columns: Mapping[int, Column], kind: SheetKind | None, vocabulary: Vocabulary) -> dict[int, Column]:
    """Figures under the same heading twice are read in neither column; of two dates the one that says it is the month."""
    columns = _renamed(columns, kind, vocabulary)
    if kind is not None:
        return _first_of_each(_figures_once(columns, kind))
    fields = [column.field for column in columns.values()]
    is_month_told = DATE in fields
    is_long = VARIABLE in fields
    seen = Counter((column.field, column.month) for column in columns.values() if column.field)

    def settled(column: Column) -> Column:
        if column.field == ANY_DATE:
            return replace(column, field="", unread=Unread.ANOTHER_DATE) if is_month_told else replace(column, field=DATE)
        if column.field in load_variables() and is_long:
            return replace(column, field="", unread=Unread.UNKNOWN)
        is_figure = column.field in load_variables() or column.field == VALUE
        if is_figure and seen[column.field, column.month] > 1:
            return replace(column, field="", unread=Unread.TWICE)
        return column

    found = {at: settled(column) for at, column in columns.items()}
    twice_allowed = {name for name in (*ROW_FIELDS, DATE) if name not in LONG_FIELDS and name != VARIABLE}
    return _first_of_each(found, twice_allowed)


def _renamed(columns: Mapping[int, Column], kind: SheetKind | None, vocabulary: Vocabulary) -> dict[int, Column]:
    """Columns that a program tells apart by a number ("Médecins", "Médecins.1", "Médecins2") had the same heading."""
    known = load_variables() if kind is None else {field.id for field in kind.layout().fields}
    figures = {column.field for column in columns.values() if column.field in known}

    def named(column: Column) -> Column:
        base = _TOLD_APART.sub("", column.heading) if column.unread is Unread.UNKNOWN else column.heading
        field = vocabulary.find(base) if base and base != column.heading else None
        return Column(column.heading, field, column.month) if field and field in figures else column

    return {at: named(column) for at, column in columns.items()}


def _figures_once(columns: Mapping[int, Column], kind: SheetKind) -> dict[int, Column]:
    """Figures of a record under the same heading twice are read in neither column."""
    counted = {field.id for field in kind.layout().of_type("persons", "number")}
    seen = Counter(column.field for column in columns.values() if column.field in counted)
    return {
        at: replace(column, field="", unread=Unread.TWICE) if seen[column.field] > 1 else column
        for at, column in columns.items()
    }


def _first_of_each(columns: Mapping[int, Column], except_for: set[str] | None = None) -> dict[int, Column]:
    """Of other fields the first column counts; the others are named."""
    seen: set[tuple[str, date | None]] = set()
    found: dict[int, Column] = {}
    for at, column in columns.items():
        key = (column.field, column.month)
        again = bool(column.field) and key in seen and column.field not in (except_for or set())
        # What a figure is of, said again in another language, is a label.
        unread = Unread.LABEL if column.field == VARIABLE else Unread.TWICE
        found[at] = replace(column, field="", unread=unread) if again else column
        seen.add(key)
    return found
