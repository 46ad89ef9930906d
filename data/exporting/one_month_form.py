"""The figures of one commune and month as a form to print or to type in: one page a service, French and Arabic side by side."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from data.exporting.entry_rules import figure_rule
from data.i18n import NO_VALUE, Translator
from data.loaders.today import monthly_sheets
from data.loaders.variables import Sheet, Variable

_LANGUAGES = ("fr", "ar")
# Label, unit, month before, value, label again: in digits.
_WIDTHS = (50, 15, 13, 15, 46)
_HEADING_ROW, _FIRST_ROW = 5, 6
_FRENCH, _UNIT, _BEFORE, _VALUE, _ARABIC = range(5)


@dataclass(frozen=True, slots=True)
class OneMonth:
    """What a form is made for: a commune with its names, a month, and the figures of the month before by variable."""

    commune_code: str
    names: Mapping[str, str]
    month: date
    before: Mapping[str, float]


def build_form(asked: OneMonth) -> bytes:
    """The form as XLSX; the importer reads it as it is, printed it is filled by hand."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        writer = _FormWriter(book, asked)
        for sheet in monthly_sheets():
            if sheet.variables:
                writer.write(sheet)
    return target.getvalue()


class _FormWriter:
    """Writes the pages of one form."""

    def __init__(self, book: xlsxwriter.Workbook, asked: OneMonth) -> None:
        self.book, self.asked = book, asked
        self.t = {language: Translator(language) for language in _LANGUAGES}
        base = {"font_name": "Noto Sans", "font_size": 10, "valign": "vcenter", "text_wrap": True}
        line = {"border": 1, "border_color": "#7b8794"}
        arabic = {"reading_order": 2, "align": "right"}
        self.formats = {
            "title": book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False}),
            "title_ar": book.add_format({**base, **arabic, "bold": True, "font_size": 14, "text_wrap": False}),
            "label": book.add_format({**base, "bold": True}),
            "said": book.add_format({**base, "bold": True, "align": "left", "text_wrap": False}),
            "heading": book.add_format({**base, **line, "bold": True, "bg_color": "#e6eef2"}),
            "cell": book.add_format({**base, **line}),
            "arabic": book.add_format({**base, **line, **arabic}),
            "before": book.add_format({**base, **line, "font_color": "#52606d", "num_format": "#,##0.##", "align": "right"}),
            "entry": book.add_format({**base, **line, "locked": False, "num_format": "#,##0.##"}),
            "note": book.add_format({**base, "font_size": 9, "font_color": "#52606d", "text_wrap": False}),
            "note_ar": book.add_format({**base, **arabic, "font_size": 9, "font_color": "#52606d", "text_wrap": False}),
        }

    def write(self, sheet: Sheet) -> None:
        """One service on one page."""
        page = self.book.add_worksheet(self.t["fr"].label(sheet.labels))
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        self._write_head(page, sheet)
        for row, variable in enumerate(sheet.variables, _FIRST_ROW):
            self._write_variable(page, row, variable)
        self._write_foot(page, _FIRST_ROW + len(sheet.variables) + 1)
        page.set_paper(9)
        page.set_portrait()
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        page.fit_to_pages(1, 1)
        page.freeze_panes(_FIRST_ROW, 0)
        page.protect("", {"format_columns": True, "format_rows": True})

    def _write_head(self, page: Any, sheet: Sheet) -> None:
        fr, ar = self.t["fr"], self.t["ar"]
        page.write_string(0, _FRENCH, fr("template.title", sheet=fr.label(sheet.labels)), self.formats["title"])
        page.write_string(0, _ARABIC, ar("template.title", sheet=ar.label(sheet.labels)), self.formats["title_ar"])
        month = pd.Timestamp(self.asked.month)
        said = (
            ("template.commune_name", " — ".join(dict.fromkeys(self.asked.names[language] for language in _LANGUAGES))),
            ("template.commune_code", self.asked.commune_code),
            ("template.month", f"{month:%Y-%m}"),
        )
        for row, (key, value) in enumerate(said, 1):
            page.write_string(row, _FRENCH, f"{fr(key)} / {ar(key)}", self.formats["label"])
            page.write_string(row, _UNIT, value, self.formats["said"])
        headings = (
            fr("template.variable"),
            fr("template.unit"),
            fr("form.before"),
            fr("form.value"),
            ar("template.variable"),
        )
        for column, heading in enumerate(headings):
            page.write_string(_HEADING_ROW, column, heading, self.formats["heading"])

    def _write_variable(self, page: Any, row: int, variable: Variable) -> None:
        fr, ar = self.t["fr"], self.t["ar"]
        page.set_row(row, 30)
        page.write_string(row, _FRENCH, fr.label(variable.labels), self.formats["cell"])
        page.write_string(row, _UNIT, fr(f"unit.{variable.unit}"), self.formats["cell"])
        before = self.asked.before.get(variable.id)
        if before is None:
            page.write_string(row, _BEFORE, NO_VALUE, self.formats["before"])
        else:
            page.write_number(row, _BEFORE, before, self.formats["before"])
        page.write_blank(row, _VALUE, None, self.formats["entry"])
        page.write_string(row, _ARABIC, ar.label(variable.labels), self.formats["arabic"])
        page.data_validation(row, _VALUE, row, _VALUE, figure_rule(variable, xl_rowcol_to_cell(row, _VALUE), fr))

    def _write_foot(self, page: Any, row: int) -> None:
        for number, key in enumerate(("template.step_2", "template.step_3", "template.step_5", "form.signed")):
            page.write_string(row + 2 * number, _FRENCH, self.t["fr"](key), self.formats["note"])
            page.write_string(row + 2 * number + 1, _ARABIC, self.t["ar"](key), self.formats["note_ar"])
