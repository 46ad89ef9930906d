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


def describe_columns(names: Sequence[str], table: str = "") -> tuple[LeavingColumn, ...]:
    """What some columns hold; one that ``columns.yaml`` does not name is text, with a tag of its own.

    Args:
        table: the table that they stand in, where a name means something else in it.
    """
    content = _described()
    known = {**content["columns"], **content["in_table"].get(table, {})}
    other = {name: {"type": ColumnType.STRING, "hxl": f"#meta+{name.lower()}"} for name in names if name not in known}
    said = {**known, **other}
    return tuple(LeavingColumn(name, ColumnType(said[name]["type"]), said[name]["hxl"]) for name in names)


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
