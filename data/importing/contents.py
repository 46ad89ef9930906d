"""What the sheets of a file hold: monthly figures, sheet records, entries; lists of persons and dwellings are refused."""

from __future__ import annotations

from dataclasses import dataclass

from data.importing.checks.columns import find_headed_sheets
from data.importing.findings import Finding
from data.importing.headers import Header
from data.importing.personal_data import refuse_personal_data
from data.importing.record_headers import (
    HeadedEntries,
    HeadedSheet,
    check_columns,
    find_entries,
    find_sheet_records,
    record_headings,
)
from data.importing.workbook import RawSheet
from data.records.sheet_kind import SheetKind
from data.records.table import sheet_kinds


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets of a file that are read, and what is wrong with the others."""

    figures: list[tuple[RawSheet, Header]]
    records: list[HeadedSheet]
    entries: list[HeadedEntries]
    findings: list[Finding]

    def of_kind(self, kind: SheetKind) -> list[HeadedSheet]:
        """The sheets of one kind of record."""
        return [headed for headed in self.records if headed.kind is kind]


def recognise(sheets: list[RawSheet]) -> Contents:
    """Sort the sheets by what they hold, after refusing lists of persons and of dwellings.

    Raises:
        RefusedError: such a list, or no sheet that can be read.
    """
    entries: list[HeadedEntries] = []
    records: list[HeadedSheet] = []
    others: list[RawSheet] = []
    for sheet in sheets:
        if headed_entries := find_entries(sheet):
            entries.append(headed_entries)
        elif headed_sheet := find_sheet_records(sheet):
            records.append(headed_sheet)
        else:
            others.append(sheet)
    _refuse(records, others)
    figures, findings = find_headed_sheets(others, alone=not (entries or records))
    complete, record_findings = check_columns(records, alone=bool(records) and not figures and not entries)
    return Contents(figures, complete, entries, findings + record_findings)


def _refuse(records: list[HeadedSheet], others: list[RawSheet]) -> None:
    """Refuse the file for personal data in any sheet; those of entries are looked for field by field, later."""
    refuse_personal_data(others)
    for headed in records:
        refuse_personal_data([headed.sheet], record_headings(headed.kind))
    for kind in sheet_kinds():
        for headed in records:
            if headed.kind is kind:
                kind.refuse(headed)
