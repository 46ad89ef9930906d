"""The workbook that a commune fills each month: one sheet a service, communes and months prefilled, with data validation and
protected cells; then one sheet for each kind of record."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from data.exporting import template_records
from data.exporting.entry_rules import figure_rule
from data.i18n import Translator
from data.loaders.today import monthly_sheets
from data.loaders.variables import Sheet, Variable
from data.records.sheet_kind import SheetKind
from data.records.table import sheet_kinds

HEADING_ROW, HXL_ROW, FIRST_ROW = 1, 2, 3
IDENTITY_HXL = ("#adm3+code", "#adm3+name", "#date+month")
# Columns of names and definitions on the first sheet, in digits, wider than most letters; a line is so many points high.
_WORDS_WIDTHS, _LINE_HEIGHT = (52, 70), 15
_ENTRY = {"locked": False, "border": 1, "border_color": "#cbd2d9"}
_ENTRY_NUMBERS = {
    "entry": "#,##0.##",
    "entry_month": "yyyy-mm",
    "entry_day": "yyyy-mm-dd",
    "entry_number": "General",
    "entry_text": "@",
}


# What is there at the end of a month may be there still; what happened in a month is counted anew.
PREFILLED_KINDS = ("stock", "share")

Before = Mapping[tuple[str, str], float]


def build_template(
    communes: pd.DataFrame,
    months: Sequence[date],
    t: Translator,
    everywhere: pd.DataFrame | None = None,
    before: Before | None = None,
) -> bytes:
    """The workbook as XLSX: how to fill it, one sheet a service with headings, HXL row and guarded cells, one a kind of
    record, the lists.

    Args:
        communes: ``commune_code, name_fr, name_ar``, one row for each commune to ask.
        months: first days of the months to ask.
        everywhere: the communes that people may come from or go to, where they are more than those asked.
        before: figures of the month before the first one by commune and variable (``data.exporting.month_before``): stocks and
            shares are written, to be confirmed or changed, in the row of the first month.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm"}) as book:
        writer = _TemplateWriter(book, communes, months, t, communes if everywhere is None else everywhere, before or {})
        writer.write_instructions()
        for sheet in monthly_sheets():
            writer.write_service(sheet)
        for kind in sheet_kinds():
            writer.write_records(kind)
        writer.write_lists()
    return target.getvalue()


def build_long_template(communes: pd.DataFrame, months: Sequence[date], t: Translator) -> bytes:
    """The same figures as a long CSV (UTF-8 with BOM, semicolons): one row a commune, month and variable, value empty."""
    target = io.StringIO()
    lines = csv.writer(target, delimiter=";", lineterminator="\r\n")
    lines.writerow(
        ["commune_code", "commune_name", "reference_date", "variable", "label", "unit", "value", "status", "source"]
    )
    for commune in communes.itertuples():
        for month in months:
            for variable in (v for sheet in monthly_sheets() for v in sheet.variables):
                lines.writerow(
                    [
                        commune.commune_code,
                        _name(commune, t),
                        f"{month:%Y-%m}",
                        variable.id,
                        t.label(variable.labels),
                        t(f"unit.{variable.unit}"),
                        "",
                        "",
                        "",
                    ]
                )
    return target.getvalue().encode("utf-8-sig")


def _make_room(page: Any, row: int, *texts: str) -> None:
    """Set the height of a row to what its longest text needs: not every program adapts it on opening."""
    lines = max(math.ceil(0.9 * len(text) / width) for text, width in zip(texts, _WORDS_WIDTHS, strict=True))
    if lines > 1:
        page.set_row(row, lines * _LINE_HEIGHT)


def _name(commune: Any, t: Translator) -> str:
    return str(commune.name_ar if t.language == "ar" else commune.name_fr)


