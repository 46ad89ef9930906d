"""Required columns: a sheet must say commune, month and at least one figure; columns that are not read are named."""

from __future__ import annotations

from data.importing.findings import Finding, RefusedError, Severity
from data.importing.headers import Header, find_header
from data.importing.workbook import RawSheet


def find_headed_sheets(sheets: list[RawSheet], *, alone: bool = True) -> tuple[list[tuple[RawSheet, Header]], list[Finding]]:
    """Sheets with the required columns, each with its headings; what is wrong with the others, and columns left out.

    Raises:
        RefusedError: no sheet can be read and the file holds nothing else (``alone``).
    """
    found: list[tuple[RawSheet, Header]] = []
    findings: list[Finding] = []
    incomplete: list[str] = []
    for sheet in sheets:
        header = find_header(sheet)
        missing = _missing_column(header) if header else "sheet_skipped"
        if header and not missing:
            findings += unknown_columns(sheet, header)
            found.append((sheet, header))
            continue
        incomplete += [missing] if header else []
        # Lists and instructions hold no numbers; a sheet that does was meant to be read.
        if any(isinstance(cell, (int, float)) for row in sheet.rows for cell in row):
            severity = Severity.ERROR if header else Severity.NOTE
            findings.append(Finding(missing, severity, (sheet.address(header.row if header else 0, 0),)))
    if alone and not found:
        raise RefusedError(incomplete[0] if incomplete else "nothing_recognised")
    return found, findings


def _missing_column(header: Header) -> str:
    """Key of the finding for the first required column that is not there; empty when all are."""
    if not header.has_commune:
        return "column_commune_missing"
    if not header.has_date:
        return "column_date_missing"
    return "" if header.is_long or header.variables else "column_variable_missing"


def unknown_columns(sheet: RawSheet, header: Header) -> list[Finding]:
    """Columns that are not read: a note, or a warning where they hold numbers."""
    below = sheet.rows[header.row + 1 :]

    def holds_numbers(column: int) -> bool:
        return any(column < len(row) and isinstance(row[column], (int, float)) for row in below)

    groups = {
        Severity.WARNING: {c: h for c, h in header.unknown.items() if holds_numbers(c)},
        Severity.NOTE: {c: h for c, h in header.unknown.items() if not holds_numbers(c)},
    }
    return [
        Finding(
            "columns_unknown",
            severity,
            tuple(sheet.address(header.row, column) for column in columns),
            values={"columns": ", ".join(columns.values())},
        )
        for severity, columns in groups.items()
        if columns
    ]
