"""Tables that are written as they stand, one a sheet of a workbook, with a sheet of notes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pandas as pd
import xlsxwriter

from data.i18n import Translator

_WIDEST, _NARROWEST = 60, 11


def write_tables(tables: Mapping[str, pd.DataFrame], notes: Sequence[str], t: Translator) -> bytes:
    """A workbook of tables by the name of their sheet: numbers as numbers, everything else as text that no spreadsheet runs."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, table in tables.items():
            _write_table(book, name, table, t)
        page = _new_page(book, t("table.notes"), t)
        page.set_column(0, 0, 110)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for row, text in enumerate(notes):
            page.write_string(row, 0, text, wrapped)
    return target.getvalue()


def _write_table(book: xlsxwriter.Workbook, name: str, table: pd.DataFrame, t: Translator) -> None:
    page = _new_page(book, name, t)
    for column, heading in enumerate(table.columns):
        is_number = pd.api.types.is_numeric_dtype(table[heading])
        for row, value in enumerate(table[heading], 1):
            if is_number and pd.notna(value):
                page.write_number(row, column, float(value))
            elif not is_number:
                page.write_string(row, column, str(value))
        longest = max([len(str(heading)) + 3, *(len(str(value)) for value in table[heading].head(200))])
        page.set_column(column, column, min(_WIDEST, max(_NARROWEST, longest)))
    headings = [{"header": str(heading)} for heading in table.columns]
    page.add_table(0, 0, max(len(table), 1), len(headings) - 1, {"columns": headings, "style": "Table Style Light 1"})
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _new_page(book: xlsxwriter.Workbook, name: str, t: Translator) -> xlsxwriter.worksheet.Worksheet:
    page = book.add_worksheet(name[:31])
    if t.direction == "rtl":
        page.right_to_left()
    return page
