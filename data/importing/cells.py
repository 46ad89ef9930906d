"""From raw sheets to one table of cells: commune, month, variable and what the cell says, each with its address."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.model import Provenance, Status
from data.importing.headers import COMMUNE_CODE, COMMUNE_NAME, DATE, LONG_FIELDS, VALUE, VARIABLE, Header, is_hxl_row
from data.importing.values import ReadValue, read_day, read_number
from data.importing.workbook import RawSheet, RawValue
from data.loaders.today import load_variables
from geo.names import MatchKind, NameIndex, NameMatch, find_commune

RAW_COLUMNS = [
    "sheet",
    "row",
    "cell",
    "code_raw",
    "name_raw",
    "date_raw",
    "variable",
    "raw",
    *(f"{f}_raw" for f in LONG_FIELDS),
]
_NO_WORDS = (None,) * len(LONG_FIELDS)

# Formula injection (CSV injection): a spreadsheet runs a text of an export that begins with one of these.
RUN_BY_SPREADSHEETS = "=+-@\t\r'"

DECLARED_RELIABILITY = "B"

_Figure = tuple[int, RawValue, RawValue, tuple[RawValue, ...]]


def list_cells(sheet: RawSheet, header: Header) -> Iterator[tuple[object, ...]]:
    """Every filled cell of a variable below the heading row, in the order of ``RAW_COLUMNS``."""
    where = {name: column for column, name in header.fields.items()}
    for position in range(header.row + 1, len(sheet.rows)):
        row = sheet.rows[position]
        if is_hxl_row(row):
            continue
        place = (_at(row, where.get(field)) for field in (COMMUNE_CODE, COMMUNE_NAME, DATE))
        identity = (sheet.name, position, *place)
        figures = _long_figures(row, where) if header.is_long else _wide_figures(row, header)
        for column, variable, raw, words in figures:
            yield (*identity[:2], sheet.address(position, column), *identity[2:], variable, raw, *words)


def _long_figures(row: tuple[RawValue, ...], where: dict[str, int]) -> Iterator[_Figure]:
    """The one figure of a long row; a row that gives a status instead of a value counts too."""
    words = tuple(_at(row, where.get(field)) for field in LONG_FIELDS)
    value = _at(row, where[VALUE])
    if _is_filled(value) or _is_filled(words[0]):
        yield where[VALUE], _at(row, where[VARIABLE]), value, words


def _wide_figures(row: tuple[RawValue, ...], header: Header) -> Iterator[_Figure]:
    """One figure for each filled cell of a variable's column."""
    for column, variable in header.variables.items():
        raw = _at(row, column)
        if _is_filled(raw):
            yield column, variable, raw, _NO_WORDS


def build_cells(raw: list[tuple[object, ...]], index: NameIndex) -> pd.DataFrame:
    """Read every listed cell: adds ``commune_code, commune_match, reference_date, value, status, problem, note, provenance,
    reliability, source``. What cannot be read is left empty for the checks to report."""
    cells = pd.DataFrame(raw, columns=RAW_COLUMNS)
    matches = _match_communes(cells, index)
    cells["commune_match"] = matches
    cells["commune_code"] = [m.commune_code for m in matches]
    cells["variable"] = cells["variable"].map(lambda v: _variable(v))
    cells["reference_date"] = pd.to_datetime(pd.Series(_days(cells), index=cells.index, dtype="object"))
    read = [_read(row) for row in cells[["variable", "raw", "status_raw"]].itertuples(index=False)]
    cells["value"] = pd.Series([r.value for r in read], index=cells.index, dtype=float)
    cells["status"] = [r.status.value for r in read]
    cells["problem"] = [r.problem for r in read]
    cells["note"] = [r.note for r in read]
    cells["provenance"] = words_of(cells["provenance_raw"], {p.value for p in Provenance}, Provenance.DECLARED.value)
    cells["reliability"] = words_of(cells["reliability_raw"], set("ABCD"), DECLARED_RELIABILITY)
    cells["source"] = cells["source_raw"].map(cell_text).str.lstrip(RUN_BY_SPREADSHEETS)
    return cells


def _is_filled(raw: RawValue) -> bool:
    return raw is not None and bool(str(raw).strip())


def _at(row: tuple[RawValue, ...], column: int | None) -> RawValue:
    return row[column] if column is not None and column < len(row) else None


def _match_communes(cells: pd.DataFrame, index: NameIndex) -> list[NameMatch]:
    """By code, by name, or by both when they agree; a local cache looks up each distinct pair once."""
    known: dict[tuple[str, str], NameMatch] = {}
    found = []
    for code, name in zip(cells["code_raw"].map(cell_text), cells["name_raw"].map(cell_text), strict=True):
        if (code, name) not in known:
            known[code, name] = match_commune(index, code, name)
        found.append(known[code, name])
    return found


def match_commune(index: NameIndex, code: str, name: str) -> NameMatch:
    """The commune that a code, a name, or both together stand for; both must agree."""
    by_code = find_commune(index, code) if code else None
    by_name = find_commune(index, name) if name else None
    if by_code is None:
        return by_name or NameMatch(None, MatchKind.UNKNOWN)
    if by_name is None or by_name.commune_code is None or by_code.commune_code == by_name.commune_code:
        return by_code
    both = tuple(c for c in (by_code.commune_code, by_name.commune_code) if c)
    return NameMatch(None, MatchKind.AMBIGUOUS, both)


def cell_text(raw: object) -> str:
    """What a cell says as text, without spaces around; empty for a blank."""
    return "" if raw is None or (isinstance(raw, float) and pd.isna(raw)) else str(raw).strip()


def _variable(raw: object) -> str:
    from_heading = cell_text(raw)
    return from_heading if from_heading in load_variables() else ""


def _days(cells: pd.DataFrame) -> list[object]:
    """First day of the month for monthly variables, the day itself for the census."""
    known: dict[object, object] = {}
    found = []
    for raw, variable in zip(cells["date_raw"], cells["variable"], strict=True):
        if raw is not None and raw not in known:
            known[raw] = read_day(raw)
        day = known.get(raw) if raw is not None else None
        entry = load_variables().get(variable)
        found.append(day.replace(day=1) if day is not None and (entry is None or entry.monthly) else day)  # type: ignore[attr-defined]
    return found


def _read(row) -> ReadValue:  # type: ignore[no-untyped-def]
    entry = load_variables().get(row.variable)
    return read_declared(row.raw, row.status_raw, integer=entry.integer if entry else False)


def read_declared(raw: RawValue, status_raw: RawValue, *, integer: bool) -> ReadValue:
    """A figure with the status that its row declares: a status may say why there is no value, or qualify one."""
    status = cell_text(status_raw)
    if not cell_text(raw):
        valid = status in (Status.MISSING, Status.NOT_APPLICABLE, Status.SUPPRESSED)
        return ReadValue(status=Status(status)) if valid else ReadValue(problem="status_without_value")
    read = read_number(raw, integer=integer)
    if read.value is not None and status in (Status.REPORTED, Status.ESTIMATED, Status.IMPUTED):
        return ReadValue(read.value, Status(status), note=read.note)
    return read


def words_of(column: pd.Series, allowed: set[str], default: str) -> pd.Series:
    """Words of a vocabulary; anything else, or a blank, is the default."""
    return column.map(cell_text).where(column.isin(allowed), default)
