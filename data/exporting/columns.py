"""The columns that leave in tables: what their cells hold and their HXL tags, from ``columns.yaml``, for every form of exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from data.i18n import Translator

FILE = Path(__file__).with_suffix(".yaml")


class ColumnType(StrEnum):
    """What the cells of a column hold; ``month`` is YYYY-MM."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    MONTH = "month"
    DATE = "date"
    DATETIME = "datetime"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class LeavingColumn:
    """A column of a table that leaves: its name, what its cells hold, its HXL tag."""

    name: str
    type: ColumnType
    hxl: str


@cache
def _described() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def describe_columns(names: Sequence[str], table: str = "", *, kept: bool = True) -> tuple[LeavingColumn, ...]:
    """What some columns hold: what the layout of a sheet of records says, then ``columns.yaml``; one that neither names is text, with
    a tag of its own.

    Args:
        table: the table that they stand in, where a name means something else in it.
        kept: whether the cells are those of the store, typed as it keeps them; otherwise ``columns.yaml`` alone says the types.
    """
    content = _described()
    of_kind = {**_of_layout(table), **_of_entries(table)} if kept else {}
    known = {**content["columns"], **of_kind, **content["in_table"].get(table, {})}
    other = {name: {"type": ColumnType.STRING, "hxl": f"#meta+{name.lower()}"} for name in names if name not in known}
    said = {**known, **other}
    return tuple(LeavingColumn(name, ColumnType(said[name]["type"]), said[name]["hxl"]) for name in names)


_FIELD_TYPES = {"month": ColumnType.DATE, "day": ColumnType.DATE, "persons": ColumnType.NUMBER, "number": ColumnType.NUMBER}


@cache
def _of_layout(table: str) -> dict[str, Any]:
    """The fields of a sheet of records; nothing for any other table."""
    # Lazy import: what writes to the store describes its tables by this module.
    from data.records.table import sheet_kinds

    fields = next((kind.layout().fields for kind in sheet_kinds() if kind.id == table), ())
    return {field.id: {"type": _FIELD_TYPES.get(field.type, ColumnType.STRING), "hxl": field.hxl} for field in fields}


_SQL_TYPES = {
    "DATE": ColumnType.DATE,
    "DOUBLE": ColumnType.NUMBER,
    "INTEGER": ColumnType.INTEGER,
    "TIMESTAMP": ColumnType.DATETIME,
}


@cache
def _of_entries(table: str) -> dict[str, Any]:
    """The fields of a kind of entry, typed as the store keeps them; nothing for any other table."""
    # Lazy import, as above.
    from data.records.table import entry_kinds

    fields, named = next((kind.fields for kind in entry_kinds() if kind.id == table), ()), _described()["columns"]
    known = (field for field in fields if field.id in named)
    return {f.id: {"type": _SQL_TYPES.get(f.sql_type, ColumnType.STRING), "hxl": named[f.id]["hxl"]} for f in known}


def is_described(column: str, table: str) -> bool:
    """Whether ``columns.yaml`` or the layout of a sheet of records says what a column of a table holds."""
    return column in named_columns() or column in _of_layout(table)


def named_columns() -> frozenset[str]:
    """The columns that ``columns.yaml`` names."""
    return frozenset(_described()["columns"])


def name_in_words(column: str, t: Translator) -> str:
    """A column in the reader's words; its name where no text has any."""
    key = f"column.{column}"
    return t(key) if t.has(key) else column


def hxl_tags(names: Sequence[str], table: str = "") -> list[str]:
    """The HXL tag of each column, in their order."""
    return [column.hxl for column in describe_columns(names, table)]


def write_table(table: pd.DataFrame, name: str = "", *, hxl: bool = False) -> str:
    """A table as CSV; with its HXL tags right under the headings, where the standard expects them.

    Args:
        name: which table it is, where a column means something else in it.
    """
    headings, end, rows = table.to_csv(index=False, lineterminator="\r\n").partition("\r\n")
    return f"{headings}{end}{','.join(hxl_tags(list(table.columns), name))}{end}{rows}" if hxl else f"{headings}{end}{rows}"
