"""A block: one table of a sheet, with its headings, the columns that they name, and the rows below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from data.importing.blocks.headings import (
    COMMUNE_CODE,
    COMMUNE_NAME,
    DATE,
    PLACE_FIELDS,
    VALUE,
    VARIABLE,
    is_hxl_row,
)  # fmt: skip
from data.importing.reading.sheet import RawSheet, RawValue, is_filled
from data.loaders.today import load_variables
from data.records.sheet_kind import SheetKind


class Unread(StrEnum):
    """Why a column is not read."""

    UNKNOWN = "unknown"
    BLANK = "blank"
    TWICE = "twice"
    ANOTHER_DATE = "another_date"
    TAG_DISAGREES = "tag_disagrees"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above a column: the field it holds (empty where it is not read), and the month where a heading says it."""

    heading: str
    field: str = ""
    month: date | None = None
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A month or a commune that stands beside a table: ``is_stated`` by a label ("Commune: …") or only suggested by a title."""

    value: RawValue
    place: str
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One table: ``top`` to ``bottom`` are its rows of headings, its rows end before ``end``, its columns before ``right``.

    ``kind`` is the kind of record that claims it, None for monthly figures. ``said`` gives fields that no column holds.
    """

    sheet: RawSheet
    kind: SheetKind | None
    top: int
    bottom: int
    end: int
    left: int
    right: int
    columns: Mapping[int, Column]
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def fields(self) -> dict[int, str]:
        """Field of each column that is read."""
        return {at: column.field for at, column in self.columns.items() if column.field}

    @property
    def column_of(self) -> dict[str, int]:
        """First column of each field."""
        return {name: at for at, name in reversed(self.fields.items())}

    def columns_of(self, name: str) -> list[int]:
        """Every column of a field."""
        return [at for at, found in self.fields.items() if found == name]

    @property
    def has_commune(self) -> bool:
        """Whether a column, or a label beside the table, tells the commune."""
        return any(name in self.column_of or name in self.said for name in PLACE_FIELDS)

    @property
    def has_date(self) -> bool:
        """Whether a column, every heading of a figure, or a label beside the table tells the month."""
        told = [column.month is not None for at, column in self.columns.items() if at in self.figures]
        return DATE in self.column_of or DATE in self.said or (bool(told) and all(told))

    @property
    def is_long(self) -> bool:
        """Whether there is one row a figure: a column that names the variable, and its value or a column a month."""
        return VARIABLE in self.column_of or VARIABLE in self.said

    @property
    def figures(self) -> dict[int, str]:
        """Columns that hold figures, each with its variable; empty where the row or a title names it."""
        if self.is_long:
            by_month = {at: "" for at, column in self.columns.items() if column.field == VALUE and column.month}
            return by_month or dict.fromkeys(self.columns_of(VALUE)[:1], "")
        known = load_variables()
        return {at: name for at, name in self.fields.items() if name in known}

    @property
    def counted(self) -> frozenset[int]:
        """Columns whose cells are figures, whatever the kind."""
        if self.kind is None:
            return frozenset(self.figures)
        names = {field.id for field in self.kind.layout().of_type("persons", "number")}
        return frozenset(at for at, name in self.fields.items() if name in names)

    def rows(self) -> Iterator[int]:
        """Positions of the rows below the headings."""
        return iter(range(self.bottom + 1, self.end))

    @property
    def is_export(self) -> bool:
        """Whether it comes from a full export: its figures have a full stop before decimals, whatever follows."""
        return any(column.heading == "upload_id" for column in self.columns.values())

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands below its headings."""
        return not any(True for _ in self.cells(beyond=True))

    def texts(self, name: str) -> dict[str, str]:
        """What each filled cell of a field says, by address; nothing where the field is not there."""
        column = self.column_of.get(name)
        if column is None:
            return {}
        return {
            self.sheet.address(row, column): str(value).strip()
            for row in self.rows()
            if is_filled(value := self.sheet.at(row, column)) and not is_hxl_row(self.sheet.rows[row])
        }

    def cells(self, *, beyond: bool = False) -> Iterator[tuple[int, int, RawValue]]:
        """Every filled cell below the headings; ``beyond`` those to the right of the last heading too."""
        for row, column, value in self.sheet.filled(self.bottom + 1, self.end):
            if self.left <= column and (beyond or column < self.right):
                yield row, column, value


IDENTITY = frozenset((COMMUNE_CODE, COMMUNE_NAME, DATE, VARIABLE))
