"""Finds the heading row of a sheet and says what each column holds, from ``column_maps`` and the variable catalogue."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.importing.workbook import RawSheet
from data.loaders.today import load_variables
from geo.spelling import plain

FOLDER = Path(__file__).parent / "column_maps"
HEADER_SEARCHED_ROWS = 30

COMMUNE_CODE, COMMUNE_NAME, DATE = "commune_code", "commune_name", "reference_date"
VARIABLE, VALUE = "variable", "value"
LONG_FIELDS = ("status", "provenance", "reliability", "source")

_FILLERS = frozenset(
    ["nombre", "nb", "n", "total", "de", "du", "des", "d", "la", "le", "les", "l", "en", "of", "the", "number", "عدد"]
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's headings stand and which field each column holds; ``unknown`` headings are named, not read."""

    row: int
    fields: dict[int, str]
    unknown: dict[int, str]

    @property
    def has_commune(self) -> bool:
        """Whether a column tells the commune."""
        return COMMUNE_CODE in self.fields.values() or COMMUNE_NAME in self.fields.values()

    @property
    def has_date(self) -> bool:
        """Whether a column tells the month."""
        return DATE in self.fields.values()

    @property
    def is_long(self) -> bool:
        """Whether there is one row a figure (variable and value columns)."""
        return VARIABLE in self.fields.values() and VALUE in self.fields.values()

    @property
    def variables(self) -> dict[int, str]:
        """Columns that hold a variable of the catalogue."""
        return {column: name for column, name in self.fields.items() if name in load_variables()}


def reduce_heading(heading: str) -> str:
    """A heading without what writers vary: brackets, "nombre de", articles, accents, case."""
    words = plain(re.sub(r"\([^)]*\)", " ", heading)).split()
    return " ".join(word for word in words if word not in _FILLERS)


def list_headings() -> list[tuple[str, str]]:
    """Every heading that is recognised, with its field: the map files, then ids and labels of the catalogue."""
    headings = [pair for path in sorted(FOLDER.glob("*.csv")) for pair in read_column_map(path)]
    for variable in load_variables().values():
        headings += [(heading, variable.id) for heading in (variable.id, *variable.labels.values())]
    return headings


def read_column_map(path: Path) -> list[tuple[str, str]]:
    """Headings of one map file with their fields."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["heading"], row["field"]) for row in csv.DictReader(lines)]


@cache
def known_headings() -> dict[str, str]:
    """Field by reduced heading; an empty field is a column that is known and not read."""
    return {reduce_heading(heading): field for heading, field in list_headings()}


def find_header(sheet: RawSheet) -> Header | None:
    """The row, among the first ones, in which most columns are recognised; None when no row names two of them."""
    best: Header | None = None
    for position, row in enumerate(sheet.rows[:HEADER_SEARCHED_ROWS]):
        header = read_heading_row(position, row, known_headings())
        if len(header.fields) >= 2 and (best is None or len(header.fields) > len(best.fields)):
            best = header
    return best


def is_hxl_row(row: tuple[object, ...]) -> bool:
    """Whether a row holds HXL tags."""
    words = [str(cell) for cell in row if cell is not None]
    return bool(words) and sum(word.startswith("#") for word in words) >= max(1, len(words) / 2)


def read_heading_row(position: int, row: tuple[object, ...], known: Mapping[str, str]) -> Header:
    """What the cells of a row say as headings; ``known`` gives the field of each reduced heading."""
    fields: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for column, cell in enumerate(row):
        if not isinstance(cell, str) or not plain(cell):
            continue
        field = known.get(reduce_heading(cell))
        if field is None or field in fields.values():
            unknown[column] = cell.strip()
        elif field:
            fields[column] = field
    return Header(position, fields, unknown)
