"""Recognises sheets of records by their headings: entries from an export, or rows of a kind of sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from data.importing.cells import cell_text
from data.importing.checks.columns import unknown_columns
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.headers import HEADER_SEARCHED_ROWS, Header, is_hxl_row, read_heading_row, reduce_heading
from data.importing.workbook import RawSheet
from data.records.entry_kind import EntryKind
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind, name_column
from data.records.table import entry_kinds, sheet_kinds

# A column of an export that repeats what another one says, for a person who reads the file.
_BESIDE = frozenset(("commune_name",))


@dataclass(frozen=True, slots=True)
class HeadedSheet:
    """A sheet of rows with its headings and its kind."""

    sheet: RawSheet
    header: Header
    kind: SheetKind

    @property
    def columns(self) -> dict[str, int]:
        """Column of each field that is there."""
        return {name: column for column, name in self.header.fields.items()}

    def texts(self, field: str) -> dict[str, str]:
        """What each filled cell of a field says, by address; nothing where the field is not there."""
        column = self.columns.get(field)
        if column is None:
            return {}
        return {
            self.sheet.address(position, column): text
            for position, row in enumerate(self.sheet.rows)
            if position > self.header.row and not is_hxl_row(row)
            if column < len(row) and (text := cell_text(row[column]))
        }


@dataclass(frozen=True, slots=True)
class HeadedEntries:
    """A sheet of entries of one kind, with the column of each field; its headings are the first row."""

    sheet: RawSheet
    kind: EntryKind
    columns: dict[str, int]


def find_entries(sheet: RawSheet) -> HeadedEntries | None:
    """A sheet that has all the columns of a kind of entry and no other; None when it is no such sheet."""
    headings = [cell_text(cell) for cell in sheet.rows[0]] if sheet.rows else []
    for kind in entry_kinds():
        if set(headings) - _BESIDE == set(kind.columns):
            return HeadedEntries(sheet, kind, {name: headings.index(name) for name in kind.columns})
    return None


def find_sheet_records(sheet: RawSheet) -> HeadedSheet | None:
    """A sheet that has the headings by which a kind is recognised; None when it is no such sheet."""
    for kind in sheet_kinds():
        known = record_headings(kind)
        for position, row in enumerate(sheet.rows[:HEADER_SEARCHED_ROWS]):
            header = read_heading_row(position, row, known)
            named = set(header.fields.values())
            if all(named & set(group) for group in kind.layout().recognised_by):
                return HeadedSheet(sheet, header, kind)
    return None


@cache
def record_headings(kind: SheetKind) -> dict[str, str]:
    """Field by reduced heading; an empty field is a column that is known and not read."""
    layout = kind.layout()
    counted = ("status",) if layout.of_type("persons") else ()
    names = (*(name_column(field.id) for field in layout.of_type("commune")), *counted, *UPLOAD_COLUMNS[:-1])
    headings = [(name, name) for name in names] + [("upload_id", ""), ("cell", "")]
    headings += layout.headings
    for field in layout.fields:
        headings += [(heading, field.id) for heading in (field.id, *field.labels.values())]
    return {reduce_heading(heading): field for heading, field in headings}


def check_columns(records: Sequence[HeadedSheet], *, alone: bool) -> tuple[list[HeadedSheet], list[Finding]]:
    """Sheets that have the columns they need; what the others lack, and columns left out.

    Raises:
        RefusedError: there is nothing else in the file (``alone``) and no sheet has what it needs.
    """
    complete: list[HeadedSheet] = []
    findings: list[Finding] = []
    lacking: list[dict[str, dict[str, str]]] = []
    for headed in records:
        layout = headed.kind.layout()
        absent = [group for group in layout.required if not set(group) & set(headed.columns)]
        if not absent:
            complete.append(headed)
            findings += unknown_columns(headed.sheet, headed.header)
            continue
        values = {"column": layout[absent[0][0]].labels, "sheet": layout.labels}
        lacking.append(values)
        place = headed.sheet.address(headed.header.row, 0)
        findings.append(Finding("record_column_missing", Severity.ERROR, (place,), values={**values}))
    if alone and not complete:
        raise RefusedError("record_column_missing", (), **lacking[0])
    return complete, findings
