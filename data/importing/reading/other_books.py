"""Workbooks in binary forms (.xls, .xlsb): values and sheets as calamine reads them, with what it does not say of their cells."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from data.importing.findings import RefusedError
from data.importing.reading.binary_shown import Shown, read_shown
from data.importing.reading.rich_text import Span, set_apart
from data.importing.reading.sheet import MAXIMUM_ROWS, Merge, Place, RawSheet, RawValue, check_cells, visible_text


def read_book(content: bytes) -> list[RawSheet]:
    """Every sheet.

    Raises:
        RefusedError: a password, or a file that calamine cannot read.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = read_shown(content)
            return [
                _read_sheet(
                    book.get_sheet_by_name(sheet.name),
                    sheet.visible != SheetVisibleEnum.Visible,
                    shown.get(sheet.name, Shown()),
                )
                for sheet in book.sheets_metadata
            ]
    except python_calamine.PasswordError as error:
        raise RefusedError("file_with_password") from error
    except RefusedError:
        raise
    except BaseException as error:
        # A fault of the Rust library arrives as an exception that is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise RefusedError("file_damaged") from error


def _read_sheet(sheet: CalamineSheet, is_hidden: bool, shown: Shown) -> RawSheet:
    if sheet.total_height > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    check_cells(sheet.total_height * sheet.total_width)
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    _set_apart_raised(rows, shown.raised)
    return RawSheet(
        visible_text(sheet.name).strip(),
        _with_errors([tuple(_value(cell) for cell in row) for row in rows], shown.errors),
        percent=frozenset(shown.percent),
        struck=frozenset(shown.struck),
        hidden_rows=frozenset(shown.hidden_rows),
        hidden_columns=frozenset(shown.hidden_columns),
        merges=tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        is_hidden=is_hidden,
        unshown=frozenset(shown.unshown),
    )


def _set_apart_raised(rows: list[list[Any]], spans: Mapping[Place, Sequence[Span]]) -> None:
    for (row, column), of_cell in spans.items():
        if row < len(rows) and column < len(rows[row]) and isinstance(rows[row][column], str):
            rows[row][column] = set_apart(rows[row][column], of_cell)


def _with_errors(rows: list[tuple[RawValue, ...]], errors: Mapping[Place, str]) -> list[tuple[RawValue, ...]]:
    """The rows with the errors that calamine takes for blanks; it leaves out those behind the last value."""
    if max((row for row, _ in errors), default=0) > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    check_cells(sum(column for _, column in errors))
    for (row, column), text in errors.items():
        rows += [()] * (row + 1 - len(rows))
        cells = [*rows[row], *[None] * (column + 1 - len(rows[row]))]
        cells[column] = text
        rows[row] = tuple(cells)
    return rows


def _value(cell: object) -> RawValue:
    if isinstance(cell, str):
        text = visible_text(cell)
        return text if text.strip() else None
    if isinstance(cell, bool | int | date | datetime):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return str(cell)
