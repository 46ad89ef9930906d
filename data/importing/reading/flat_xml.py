"""Workbooks that are one XML file: OpenDocument (.fods), and what Excel called "XML Spreadsheet 2003"."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from data.importing.findings import RefusedError
from data.importing.reading.data_values import read_value_set
from data.importing.reading.markup import attribute, children, local, parse, set_apart
from data.importing.reading.open_document import read_tables
from data.importing.reading.sheet import MAXIMUM_ROWS, Merge, Place, RawSheet, RawValue, check_cells, visible_text
from data.importing.reading.styles import PLAIN, CellStyle


def read_flat(content: bytes) -> list[RawSheet]:
    """Every sheet.

    Raises:
        RefusedError: the file is damaged, or XML of another kind.
    """
    root = parse(content)
    if local(root) == "document":
        return read_tables(root)
    if local(root) == "dataValueSet":
        return [read_value_set(root)]
    if local(root) != "Workbook":
        raise RefusedError("file_of_another_kind", suffix=".xml")
    formats = {
        attribute(style, "ID"): CellStyle(False, _is_percent(style), _is_struck(style)) for style in root.iter("{*}Style")
    }
    return [_read_sheet(sheet, formats) for sheet in children(root, "Worksheet")]


def _is_percent(style: etree._Element) -> bool:
    return any("%" in attribute(f, "Format") or attribute(f, "Format") == "Percent" for f in children(style, "NumberFormat"))


def _is_struck(style: etree._Element) -> bool:
    return any(attribute(font, "StrikeThrough") == "1" for font in children(style, "Font"))


def _read_sheet(sheet: etree._Element, formats: dict[str, CellStyle]) -> RawSheet:
    content, at, read = _Content(formats), -1, 0
    for row in (row for table in children(sheet, "Table") for row in children(table, "Row")):
        at = _position(row, at + 1)
        read += content.read_row(at, row)
        check_cells(read)
    rows = content.rows
    return RawSheet(
        visible_text(attribute(sheet, "Name")).strip(),
        [rows.get(row, ()) for row in range(max(rows, default=-1) + 1)],
        frozenset(content.percent),
        frozenset(content.struck),
        frozenset(content.hidden),
        _hidden_columns(sheet),
        tuple(content.merges),
        is_hidden=any("Hidden" in (v.text or "") for v in sheet.iter("{*}Visible")),
    )


class _Content:
    """Values, formats, hidden rows and merges of a sheet, gathered row by row."""

    def __init__(self, formats: dict[str, CellStyle]) -> None:
        self.formats = formats
        self.rows: dict[int, tuple[RawValue, ...]] = {}
        self.percent: set[Place] = set()
        self.struck: set[Place] = set()
        self.hidden: set[int] = set()
        self.merges: list[Merge] = []

    def read_row(self, at: int, row: etree._Element) -> int:
        """Take a row in; how many cells it spans."""
        if attribute(row, "Hidden") == "1":
            self.hidden.add(at)
        values: list[RawValue] = []
        column = -1
        for cell in children(row, "Cell"):
            column = _position(cell, column + 1)
            value = _value(cell)
            if value is not None:
                values.extend([None] * (column + 1 - len(values)))
                values[column] = value
                style = self.formats.get(attribute(cell, "StyleID"), PLAIN)
                self.percent |= {(at, column)} if style.is_percent else set()
                self.struck |= {(at, column)} if style.is_struck or any(True for _ in cell.iter("{*}S")) else set()
            down, right = _count(cell, "MergeDown"), _count(cell, "MergeAcross")
            if down or right:
                self.merges.append(Merge(at, column, at + down, column + right))
            column += right
        if values:
            self.rows[at] = tuple(values)
        return len(values)


def _hidden_columns(sheet: etree._Element) -> frozenset[int]:
    at, found = -1, set[int]()
    for column in (column for table in children(sheet, "Table") for column in children(table, "Column")):
        first = _position(column, at + 1)
        at = first + min(_count(column, "Span"), 16_384)
        if attribute(column, "Hidden") == "1":
            found.update(range(first, at + 1))
    return frozenset(found)


def _position(element: etree._Element, expected: int) -> int:
    text = attribute(element, "Index")
    at = int(text) - 1 if text.isascii() and text.isdigit() else expected
    if at > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    return max(at, 0)


def _count(element: etree._Element, name: str) -> int:
    text = attribute(element, name)
    return min(int(text), MAXIMUM_ROWS) if text.isascii() and text.isdigit() else 0


def _value(cell: etree._Element) -> RawValue:
    for data in children(cell, "Data"):
        for part in data.iter("{*}Sup", "{*}Sub"):
            set_apart(part)
        text, kind = visible_text("".join(data.itertext())), attribute(data, "Type")
        try:
            if kind == "Number":
                number = float(text)
                return int(number) if number.is_integer() and abs(number) < 1e15 else number
            if kind == "DateTime":
                return datetime.fromisoformat(text.rstrip("Z"))
        except (ValueError, OverflowError):
            return text if text.strip() else None
        if kind == "Boolean":
            return text.strip() == "1"
        return text if text.strip() else None
    return f"={attribute(cell, 'Formula')}" if attribute(cell, "Formula") else None
