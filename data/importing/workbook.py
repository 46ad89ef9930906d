"""Reads XLSX and CSV files into raw sheets: the cells as they stand, each with its address."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from statistics import median_high

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils import get_column_letter

from data.importing.findings import RefusedError
from data.records.table import entry_kinds

MAXIMUM_BYTES = 50_000_000
MAXIMUM_UNPACKED_BYTES = 400_000_000
MAXIMUM_ROWS = 500_000
_DELIMITERS = ";\t,|"

RawValue = str | int | float | bool | date | datetime | None

# A cell's formula, not the <formula1> of a data validation: only then are the cells parsed a second time.
_FORMULA = re.compile(rb"<f[\s>/]")
_OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows of raw values; row 0 is the file's first row."""

    name: str
    rows: list[tuple[RawValue, ...]]

    def address(self, row: int, column: int) -> str:
        """Address of a cell as a spreadsheet writes it."""
        cell = f"{get_column_letter(column + 1)}{row + 1}"
        return f"{self.name}!{cell}" if self.name else cell


def read_sheets(content: bytes, file_name: str) -> list[RawSheet]:
    """Read every sheet of a file.

    Raises:
        RefusedError: too large, of another kind, protected by a password, or damaged.
    """
    if len(content) > MAXIMUM_BYTES:
        raise RefusedError("file_too_large", limit=MAXIMUM_BYTES // 1_000_000)
    if not content.strip():
        raise RefusedError("file_empty")
    if content.startswith(_OLE_HEADER):
        raise RefusedError("file_old_or_protected")
    if content.startswith(b"PK"):
        return _read_workbook(content)
    suffix = PurePath(file_name).suffix.lower()
    if suffix not in (".csv", ".txt", ".tsv"):
        raise RefusedError("file_of_another_kind", suffix=suffix or file_name)
    return [_read_csv(content)]


def _read_workbook(content: bytes) -> list[RawSheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAXIMUM_UNPACKED_BYTES:
                raise RefusedError("file_too_large", limit=MAXIMUM_UNPACKED_BYTES // 1_000_000)
            has_formulas = any(
                _FORMULA.search(archive.read(name)) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")
            )
        sheets = _read_cells(content, values=True)
        return _mark_formulas(sheets, _read_cells(content, values=False)) if has_formulas else sheets
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise RefusedError("file_damaged") from error


def _read_cells(content: bytes, *, values: bool) -> list[RawSheet]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values)
    try:
        return [RawSheet(sheet.title, _bounded(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    finally:
        book.close()


def _bounded(rows) -> list[tuple[RawValue, ...]]:  # type: ignore[no-untyped-def]
    kept: list[tuple[RawValue, ...]] = []
    for row in rows:
        if len(kept) >= MAXIMUM_ROWS:
            raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
        kept.append(tuple(row))
    return kept


def _mark_formulas(sheets: list[RawSheet], formulas: list[RawSheet]) -> list[RawSheet]:
    """A formula that was never calculated has no value: keep its text, so that it is reported and not taken for a blank."""

    def shown(value: RawValue, formula: RawValue) -> RawValue:
        return formula if value is None and isinstance(formula, str) and formula.startswith("=") else value

    return [
        RawSheet(s.name, [_pairwise(shown, row, other) for row, other in zip(s.rows, f.rows, strict=True)])
        for s, f in zip(sheets, formulas, strict=True)
    ]


def _pairwise(
    shown: Callable[[RawValue, RawValue], RawValue], row: tuple[RawValue, ...], other: tuple[RawValue, ...]
) -> tuple[RawValue, ...]:
    return tuple(shown(a, b) for a, b in zip(row, other, strict=False))


def _read_csv(content: bytes) -> RawSheet:
    text = _decode(content)
    rows: list[tuple[RawValue, ...]] = [
        tuple(cell if cell != "" else None for cell in row)
        for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    ]
    if len(rows) > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    return RawSheet("", rows)


def _decode(content: bytes) -> str:
    """Text in UTF-8 with or without byte-order mark (BOM), UTF-16 with BOM, or the Windows code pages 1252 and 1256."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=["cp1252", "cp1256"]).best()
        return str(best) if best else content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The column delimiter of a CSV file: the sign with the highest median count over the first lines.

    Titles above the headings hold few of them, a remark may hold many; neither moves a median.
    """
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if lines and _is_export_of_entries(lines[0]):
        # Sentences of an export may hold more semicolons than the file has columns.
        return ","
    # Of an even number of lines, the higher one of the two middle counts.
    return max(_DELIMITERS, key=lambda sign: median_high([line.count(sign) for line in lines or [""]]))


def _is_export_of_entries(headings: str) -> bool:
    named = set(headings.split(","))
    return any(named >= set(kind.columns) for kind in entry_kinds())