class _TemplateWriter:
    """Writes the sheets of one template; holds the book, its formats and what is asked of whom."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        communes: pd.DataFrame,
        months: Sequence[date],
        t: Translator,
        everywhere: pd.DataFrame,
        before: Before,
    ) -> None:
        self.book, self.communes, self.months, self.t, self.before = book, communes, months, t, before
        self.lists = template_records.build_lists(everywhere, t)
        # Reading order of the cells (bidirectional text): without it a full stop or a leading number stands at the wrong
        # end of an Arabic sentence.
        reading_order = 2 if t.direction == "rtl" else 1
        base = {"font_name": "Noto Sans", "font_size": 10, "valign": "vcenter", "reading_order": reading_order}
        self.formats = {
            "title": book.add_format({**base, "bold": True, "font_size": 14, "font_color": "#1b5e7b"}),
            "heading": book.add_format(
                {**base, "bold": True, "text_wrap": True, "bg_color": "#e6eef2", "border": 1, "border_color": "#cbd2d9"}
            ),
            "hxl": book.add_format({**base, "font_size": 8, "font_color": "#7b8794"}),
            "identity": book.add_format({**base, "bg_color": "#f5f7f8", "border": 1, "border_color": "#cbd2d9"}),
            "month": book.add_format(
                {**base, "bg_color": "#f5f7f8", "border": 1, "border_color": "#cbd2d9", "num_format": "yyyy-mm"}
            ),
            **{name: book.add_format({**base, **_ENTRY, "num_format": number}) for name, number in _ENTRY_NUMBERS.items()},
            "before": book.add_format({**base, **_ENTRY, "num_format": "#,##0.##", "italic": True, "font_color": "#52606d"}),
            "before_note": book.add_format({**base, "italic": True, "font_color": "#52606d"}),
            "text": book.add_format({**base, "text_wrap": True, "valign": "top"}),
        }

    def write_instructions(self) -> None:
        """Steps, then every figure that is asked for, with definition and unit."""
        t, page = self.t, self._new_sheet(self.t("template.instructions"))
        for column, width in enumerate(_WORDS_WIDTHS):
            page.set_column(column, column, width)
        page.set_column(2, 3, 20)
        page.write_string(0, 0, t("template.heading"), self.formats["title"])
        for number in range(1, 7):
            page.merge_range(number, 0, number, 3, "", self.formats["text"])
            page.write_string(number, 0, f"{number}. {t(f'template.step_{number}')}", self.formats["text"])
            page.set_row(number, 30)
        row = 8
        for sheet in monthly_sheets():
            page.write_string(row, 0, t.label(sheet.labels), self.formats["title"])
            for column, key in enumerate(("variable", "definition", "unit", "kind")):
                page.write_string(row + 1, column, t(f"template.{key}"), self.formats["heading"])
            for row, variable in enumerate(sheet.variables, row + 2):  # noqa: B020  (the next sheet goes on below)
                self._describe(page, row, variable)
            row += 2
        for kind in sheet_kinds():
            row = self._describe_records(page, row, kind)

    def _describe_records(self, page: Any, row: int, kind: SheetKind) -> int:
        """The columns of a sheet of records; returns the row after them."""
        t, fields = self.t, kind.layout().fields
        page.write_string(row, 0, kind.label(t), self.formats["title"])
        for column, key in enumerate(("variable", "definition")):
            page.write_string(row + 1, column, t(f"template.{key}"), self.formats["heading"])
        for at, entry in enumerate(fields, row + 2):
            page.write_string(at, 0, t.label(entry.labels), self.formats["text"])
            page.write_string(at, 1, t.label(entry.help), self.formats["text"])
            _make_room(page, at, t.label(entry.labels), t.label(entry.help))
        return row + len(fields) + 3

    def _describe(self, page: Any, row: int, variable: Variable) -> None:
        t = self.t
        cells = (
            t.label(variable.labels),
            t.label(variable.help),
            t(f"unit.{variable.unit}"),
            t(f"template.kind_{variable.kind}"),
        )
        for column, text in enumerate(cells):
            page.write_string(row, column, text, self.formats["text"])
        _make_room(page, row, *cells[:2])

    def write_service(self, sheet: Sheet) -> None:
        """One service: a row for each commune and month."""
        t, page = self.t, self._new_sheet(self.t.label(sheet.labels))
        last_row = FIRST_ROW + len(self.communes) * len(self.months) - 1
        page.write_string(0, 0, t("template.title", sheet=t.label(sheet.labels)), self.formats["title"])
        if self.before:
            month_before = pd.Timestamp(self.months[0]) - pd.offsets.MonthBegin(1)
            page.write_string(0, 6, t("template.before", month=t.month(month_before)), self.formats["before_note"])
        self._write_headings(page, sheet)
        row = FIRST_ROW
        for commune in self.communes.itertuples():
            for month in self.months:
                page.write_string(row, 0, commune.commune_code, self.formats["identity"])
                page.write_string(row, 1, _name(commune, t), self.formats["identity"])
                page.write_datetime(row, 2, month, self.formats["month"])
                for column, variable in enumerate(sheet.variables, 3):
                    self._write_entry(page, row, column, self._known(commune.commune_code, month, variable))
                row += 1
        self._guard_identity(page, last_row)
        for column, variable in enumerate(sheet.variables, 3):
            rule = figure_rule(variable, xl_rowcol_to_cell(FIRST_ROW, column), self.t)
            page.data_validation(FIRST_ROW, column, last_row, column, rule)
        page.freeze_panes(FIRST_ROW, 3)
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})

    def _known(self, commune: str, month: date, variable: Variable) -> float | None:
        """The figure of the month before that a cell of the first month is filled with."""
        is_asked = month == self.months[0] and variable.kind in PREFILLED_KINDS
        return self.before.get((commune, variable.id)) if is_asked else None

    def _write_entry(self, page: Any, row: int, column: int, value: float | None) -> None:
        if value is None:
            page.write_blank(row, column, None, self.formats["entry"])
        else:
            page.write_number(row, column, value, self.formats["before"])

    def _write_headings(self, page: Any, sheet: Sheet) -> None:
        t = self.t
        page.set_column(0, 0, 13)
        page.set_column(1, 1, 22)
        page.set_column(2, 2, 10)
        page.set_column(3, 2 + len(sheet.variables), 17)
        page.set_row(HEADING_ROW, 64)
        headings = [t("template.commune_code"), t("template.commune_name"), t("template.month")]
        tags = list(IDENTITY_HXL)
        for variable in sheet.variables:
            headings.append(t.label(variable.labels))
            tags.append(variable.hxl)
        for column, (heading, tag) in enumerate(zip(headings, tags, strict=True)):
            page.write_string(HEADING_ROW, column, heading, self.formats["heading"])
            page.write_string(HXL_ROW, column, tag, self.formats["hxl"])
        for column, variable in enumerate(sheet.variables, 3):
            note = f"{t.label(variable.help)}\n{t(f'unit.{variable.unit}')}, {t(f'template.kind_{variable.kind}')}"
            page.write_comment(HEADING_ROW, column, note, {"x_scale": 2, "font_size": 9})

    def _guard_identity(self, page: Any, last_row: int) -> None:
        """Communes and months come from the lists."""
        lists = self.t("template.lists").replace("'", "''")
        for column, count, key in ((1, len(self.communes), "commune_list"), (2, len(self.months), "month_list")):
            letter = xl_col_to_name(column)
            source = f"='{lists}'!${letter}$2:${letter}${count + 1}"
            rule = {"validate": "list", "source": source, "error_message": self.t(f"template.{key}")}
            page.data_validation(FIRST_ROW, column, last_row, column, rule)

    def write_records(self, kind: SheetKind) -> None:
        """Records of one kind: blank rows to fill."""
        lists = self.t("template.lists")
        months = f"='{lists.replace(chr(39), chr(39) * 2)}'!$C$2:$C${len(self.months) + 1}"
        ranges = {**template_records.place_lists(self.lists, lists), template_records.MONTHS_LIST: months}
        page = self._new_sheet(kind.label(self.t))
        template_records.write_record_sheet(page, kind, ranges, self.formats, self.t)

    def write_lists(self) -> None:
        """Codes, names and months that the cells may hold."""
        page = self._new_sheet(self.t("template.lists"))
        page.set_column(0, 1, 24)
        for column, key in enumerate(("commune_code", "commune_name", "month")):
            page.write_string(0, column, self.t(f"template.{key}"), self.formats["heading"])
        for row, commune in enumerate(self.communes.itertuples(), 1):
            page.write_string(row, 0, commune.commune_code, self.formats["identity"])
            page.write_string(row, 1, _name(commune, self.t), self.formats["identity"])
        for row, month in enumerate(self.months, 1):
            page.write_datetime(row, 2, month, self.formats["month"])
        template_records.write_lists(page, self.lists, self.formats["identity"])

    def _new_sheet(self, name: str) -> Any:
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        if self.t.direction == "rtl":
            page.right_to_left()
        return page
