"""Recognises sheets of movements and of facilities by their headings, and refuses those that list dwellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data.importing.cells import written
from data.importing.checks.columns import unknown_columns
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.headers import (
    FOLDER,
    HEADER_SEARCHED_ROWS,
    Header,
    is_hxl_row,
    read_column_map,
    read_heading_row,
    reduce_heading,
)
from data.importing.workbook import RawSheet
from data.loaders.today import load_record_sheets
from data.record_sheets import FACILITIES, RecordSheet
from geo.spelling import plain


@dataclass(frozen=True, slots=True)
class HeadedRecords:
    """A sheet of records with its headings and what kind of sheet it is."""

    sheet: RawSheet
    header: Header
    definition: RecordSheet

    @property
    def columns(self) -> dict[str, int]:
        """Column of each field that is there."""
        return {name: column for column, name in self.header.fields.items()}


@cache
def record_headings(sheet_id: str) -> dict[str, str]:
    """Field by reduced heading for one kind of sheet; an empty field is a column that is known and not read."""
    headings = read_column_map(FOLDER / "records" / f"{sheet_id}.csv")
    for entry in load_record_sheets()[sheet_id].fields:
        headings += [(heading, entry.id) for heading in (entry.id, *entry.labels.values())]
    return {reduce_heading(heading): field for heading, field in headings}


def find_record_sheets(sheets: list[RawSheet]) -> list[HeadedRecords]:
    """The sheets of a file that hold movements or facilities."""
    found = (_recognise(sheet) for sheet in sheets)
    return [headed for headed in found if headed is not None]


def check_columns(records: list[HeadedRecords], *, alone: bool) -> tuple[list[HeadedRecords], list[Finding]]:
    """Sheets that have the columns they need; what the others lack, and columns left out.

    Raises:
        RefusedError: there is nothing else in the file (``alone``) and no sheet has what it needs.
    """
    complete: list[HeadedRecords] = []
    findings: list[Finding] = []
    lacking: list[dict[str, dict[str, str]]] = []
    for headed in records:
        absent = [group for group in headed.definition.required if not any(name in headed.columns for name in group)]
        if not absent:
            complete.append(headed)
            findings += unknown_columns(headed.sheet, headed.header)
            continue
        values = {"column": headed.definition[absent[0][0]].labels, "sheet": headed.definition.labels}
        lacking.append(values)
        place = headed.sheet.address(headed.header.row, 0)
        findings.append(Finding("record_column_missing", Severity.ERROR, (place,), values={**values}))
    if alone and not complete:
        raise RefusedError("record_column_missing", (), **lacking[0])
    return complete, findings


def refuse_dwellings(records: list[HeadedRecords]) -> None:
    """A list of facilities may give coordinates because its rows are public points of service.

    Raises:
        RefusedError: a row says that it is a dwelling, or there are coordinates and no row is a known kind of facility.
    """
    for headed in records:
        if headed.definition.id == FACILITIES and "kind" in headed.columns:
            _refuse_dwellings(headed)


def _refuse_dwellings(headed: HeadedRecords) -> None:
    column = headed.columns["kind"]
    rows = list(enumerate(headed.sheet.rows))[headed.header.row + 1 :]
    kinds = {
        headed.sheet.address(position, column): text
        for position, row in rows
        if not is_hxl_row(row) and column < len(row) and (text := written(row[column]))
    }
    words = {plain(word) for word in headed.definition.rules["dwelling_words"]}
    dwellings = [cell for cell, kind in kinds.items() if plain(kind) in words]
    located = {"latitude", "longitude"} & set(headed.columns)
    if located and not dwellings and not any(headed.definition["kind"].find_word(kind) for kind in kinds.values()):
        dwellings = list(kinds)
    if dwellings:
        raise RefusedError("personal_dwellings", tuple(dwellings), sheet=headed.sheet.name or "CSV", count=len(dwellings))


def _recognise(sheet: RawSheet) -> HeadedRecords | None:
    for definition in load_record_sheets().values():
        known: Mapping[str, str] = record_headings(definition.id)
        for position, row in enumerate(sheet.rows[:HEADER_SEARCHED_ROWS]):
            header = read_heading_row(position, row, known)
            named = set(header.fields.values())
            if all(named & set(group) for group in definition.recognised_by):
                return HeadedRecords(sheet, header, definition)
    return None
