"""Who does what, where (3W): the actions as a file with headings and HXL tags, that reads back to the same actions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pandas as pd
import xlsxwriter

from data.exporting.inert import inert_text
from data.i18n import Translator
from data.province import Province
from data.records.actions import ACTIONS
from data.records.layout import SheetField

# What other programs ask for beside our own columns; they are known and not read when the file comes back.
_PLACES = (("Admin 2", "#adm2+name"), ("Admin 3", "#adm3+name"))
_FACTS = (("provenance", "#meta+provenance"), ("reliability", "#meta+reliability"))
_SMALL = 5


def write_3w_csv(
    actions: pd.DataFrame, names: Mapping[str, str], province: Province, t: Translator, *, exact: bool
) -> bytes:
    """The actions as CSV: UTF-8 with a mark, headings in the reader's language, then HXL tags.

    Args:
        actions: the columns of the kind, ``organisation`` as it was written.
        names: of communes by code.
        exact: counts of people under five stand as they are; otherwise they are left out, as they are everywhere.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    for row in _rows(actions, names, province, t, exact=exact):
        writer.writerow([_written(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def write_3w_workbook(
    actions: pd.DataFrame, names: Mapping[str, str], province: Province, t: Translator, *, exact: bool
) -> bytes:
    """The same as XLSX, real dates and numbers; no text is a formula."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(ACTIONS.label(t)[:31])
        if t.direction == "rtl":
            page.right_to_left()
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(_rows(actions, names, province, t, exact=exact)):
            for column, cell in enumerate(row):
                if isinstance(cell, pd.Timestamp):
                    page.write_datetime(number, column, cell.to_pydatetime(), day)
                elif isinstance(cell, float):
                    page.write_number(number, column, cell)
                elif cell:
                    page.write_string(number, column, cell, bold if number == 0 else None)
        page.freeze_panes(2, 1)
        page.autofilter(1, 0, max(1, len(actions) + 1), len(_fields()) + len(_PLACES) + len(_FACTS) - 1)
    return target.getvalue()


def _written(cell: str | float | pd.Timestamp) -> str:
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    return inert_text(cell)


def _fields() -> tuple[SheetField, ...]:
    return ACTIONS.layout().fields


def _rows(
    actions: pd.DataFrame, names: Mapping[str, str], province: Province, t: Translator, *, exact: bool
) -> Iterator[list[str | float | pd.Timestamp]]:
    """Headings, tags, then one row an action."""
    fields = _fields()
    yield [*(t.label(field.labels) for field in fields), *(name for name, _ in (*_PLACES, *_FACTS))]
    yield [*(field.hxl for field in fields), *(tag for _, tag in (*_PLACES, *_FACTS))]
    for action in actions.to_dict("records"):
        own = [_cell(field, action[field.id], t, exact=exact) for field in fields]
        commune = names.get(str(action["commune_code"]), "")
        yield [*own, t.label(province.names), commune, *(str(action[name]) for name, _ in _FACTS)]


def _cell(field: SheetField, value: object, t: Translator, *, exact: bool) -> str | float | pd.Timestamp:
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    if field.type == "day":
        return pd.Timestamp(str(value))
    if field.type == "number":
        number = float(str(value))
        return "" if field.id in ("targeted", "reached") and 0 < number < _SMALL and not exact else number
    return t.label(field.words[str(value)]["labels"]) if field.type == "word" and value else str(value)
