"""All figures of one commune and month on one page of paper, French and Arabic side by side: printed, filled by hand or typed in.

The services stand in two halves. A spreadsheet gives both halves of a row one height, so that labels of two lines in a font of
7.7 points fit a page of some eighty questions; more of them are printed smaller.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, zip_longest
from textwrap import wrap
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from data.exporting.entry_rules import figure_rule
from data.exporting.one_month_form import OneMonth
from data.i18n import Translator
from data.loaders.today import monthly_sheets
from data.loaders.variables import Sheet, Variable

LANGUAGES = ("fr", "ar")
FONT_SIZE = 7.7
# A4 in points, without the margins that a printer leaves.
PAGE, MARGIN = (595, 842), 12
# In pixels, three for four points: French, value, unit, Arabic; then what parts the halves.
WIDTHS, BETWEEN = (154, 44, 18, 138), 4
# How many letters of the font stand in a line of a label.
_LETTERS = {"fr": 31, "ar": 34}
# A line of the font in points, and what a row has beside its lines; a figure is written by hand in no less than a row's height.
_LINE, _BESIDE, LOWEST = 8.63, 0.3, 12.5
_FRENCH, _VALUE, _UNIT, _ARABIC = range(4)
_HALF = len(WIDTHS) + 1
_HEADING_ROW = 3
_STEPS = ("template.step_2", "template.step_3", "template.step_5", "form.signed")

# What a half says in a row: the title of a service, or a question.
_Line = Sheet | Variable


def build_page(asked: OneMonth) -> bytes:
    """The page as XLSX; the importer reads it as it is. What was reported before does not stand on it."""
    target = io.BytesIO()
    # Widths of columns are counted in digits of this font: one that every office has, or has another of the same width for.
    font = {"font_name": "Arial", "font_size": 10}
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_format_properties": font}) as book:
        _PageWriter(book, asked).write()
    return target.getvalue()


def split_halves(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """The services in their order, whole, in two halves as equal as they can be."""
    sizes = list(accumulate(1 + len(sheet.variables) for sheet in sheets))
    cut = min(range(len(sheets) + 1), key=lambda at: abs(2 * (sizes[at - 1] if at else 0) - sizes[-1]))
    return list(sheets[:cut]), list(sheets[cut:])


class _PageWriter:
    """Writes the one page."""

    def __init__(self, book: xlsxwriter.Workbook, asked: OneMonth) -> None:
        self.asked = asked
        self.fr, self.ar = (Translator(language) for language in LANGUAGES)
        self.page: Any = book.add_worksheet(f"{pd.Timestamp(asked.month):%Y-%m}")
        base = {"font_name": "Arial", "font_size": FONT_SIZE, "valign": "vcenter", "text_wrap": True}
        line = {"border": 1, "border_color": "#7b8794"}
        arabic = {"reading_order": 2, "align": "right"}
        filled = {"bold": True, "bg_color": "#e6eef2"}
        self.formats = {
            "title": book.add_format({**base, "bold": True, "font_size": 10, "text_wrap": False}),
            "title_ar": book.add_format({**base, **arabic, "bold": True, "font_size": 10, "text_wrap": False}),
            "said": book.add_format({**base, "bold": True, "align": "left", "text_wrap": False}),
            "heading": book.add_format({**base, **line, **filled}),
            "heading_ar": book.add_format({**base, **line, **filled, **arabic}),
            "cell": book.add_format({**base, **line}),
            "arabic": book.add_format({**base, **line, **arabic}),
            "entry": book.add_format({**base, **line, "locked": False, "font_size": 9, "num_format": "#,##0.##"}),
            "note": book.add_format({**base, "valign": "top"}),
            "note_ar": book.add_format({**base, **arabic, "valign": "top"}),
        }

    def write(self) -> None:
        """Head, both halves, and below the shorter one how it is filled in and who signs."""
        halves = [list(_lines_of(sheets)) for sheets in split_halves([s for s in monthly_sheets() if s.variables])]
        self._set_columns()
        self._write_head(len(halves))
        for row, lines in enumerate(zip_longest(*halves), _HEADING_ROW + 1):
            self.page.set_row(row, max(_height_of(line) for line in lines if line is not None))
            for half, line in enumerate(lines):
                self._write_line(row, half * _HALF, line)
        lengths = [len(lines) for lines in halves]
        shorter = lengths.index(min(lengths))
        self._write_foot(shorter * _HALF, _HEADING_ROW + 1 + min(lengths), _HEADING_ROW + max(lengths))
        self._set_page()

    def _set_columns(self) -> None:
        for half in range(2):
            for at, width in enumerate(WIDTHS):
                self.page.set_column_pixels(half * _HALF + at, half * _HALF + at, width)
        self.page.set_column_pixels(_HALF - 1, _HALF - 1, BETWEEN)

    def _write_head(self, halves: int) -> None:
        fr, ar, last = self.fr, self.ar, halves * _HALF - 2
        for t, column, style in ((fr, 0, "title"), (ar, last, "title_ar")):
            title = f"{t('xlsform.title')} — {self.asked.names[t.language]}"
            self.page.write_string(0, column, title, self.formats[style])
        # One a row: two of them beside each other would be headings of a table.
        said = (
            ("template.commune_code", self.asked.commune_code),
            ("template.month", f"{pd.Timestamp(self.asked.month):%Y-%m}"),
        )
        for row, (key, value) in enumerate(said, 1):
            self.page.write_string(row, _FRENCH, f"{fr(key)} / {ar(key)}", self.formats["said"])
            self.page.write_string(row, _VALUE, value, self.formats["said"])
        for row, height in ((0, 14), (1, 11), (2, 11), (_HEADING_ROW, LOWEST)):
            self.page.set_row(row, height)
        for start in range(0, halves * _HALF, _HALF):
            headings = (fr("template.variable"), fr("form.value"), "", ar("template.variable"))
            for at, heading in enumerate(headings):
                style = "heading_ar" if at == _ARABIC else "heading"
                self.page.write_string(_HEADING_ROW, start + at, heading, self.formats[style])

    def _write_line(self, row: int, start: int, line: _Line | None) -> None:
        fr, ar, formats = self.fr, self.ar, self.formats
        if line is None:
            return
        kind = "heading" if isinstance(line, Sheet) else "cell"
        self.page.write_string(row, start + _FRENCH, fr.label(line.labels), formats[kind])
        arabic = "heading_ar" if isinstance(line, Sheet) else "arabic"
        self.page.write_string(row, start + _ARABIC, ar.label(line.labels), formats[arabic])
        self.page.write_blank(row, start + _UNIT, None, formats[kind])
        if isinstance(line, Sheet):
            self.page.write_blank(row, start + _VALUE, None, formats[kind])
            return
        # What is counted is said by its label; a sign of a measure is not.
        unit = fr(f"unit.{line.unit}")
        if len(unit) < len("m²") + 1:
            self.page.write_string(row, start + _UNIT, unit, formats["cell"])
        self.page.write_blank(row, start + _VALUE, None, formats["entry"])
        cell = xl_rowcol_to_cell(row, start + _VALUE)
        self.page.data_validation(cell, figure_rule(line, cell, fr))

    def _write_foot(self, start: int, first: int, last: int) -> None:
        """How it is filled in, in the space that is left; below both halves where there is none."""
        first = first if last - first >= 1 else last + 1
        french, arabic = ("\n".join(t(key) for key in _STEPS) for t in (self.fr, self.ar))
        end = max(last, first + 1)
        self.page.merge_range(first, start, end, start + _VALUE, french, self.formats["note"])
        self.page.merge_range(first, start + _UNIT, end, start + _ARABIC, arabic, self.formats["note_ar"])

    def _set_page(self) -> None:
        inches = MARGIN / 72
        self.page.set_paper(9)
        self.page.set_portrait()
        self.page.set_margins(left=inches, right=inches, top=inches, bottom=inches)
        self.page.center_horizontally()
        self.page.fit_to_pages(1, 1)
        self.page.freeze_panes(_HEADING_ROW + 1, 0)
        self.page.protect("", {"format_columns": True, "format_rows": True})


def _lines_of(sheets: Sequence[Sheet]) -> Iterator[_Line]:
    return chain.from_iterable((sheet, *sheet.variables) for sheet in sheets)


def _height_of(line: _Line) -> float:
    """Of a row, in points: as many lines as the longer of its labels takes."""
    lines = max(len(wrap(line.labels[language], letters)) for language, letters in _LETTERS.items())
    return max(LOWEST, _LINE * lines + _BESIDE)
