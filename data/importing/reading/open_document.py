"""Spreadsheets of LibreOffice and of what writes like it (OpenDocument, .ods): cells with their types, what is hidden or joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from data.importing.findings import RefusedError
from data.importing.reading.markup import attribute, children, local, parse, set_apart
from data.importing.reading.sheet import MAXIMUM_ROWS, Merge, Place, RawSheet, RawValue, check_cells, visible_text

_UNSEEN = ("collapse", "filter")
_NUMBERS = ("float", "currency", "percentage")


def read_document(parts: Mapping[str, bytes]) -> list[RawSheet]:
    """Every sheet.

    Raises:
        RefusedError: a password, no spreadsheet, or a part that is damaged.
    """
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise RefusedError("file_with_password")
    if "content.xml" not in parts:
        raise RefusedError("file_damaged")
    try:
        return read_tables(parse(parts["content.xml"]))
    except _NoSpreadsheetError:
        suffix = parts.get("mimetype", b"").decode("ascii", "replace").rpartition(".")[2]
        raise RefusedError("file_of_another_kind", suffix=f"OpenDocument {suffix}".strip()) from None


class _NoSpreadsheetError(RefusedError):
    """A document of another program than the spreadsheet's."""


def read_tables(root: etree._Element) -> list[RawSheet]:
    """Every sheet of a document, packed or flat.

    Raises:
        RefusedError: there is none.
    """
    hidden, struck = _hidden_styles(root), _struck_styles(root)
    _set_apart_raised(root)
    sheets = [_SheetReader(table, hidden, struck).read() for table in root.iter("{*}table") if _is_sheet(table)]
    if not sheets:
        raise _NoSpreadsheetError("file_of_another_kind", suffix="OpenDocument")
    return sheets


def _is_sheet(table: etree._Element) -> bool:
    parent = table.getparent()
    return parent is not None and local(parent) == "spreadsheet"


def _hidden_styles(root: etree._Element) -> set[str]:
    """Styles of sheets that are not shown."""
    return {
        attribute(style, "name")
        for style in root.iter("{*}style")
        if any(attribute(properties, "display") == "false" for properties in children(style, "table-properties"))
    }


def _struck_styles(root: etree._Element) -> set[str]:
    """Styles that strike a cell, or a part of its text, out."""
    return {
        attribute(style, "name")
        for style in root.iter("{*}style")
        for properties in children(style, "text-properties")
        if (attribute(properties, "text-line-through-style") or "none") != "none"
    }


def _set_apart_raised(root: etree._Element) -> None:
    """How far a text is moved stands before its size, in words or in hundredths of its height."""
    styles = {
        attribute(style, "name")
        for style in root.iter("{*}style")
        for properties in children(style, "text-properties")
        if attribute(properties, "text-position").partition(" ")[0] not in ("", "0%")
    }
    for span in root.iter("{*}span") if styles else ():
        if attribute(span, "style-name") in styles:
            set_apart(span)


