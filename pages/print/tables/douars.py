"""The list of douars as CSV and as a workbook, each figure with its source and date; withheld stays empty."""

from __future__ import annotations

import io

import pandas as pd
import xlsxwriter

from data.i18n import Translator
from pages.print.tables.results import write_csv, write_hxl_row
from pages.words.douars import COLUMNS, build_table, write_source
from pages.words.view import View

_WHOLE = ("population", "households")
_PLACES = ("latitude", "longitude")
_WIDE = ("commune_name", "place_name", "source", "place_licence")


def write_douar_csv(view: View, douars: pd.DataFrame, *, hxl: bool = False) -> bytes:
    """The douars as CSV: codes as column names, for other programs; ``hxl``: with the row of HXL tags."""
    return write_csv(build_table(view, douars), hxl=hxl, name="douars")


def write_douar_workbook(view: View, douars: pd.DataFrame, *, hxl: bool = False) -> bytes:
    """The douars as a workbook in the reader's words: a real table, and a sheet that says what it is and what it is not; ``hxl``: with
    the row of HXL tags."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write_list(book, build_table(view, douars), view.t, hxl=hxl)
        _write_notes(book, view)
    return target.getvalue()


def _write_list(book: xlsxwriter.Workbook, table: pd.DataFrame, t: Translator, *, hxl: bool) -> None:
    page = _page(book, t("douar.sheet"), t)
    formats = {name: book.add_format({"num_format": pattern}) for name, pattern in _patterns(table).items()}
    words = table.assign(
        status=table["status"].map(lambda s: t("observation.suppressed" if s == "suppressed" else "provenance.measured")),
        place_match=table["place_match"].map(lambda m: t(f"douar.match_{m}") if m else ""),
    )
    first = write_hxl_row(page, COLUMNS, "douars") if hxl else 1
    for column, name in enumerate(COLUMNS):
        for row, value in enumerate(words[name], first):
            if name in formats:
                if pd.notna(value):
                    page.write_number(row, column, float(value), formats[name])
            else:
                page.write_string(row, column, str(value))
        page.set_column(column, column, 26 if name in _WIDE else 13)
    headings = [{"header": t("douar.date" if name == "reference_date" else f"column.{name}")} for name in COLUMNS]
    last = max(len(table) + first - 1, 1)
    page.add_table(0, 0, last, len(COLUMNS) - 1, {"columns": headings, "style": "Table Style Light 1"})
    page.freeze_panes(1, 4)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _patterns(table: pd.DataFrame) -> dict[str, str]:
    """The number format of each column of numbers."""
    numbers = table.select_dtypes("number").columns
    return {n: "0.00000" if n in _PLACES else "#,##0" if n in _WHOLE else "#,##0.00" for n in numbers}


def _write_notes(book: xlsxwriter.Workbook, view: View) -> None:
    page = _page(book, view.t("table.notes"), view.t)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    notes = [write_source(view), *(view.t(f"douar.note_{n}") for n in range(1, 5))]
    page.set_column(0, 0, 110)
    for row, text in enumerate(notes):
        page.write_string(row, 0, text, wrapped)


def _page(book: xlsxwriter.Workbook, title: str, t: Translator) -> xlsxwriter.worksheet.Worksheet:
    page = book.add_worksheet(title)
    if t.direction == "rtl":
        page.right_to_left()
    return page
