"""From blocks to one table of cells: commune, month, variable and what the cell says, each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from analytics.model import Provenance, Status
from data.importing.blocks.block import Block
from data.importing.reading.sheet import RawValue, is_filled
from data.importing.rows import RowReader, RowWords
from data.importing.values import ReadValue, read_number
from data.loaders.today import load_variables
from data.loaders.variables import Variable
from geo.names import MatchKind, NameIndex, NameMatch, find_commune

# Formula injection (CSV injection): a spreadsheet runs a text of an export that begins with one of these.
RUN_BY_SPREADSHEETS = "=+-@\t\r'"

DECLARED_RELIABILITY = "B"

_CODE = r"(\d[\d.]{6,})"
_CODE_FIRST = re.compile(rf"\s*{_CODE}\s*(?:[—–:-]\s*|\s)([^\d\s].*?)\s*")
_WHOLE_CODE = re.compile(r"\d{8,9}")
_NUMBERED = re.compile(r"\d{1,3}\s*[-.)]\s*(?=[^\W\d])")
# A name in Latin letters beside one in Arabic letters, in either order.
_TWO_SCRIPTS = re.compile(r"(.*[A-Za-zÀ-ÿ)][^\w]*)\s*[/|(–—-]\s*([^A-Za-zÀ-ÿ]*[\u0621-\u064a][^A-Za-zÀ-ÿ]*)"
                          r"|([^A-Za-zÀ-ÿ]*[\u0621-\u064a][^A-Za-zÀ-ÿ]*)\s*[/|(–—-]\s*(.*[A-Za-zÀ-ÿ].*)")  # fmt: skip
_CODE_LAST = re.compile(rf"\s*(\D+?)\s*[—–:(\s-]\s*{_CODE}\)?\s*")


class RawCell(NamedTuple):
    """A filled cell of a figure, with what its row, its headings and the sheet say of it.

    ``flaw`` is the key of what is wrong with it before it is read, ``unseen`` of why a reader of the file does not see it;
    ``asked`` are the keys of what the file only suggests of it.
    """

    sheet: str
    row: int
    column: int
    cell: str
    block: int
    code_raw: RawValue
    name_raw: RawValue
    date_raw: RawValue
    day: object
    variable: str
    raw: RawValue
    status_raw: RawValue
    provenance_raw: RawValue
    reliability_raw: RawValue
    source_raw: RawValue
    is_percent: bool
    is_export: bool
    flaw: str
    unseen: str
    asked: tuple[str, ...]


def list_cells(blocks: Sequence[Block]) -> list[RawCell]:
    """Every filled cell of a figure below the headings of the blocks."""
    return [cell for number, block in enumerate(blocks) for cell in _cells_of(block, number)]


def _cells_of(block: Block, number: int) -> Iterator[RawCell]:
    reader, figures, sheet, is_long = RowReader(block), block.figures, block.sheet, block.is_long
    for row in reader.rows():
        words: RowWords | None = None
        for column, variable in figures.items():
            raw = sheet.at(row, column)
            if not is_filled(raw) and not (is_long and is_filled(reader.status(row))):
                continue
            words = words or reader.words(row)
            date_raw, day = reader.month_of(row, column)
            asked = words.asked if block.columns[column].month is None else tuple(a for a in words.asked if "month" not in a)
            yield RawCell(
                sheet.name,
                row,
                column,
                sheet.address(row, column),
                number,
                words.code,
                words.name,
                date_raw,
                day,
                variable or words.variable,
                raw,
                words.status,
                words.provenance,
                words.reliability,
                words.source,
                (row, column) in sheet.percent,
                reader.is_export,
                words.flaw or reader.flaw_of(row, column),
                reader.unseen(row, column),
                asked,
            )


def build_cells(raw: Sequence[RawCell], index: NameIndex) -> pd.DataFrame:
    """Read every listed cell: adds ``commune_code, commune_match, reference_date, value, status, problem, note, provenance,
    reliability, source``. What cannot be read is left empty for the checks to report."""
    cells = pd.DataFrame(list(raw), columns=list(RawCell._fields))
    matches = _match_communes(cells, index)
    cells["commune_match"] = matches
    cells["commune_code"] = [m.commune_code for m in matches]
    cells["reference_date"] = _months(cells)
    variables = load_variables()
    columns = ("variable", "raw", "status_raw", "is_percent", "is_export")
    read = [_read(variables.get(name), *said) for name, *said in zip(*(cells[c] for c in columns), strict=True)]
    cells["value"] = pd.Series([r.value for r in read], index=cells.index, dtype=float)
    cells["status"] = [r.status.value for r in read]
    cells["problem"] = [r.problem for r in read]
    cells["note"] = [r.note for r in read]
    cells["provenance"] = words_of(cells["provenance_raw"], {p.value for p in Provenance}, Provenance.DECLARED.value)
    cells["reliability"] = words_of(cells["reliability_raw"], set("ABCD"), DECLARED_RELIABILITY)
    cells["source"] = cells["source_raw"].map(cell_text).str.lstrip(RUN_BY_SPREADSHEETS)
    return cells


def _match_communes(cells: pd.DataFrame, index: NameIndex) -> list[NameMatch]:
    """By code, by name, or by both when they agree; a local cache looks up each distinct pair once."""
    known: dict[tuple[str, str], NameMatch] = {}
    found = []
    for code, name in zip(cells["code_raw"].map(cell_text), cells["name_raw"].map(cell_text), strict=True):
        if (code, name) not in known:
            known[code, name] = match_commune(index, code, name)
        found.append(known[code, name])
    return found


def split_choice(text: str) -> tuple[str, str]:
    """Code and name where both stand in one cell, in either order, as lists of choices offer them; else no code and the text."""
    match = _CODE_FIRST.fullmatch(text)
    if match:
        return match[1], match[2]
    match = _CODE_LAST.fullmatch(text)
    return (match[2], match[1]) if match else ("", text)


def match_commune(index: NameIndex, code: str, name: str) -> NameMatch:
    """The commune that a code, a name (several lines of it), or both together stand for; all must agree."""
    texts = [part for text in (code, *name.split("\n")) for part in split_choice(text) if part]
    said = [_find_written(index, text) for text in texts]
    known = {match.commune_code for match in said if match.commune_code}
    if not said:
        return NameMatch(None, MatchKind.UNKNOWN)
    if known and any(_is_foreign_code(text, match) for text, match in zip(texts, said, strict=True)):
        return NameMatch(None, MatchKind.AMBIGUOUS, tuple(known))
    if len(known) > 1:
        return NameMatch(None, MatchKind.AMBIGUOUS, tuple(dict.fromkeys(m.commune_code for m in said if m.commune_code)))
    return next((match for match in said if match.commune_code), said[0])


def _find_written(index: NameIndex, text: str) -> NameMatch:
    """The commune of a name as lists write it: behind its number in the list, or in two scripts that agree."""
    match = find_commune(index, text)
    if match.commune_code:
        return match
    if both := _TWO_SCRIPTS.fullmatch(text):
        parts = [part for part in both.groups() if part]
        found = {find_commune(index, part.strip(" )")).commune_code for part in parts}
        return NameMatch(found.pop(), MatchKind.NAME) if len(found) == 1 and None not in found else match
    bare = _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else ""
    return find_commune(index, bare) if bare else match


def _is_foreign_code(text: str, match: NameMatch) -> bool:
    """Whether a text is a whole code of the statistics office, of a commune that is none of the province."""
    return match.kind is MatchKind.UNKNOWN and bool(_WHOLE_CODE.fullmatch(re.sub(r"[.\s/-]", "", text.removesuffix(".0"))))


def cell_text(raw: object) -> str:
    """What a cell says as text, without spaces around; empty for a blank."""
    return "" if raw is None or (isinstance(raw, float) and pd.isna(raw)) else str(raw).strip()


def _months(cells: pd.DataFrame) -> pd.Series:
    """First day of the month for monthly variables, the day itself for the census."""
    variables = load_variables()
    of_census = {name for name, entry in variables.items() if not entry.monthly}
    days = [
        day.replace(day=1) if day is not None and variable not in of_census else day
        for day, variable in zip(cells["day"], cells["variable"], strict=True)
    ]
    known = {day: pd.Timestamp(day) for day in set(days) if day is not None}
    return pd.Series(pd.to_datetime([known.get(day) for day in days]), index=cells.index)


def _read(variable: Variable | None, raw: RawValue, status: RawValue, is_percent: bool, is_export: bool) -> ReadValue:
    if is_export:
        raw = exported_number(raw)
    integer, maximum = (variable.integer, variable.maximum) if variable else (False, None)
    read = read_declared(raw, status, integer=integer, maximum=maximum)
    # A figure of our own export is in the unit of its variable.
    return (
        read
        if read.value is None or is_export
        else _in_unit(read, is_percent, bool(variable and variable.unit == "percent"))
    )


def _in_unit(read: ReadValue, shown_as_percent: bool, counts_percent: bool) -> ReadValue:
    """A share that a cell shows as a percentage is so many hundredths; a count is no percentage."""
    if (shown_as_percent or read.is_percent) and not counts_percent:
        return ReadValue(problem="percent_of_a_count")
    if shown_as_percent and not read.is_percent and read.value is not None:
        return ReadValue(round(read.value * 100, 9), read.status, note=read.note)
    if counts_percent and not read.is_percent and read.value is not None and 0 < read.value < 1:
        return ReadValue(problem="share_below_one")
    return read


def exported_number(raw: RawValue) -> RawValue:
    """A figure of our own export, whose one full stop is that of decimals; any other text as it is."""
    try:
        is_decimal = isinstance(raw, str) and raw.count(".") == 1 and "," not in raw
        return float(str(raw).removeprefix("'")) if is_decimal else raw
    except ValueError:
        return raw


def read_declared(raw: RawValue, status_raw: RawValue, *, integer: bool, maximum: float | None = None) -> ReadValue:
    """A figure with the status that its row declares: a status may say why there is no value, or qualify one."""
    status = cell_text(status_raw)
    if not cell_text(raw):
        valid = status in (Status.MISSING, Status.NOT_APPLICABLE, Status.SUPPRESSED)
        return ReadValue(status=Status(status)) if valid else ReadValue(problem="status_without_value")
    read = read_number(raw, integer=integer, maximum=maximum)
    if read.value is not None and status in (Status.REPORTED, Status.ESTIMATED, Status.IMPUTED):
        return ReadValue(read.value, Status(status), note=read.note, is_percent=read.is_percent)
    return read


def words_of(column: pd.Series, allowed: set[str], default: str) -> pd.Series:
    """Words of a vocabulary; anything else, or a blank, is the default."""
    return column.map(cell_text).where(column.isin(allowed), default)