class _SheetReader:
    """Gathers one sheet; repeated blanks take no room."""

    def __init__(self, table: etree._Element, hidden_styles: set[str], struck_styles: set[str]) -> None:
        self.table, self.struck_styles = table, struck_styles
        self.is_hidden = attribute(table, "style-name") in hidden_styles
        self.rows: dict[int, tuple[RawValue, ...]] = {}
        self.percent: set[Place] = set()
        self.struck: set[Place] = set()
        self.styles_of_columns: dict[int, str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.cells = 0

    def read(self) -> RawSheet:
        """The sheet."""
        self._read_columns()
        position = 0
        for row in _flat(self.table, "table-row"):
            times = _times(row, "number-rows-repeated")
            values = self._read_cells(row, position)
            if attribute(row, "visibility") in _UNSEEN:
                self.hidden_rows.update(range(position, position + min(times, MAXIMUM_ROWS)))
            if values:
                self._keep(position, times, values)
            position += times
        last = max(self.rows, default=-1)
        return RawSheet(
            visible_text(attribute(self.table, "name")).strip(),
            [self.rows.get(row, ()) for row in range(last + 1)],
            percent=frozenset(self.percent),
            struck=frozenset(self.struck),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            merges=tuple(self.merges),
            is_hidden=self.is_hidden,
        )

    def _keep(self, position: int, times: int, values: tuple[RawValue, ...]) -> None:
        if position + times > MAXIMUM_ROWS:
            raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
        self.cells += times * len(values)
        check_cells(self.cells)
        self.rows.update(dict.fromkeys(range(position, position + times), values))
        for shown in (self.percent, self.struck) if times > 1 else ():
            columns = [column for row, column in shown if row == position]
            shown.update((row, column) for row in range(position + 1, position + times) for column in columns)

    def _read_columns(self) -> None:
        position = 0
        for column in _flat(self.table, "table-column"):
            times = min(_times(column, "number-columns-repeated"), 16_384)
            if attribute(column, "visibility") in _UNSEEN:
                self.hidden_columns.update(range(position, position + times))
            if (style := attribute(column, "default-cell-style-name")) in self.struck_styles:
                self.styles_of_columns |= dict.fromkeys(range(position, position + times), style)
            position += times

    def _is_struck(self, row: etree._Element, cell: etree._Element, column: int) -> bool:
        """Whether a cell is struck out, by its style or that of its row, of its column or of a part of its text."""
        if not self.struck_styles:
            return False
        own = attribute(cell, "style-name") or attribute(row, "default-cell-style-name")
        styles = [
            own or self.styles_of_columns.get(column, ""),
            *(attribute(span, "style-name") for span in cell.iter("{*}span")),
        ]
        return not self.struck_styles.isdisjoint(styles)

    def _read_cells(self, row: etree._Element, position: int) -> tuple[RawValue, ...]:
        values: list[RawValue] = []
        column = 0
        for cell in children(row, "table-cell", "covered-table-cell"):
            times = _times(cell, "number-columns-repeated")
            value = _value(cell) if local(cell) == "table-cell" else None
            if value is not None:
                check_cells(column + times)
                values.extend([None] * (column - len(values)))
                values.extend([value] * times)
                if attribute(cell, "value-type") == "percentage":
                    self.percent.update((position, column + i) for i in range(times))
                if self._is_struck(row, cell, column):
                    self.struck.update((position, column + i) for i in range(times))
            down, right = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
            if down > 1 or right > 1:
                self.merges.append(Merge(position, column, position + down - 1, column + right - 1))
            column += times
        return tuple(values)


def _flat(table: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or columns of a table, those within groups and headers too, in order."""
    for child in table:
        if local(child) == name:
            yield child
        elif local(child).startswith(name) or local(child) == f"table-header-{name.rpartition('-')[2]}s":
            yield from _flat(child, name)


def _times(element: etree._Element, name: str) -> int:
    text = attribute(element, name)
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1


def _value(cell: etree._Element) -> RawValue:
    kind = attribute(cell, "value-type")
    if kind in _NUMBERS:
        try:
            number = float(attribute(cell, "value"))
        except ValueError:
            return _said(cell)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "date":
        try:
            return datetime.fromisoformat(attribute(cell, "date-value"))
        except ValueError:
            return _said(cell)
    if kind == "boolean":
        return attribute(cell, "boolean-value") == "true"
    said = _said(cell)
    return said if said is not None or not attribute(cell, "formula") else _formula(cell, kind)


def _formula(cell: etree._Element, kind: str) -> RawValue:
    """A formula without a result; one whose result is an empty text is a blank."""
    return None if kind == "string" else f"={attribute(cell, 'formula')}"


def _said(cell: etree._Element) -> RawValue:
    """The lines of a cell, without its remark."""
    lines = ["".join(_texts(line)) for line in children(cell, "p")]
    text = visible_text("\n".join(lines))
    return text if text.strip() else None


def _texts(element: etree._Element) -> Iterator[str]:
    if local(element) == "annotation":
        return
    if element.text:
        yield element.text
    for child in element:
        if local(child) in ("s", "tab"):
            yield " " * _times(child, "c")
        else:
            yield from _texts(child)
        if child.tail:
            yield child.tail
