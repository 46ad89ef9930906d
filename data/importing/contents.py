"""What the sheets of a file hold: monthly figures, movements, facilities, writings; lists of persons and dwellings are refused."""

from __future__ import annotations

from dataclasses import dataclass

from data.importing.checks.columns import find_headed_sheets
from data.importing.findings import Finding
from data.importing.headers import Header
from data.importing.personal_data import refuse_personal_data
from data.importing.record_headers import HeadedRecords, check_columns, find_record_sheets, record_headings, refuse_dwellings
from data.importing.workbook import RawSheet
from data.importing.writings import HeadedWritings, find_writings


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets of a file that are read, and what is wrong with the others."""

    figures: list[tuple[RawSheet, Header]]
    records: list[HeadedRecords]
    writings: list[HeadedWritings]
    findings: list[Finding]

    def of_kind(self, sheet_id: str) -> list[HeadedRecords]:
        """The sheets of movements or of facilities."""
        return [headed for headed in self.records if headed.definition.id == sheet_id]


def recognise(sheets: list[RawSheet]) -> Contents:
    """Sort the sheets by what they hold, after refusing lists of persons and of dwellings.

    Raises:
        RefusedError: such a list, or no sheet that can be read.
    """
    writings = find_writings(sheets)
    records = find_record_sheets([sheet for sheet in sheets if not any(w.sheet is sheet for w in writings)])
    taken = [*(w.sheet for w in writings), *(r.sheet for r in records)]
    others = [sheet for sheet in sheets if not any(sheet is other for other in taken)]
    refuse_personal_data(others)
    for headed in records:
        refuse_personal_data([headed.sheet], record_headings(headed.definition.id))
    refuse_dwellings(records)
    figures, findings = find_headed_sheets(others, alone=not taken)
    complete, record_findings = check_columns(records, alone=bool(records) and not figures and not writings)
    return Contents(figures, complete, writings, findings + record_findings)
