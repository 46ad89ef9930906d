"""Tables of a web page, which many programs save under the name of a workbook."""

from __future__ import annotations

import re

from lxml import etree, html

from data.importing.findings import RefusedError
from data.importing.reading.encodings import decode
from data.importing.reading.markup import set_apart
from data.importing.reading.sheet import Merge, Place, RawSheet, RawValue, check_cells, visible_text

_RAISED = re.compile(r"vertical-align:su(?:b|per)\b")
_STRUCK = ("s", "strike", "del")


def read_tables(content: bytes) -> list[RawSheet]:
    """Every table that is not within another one.

    Raises:
        RefusedError: there is none.
    """
    try:
        root = html.document_fromstring(decode(content))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("file_damaged") from error
    tables = [table for table in root.iter("table") if not any(True for _ in table.iterancestors("table"))]
    sheets = [_read_table(table, f"Table {number}" if len(tables) > 1 else "") for number, table in enumerate(tables, 1)]
    if not any(sheet.rows for sheet in sheets):
        raise RefusedError("archive_without_tables")
    return sheets


def _read_table(table: html.HtmlElement, name: str) -> RawSheet:
    rows: list[tuple[RawValue, ...]] = []
    merges: list[Merge] = []
    struck: set[Place] = set()
    hidden: set[int] = set()
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.iter("tr")):
        values: list[RawValue] = []
        column = 0
        if "display:none" in _style(row):
            hidden.add(at)
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (at, column) in taken:
                column += 1
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            text = visible_text(" ".join(_content(cell).split()))
            values.extend([None] * (column + 1 - len(values)))
            values[column] = text or None
            if any(part.tag in _STRUCK or "line-through" in _style(part) for part in cell.iter()):
                struck.add((at, column))
            if down > 1 or right > 1:
                merges.append(Merge(at, column, at + down - 1, column + right - 1))
                taken |= {(at + i, column + j) for i in range(down) for j in range(right)}
                check_cells(len(taken))
            column += right
        rows.append(tuple(values))
    return RawSheet(name, rows, struck=frozenset(struck), hidden_rows=frozenset(hidden), merges=tuple(merges), is_text=True)


def _content(cell: html.HtmlElement) -> str:
    """The text of a cell; what stands above the line is no digit of the number before it."""
    for part in cell.iterdescendants():
        if part.tag in ("sup", "sub") or _RAISED.search(_style(part)):
            set_apart(part)
    return str(cell.text_content())


def _style(element: html.HtmlElement) -> str:
    return "".join(str(element.get("style") or "").split()).lower()


def _span(cell: html.HtmlElement, name: str) -> int:
    text = str(cell.get(name) or "")
    return min(max(1, int(text)), 1_000) if text.isascii() and text.isdigit() else 1
