"""Workbooks in binary forms (.xls, .xlsb), read by calamine: values and sheets; how a cell is shown is not known there."""

from __future__ import annotations

import io
from datetime import date, datetime

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from data.importing.findings import RefusedError
from data.importing.reading.sheet import MAXIMUM_ROWS, Merge, RawSheet, RawValue, check_cells, visible_text


def read_book(content: bytes) -> list[RawSheet]:
    """Every sheet.

    Raises:
        RefusedError: a password, or a file that calamine cannot read.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [
                _read_sheet(book.get_sheet_by_name(sheet.name), sheet.visible != SheetVisibleEnum.Visible)
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


def _read_sheet(sheet: CalamineSheet, is_hidden: bool) -> RawSheet:
    if sheet.total_height > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    check_cells(sheet.total_height * sheet.total_width)
    rows = [tuple(_value(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    merges = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return RawSheet(visible_text(sheet.name).strip(), rows, merges=merges, is_hidden=is_hidden)


def _value(cell: object) -> RawValue:
    if isinstance(cell, str):
        text = visible_text(cell)
        return text if text.strip() else None
    if isinstance(cell, bool | int | date | datetime):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return str(cell)
