"""Workbooks of Excel and of what writes like it (Office Open XML, Strict and Transitional): parts, texts, cells.

Only the parts that hold cells are looked at: a damaged drawing or a wrong declared dimension loses nothing. The namespaces may be
any, prefixed or not.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import range_boundaries

from data.importing.findings import RefusedError
from data.importing.reading import cell_values
from data.importing.reading.cell_values import CellContext, read_cell
from data.importing.reading.markup import attribute, attributes, children, local, parse, stream
from data.importing.reading.sheet import MAXIMUM_ROWS, Merge, Place, RawSheet, RawValue, check_cells, visible_text
from data.importing.reading.styles import read_styles

_FIRST_COLUMNS = 16_384
_HIDDEN = ("hidden", "veryHidden")
# A height or a width of nothing hides too.
_NOTHING = ("0", "0.0")


class _Part(NamedTuple):
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a workbook, by name without regard to case."""

    by_name: Mapping[str, _Part]

    def find(self, name: str) -> _Part | None:
        """A part by its path in the archive, however that is written; None where there is none."""
        return self.by_name.get(posixpath.normpath(name).lstrip("/").lower())

    def related(self, part: _Part) -> dict[str, tuple[str, _Part]]:
        """Kind and part of each relation of a part, by id."""
        folder, name = posixpath.split(part.name)
        relations = self.find(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, _Part]] = {}
        for relation in children(parse(relations.content), "Relationship") if relations else ():
            target = attribute(relation, "Target").replace("\\", "/")
            wanted = self.find(target if target.startswith("/") else posixpath.join(folder, target))
            if wanted:
                found[attribute(relation, "Id")] = (attribute(relation, "Type").rpartition("/")[2], wanted)
        return found


def read_workbook(parts: Mapping[str, bytes]) -> list[RawSheet]:
    """Every sheet of a workbook.

    Raises:
        RefusedError: a part that holds cells is damaged or missing, or the file is no workbook.
    """
    known = _Parts({name.lower(): _Part(name, content) for name, content in parts.items()})
    book = _find_book(known)
    root, related = parse(book.content), known.related(book)
    by_kind = dict(related.values())
    texts = _read_texts(by_kind.get("sharedStrings"))
    styles = read_styles(by_kind["styles"].content) if "styles" in by_kind else ()
    context = CellContext([text for text, _ in texts], [struck for _, struck in texts], styles, _counts_from_1904(root))
    sheets = [
        _read_sheet(related[attribute(sheet, "id")][1], attribute(sheet, "name"), attribute(sheet, "state"), context)
        for sheet in root.iter("{*}sheet")
        if related.get(attribute(sheet, "id"), ("",))[0] == "worksheet"
    ]
    if not sheets:
        raise RefusedError("file_damaged")
    return sheets


def _find_book(parts: _Parts) -> _Part:
    """The part that lists the sheets, by the archive's own relations or by its usual name."""
    related = parts.related(_Part("", b""))
    candidates = [part for kind, part in related.values() if kind == "officeDocument"]
    candidates += [part for name, part in parts.by_name.items() if posixpath.basename(name) == "workbook.xml"]
    if not candidates:
        raise RefusedError("file_damaged")
    return candidates[0]


def _counts_from_1904(book: etree._Element) -> bool:
    return any(attribute(properties, "date1904") in ("1", "true") for properties in book.iter("{*}workbookPr"))


def _read_texts(part: _Part | None) -> list[tuple[str, bool]]:
    """Texts that cells share, each with whether a part of it is struck out."""
    return [cell_values.read_text(item) for item in stream(part.content, "si")] if part else []


def _read_sheet(part: _Part, name: str, state: str, context: CellContext) -> RawSheet:
    reader = _SheetReader(context)
    handlers: dict[str, Callable[[etree._Element], None]] = {
        "row": reader.read_row, "col": reader.read_column, "mergeCell": reader.read_merge
    }  # fmt: skip
    for element in stream(part.content, *handlers):
        handlers[local(element)](element)
    return reader.sheet(visible_text(name).strip(), is_hidden=state in _HIDDEN)


