"""Files of lines whose cells a sign parts (CSV, TSV), whatever program, system or alphabet they come from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from statistics import median_high

from data.importing.findings import RefusedError
from data.importing.reading import data_values
from data.importing.reading.encodings import decode
from data.importing.reading.sheet import MAXIMUM_ROWS, RawSheet, RawValue, visible_text

_DELIMITERS = ";\t,|"
# Names of fields as programs write them, three or more with one sign between them: it parts the rows too, whatever their texts hold.
_NAMES_OF_FIELDS = re.compile(r"[a-z]\w*(?P<sign>[;\t,|])[a-z]\w*(?:(?P=sign)[a-z]\w*)+", re.ASCII)
# One field may hold a long remark; the limit of the library is meant for its own memory.
csv.field_size_limit(10_000_000)


def read_lines(content: bytes) -> list[RawSheet]:
    """The one sheet of a file of lines; the values of a DHIS2 server where it is JSON.

    Raises:
        RefusedError: it is cut short, or no text, or holds no line.
    """
    text = decode(content)
    if text.lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        return [data_values.read_json(text)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter, skipped = _delimiter(text)
    rows = _split(text, delimiter)
    if len(rows) > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    if skipped:
        rows[0] = ()
    return [RawSheet("", rows, is_text=True, delimiter=delimiter)]


def _split(text: str, delimiter: str) -> list[tuple[RawValue, ...]]:
    rows = _cells(text, delimiter, csv.QUOTE_MINIMAL)
    if _stands_in_one_cell(rows, delimiter):
        # A program put each whole line in quotation marks.
        return _cells("\n".join(str(row[0]) if row else "" for row in rows), delimiter, csv.QUOTE_MINIMAL)
    if any(_swallows_rows(cell, delimiter) for row in rows for cell in row if isinstance(cell, str) and "\n" in cell):
        # A quotation mark that nobody closed has taken the rows after it into one cell.
        return _cells(text, delimiter, csv.QUOTE_NONE)
    return rows


def _cells(text: str, delimiter: str, quoting: int) -> list[tuple[RawValue, ...]]:
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
        return [tuple(visible_text(cell) if cell.strip() else None for cell in row) for row in lines]
    except csv.Error as error:
        raise RefusedError("file_not_text") from error


def _stands_in_one_cell(rows: Sequence[tuple[RawValue, ...]], delimiter: str) -> bool:
    """Whether each row is one cell that holds the sign which parts cells."""
    filled = [row for row in rows if any(row)]
    return len(filled) > 1 and all(len(row) == 1 and delimiter in str(row[0]) for row in filled)


def _swallows_rows(cell: str, delimiter: str) -> bool:
    """Whether a cell of several lines holds rows of cells: most of its lines have the sign that parts them, twice."""
    lines = [line for line in cell.split("\n") if line.strip()]
    return len(lines) > 1 and sum(line.count(delimiter) >= 2 for line in lines[1:]) > (len(lines) - 1) / 2


def _delimiter(text: str) -> tuple[str, bool]:
    """The sign that parts the cells, and whether the first line only declares it (``sep=;``).

    It is the sign with the highest median count over the first lines. Titles above the headings hold few of them, a remark may
    hold many; neither moves a median.
    """
    first = text[:6].strip("\ufeff\n").lower()
    if first.startswith("sep=") and first[4:5] in _DELIMITERS:
        return first[4:5], True
    lines = [line for line in text[:200_000].split("\n")[:20] if line.strip()]
    if lines and (named := _NAMES_OF_FIELDS.fullmatch(lines[0].strip("\ufeff"))):
        return named["sign"], False
    # Of an even number of lines, the higher one of the two middle counts.
    return max(_DELIMITERS, key=lambda sign: median_high([line.count(sign) for line in lines or [""]])), False