class _SheetReader:
    """Gathers the rows of one sheet; what lies beyond the last filled cell of a row is not kept."""

    def __init__(self, context: CellContext) -> None:
        self.context = context
        self.rows: dict[int, tuple[RawValue, ...]] = {}
        self.percent: set[Place] = set()
        self.struck: set[Place] = set()
        self.unshown: set[Place] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.next_row = self.cells = 0

    def read_row(self, row: etree._Element) -> None:
        """Take the values, formats and visibility of a row in."""
        at = _position(attribute(row, "r"), self.next_row)
        self.next_row = at + 1
        if attribute(row, "hidden") in ("1", "true") or attribute(row, "ht") in _NOTHING:
            self.hidden_rows.add(at)
        values: list[RawValue] = []
        expected = 0
        for cell in children(row, "c"):
            told = attributes(cell)
            letters = told.get("r", "").rstrip("0123456789")
            # A cell that says no place stands behind the one before it, be that blank.
            column = column_of(letters) if letters else expected
            expected = column + 1
            if not len(cell):
                continue
            value, style, struck = read_cell(cell, told, self.context)
            if value is None:
                continue
            values.extend([None] * (column + 1 - len(values)))
            values[column] = value
            if style.is_percent:
                self.percent.add((at, column))
            if style.is_struck or struck:
                self.struck.add((at, column))
            if style.is_unshown:
                self.unshown.add((at, column))
        if values:
            self._keep(at, values)

    def _keep(self, at: int, values: list[RawValue]) -> None:
        if at >= MAXIMUM_ROWS:
            raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
        # A row that a file writes twice is one.
        if before := self.rows.get(at):
            values = [b if v is None else v for v, b in zip_longest(values, before)]
        self.rows[at] = tuple(values)
        self.cells += len(values)
        check_cells(self.cells)

    def read_column(self, column: etree._Element) -> None:
        """Note the columns that a definition hides."""
        width = attribute(column, "width")
        if attribute(column, "hidden") in ("1", "true") or width in _NOTHING:
            first = _position(attribute(column, "min"), 0)
            last = _position(attribute(column, "max"), first)
            self.hidden_columns.update(range(first, min(last + 1, _FIRST_COLUMNS)))

    def read_merge(self, merge: etree._Element) -> None:
        """Note joined cells; a range that is none is passed over."""
        try:
            left, top, right, bottom = range_boundaries(attribute(merge, "ref"))
        except (ValueError, TypeError):
            return
        if None not in (left, top, right, bottom):
            self.merges.append(Merge(int(top) - 1, int(left) - 1, int(bottom) - 1, int(right) - 1))

    def sheet(self, name: str, is_hidden: bool) -> RawSheet:
        """What was gathered."""
        last = max(self.rows, default=-1)
        return RawSheet(
            name,
            [self.rows.get(row, ()) for row in range(last + 1)],
            percent=frozenset(self.percent),
            struck=frozenset(self.struck),
            unshown=frozenset(self.unshown),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            merges=tuple(self.merges),
            is_hidden=is_hidden,
        )


@lru_cache(maxsize=20_000)
def column_of(letters: str) -> int:
    """The position of a column from its letters.

    Raises:
        RefusedError: they are no letters, or those of a column that no workbook has.
    """
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise RefusedError("file_damaged")
        column = column * 26 + ord(letter) - 64
    if column > _FIRST_COLUMNS:
        raise RefusedError("file_damaged")
    return column - 1


def _position(text: str, expected: int) -> int:
    """A position from 0 where the file counts from 1; the expected one where it says none."""
    return int(text) - 1 if text.isascii() and text.isdigit() and 0 < int(text) <= 1_048_576 else expected
