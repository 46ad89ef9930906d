"""The sheets of the template that hold one record a row: headings, HXL row, blank cells with data validation, lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from data.i18n import Translator
from data.importing.days import EARLIEST_DAY, LATEST_DAY
from data.records.layout import SheetField, SheetLayout
from data.records.sheet_kind import SheetKind
from data.records.table import sheet_kinds

HEADING_ROW, HXL_ROW, FIRST_ROW = 1, 2, 3
MONTHS_LIST = "months"

# The columns before it list codes, names and months of the communes that are asked.
_FIRST_LIST_COLUMN = 4
_TITLE_LENGTH, _MESSAGE_LENGTH = 32, 255
_NOT_KNOWN = ("ND", "غير متوفر")


def build_lists(communes: pd.DataFrame, t: Translator) -> dict[str, list[str]]:
    """What the cells may hold, by list: places as "code — name" with the outside of the province, and the words of each field."""
    names = communes["name_ar" if t.language == "ar" else "name_fr"]
    places = [f"{code} — {name}" for code, name in zip(communes["commune_code"], names, strict=True)]
    layouts = {kind.id: kind.layout() for kind in sheet_kinds()}
    outside = [t.label(layout.rules["outside"]["labels"]) for layout in layouts.values() if "outside" in layout.rules]
    lists = {"places": [*places, *outside[:1]], "communes": places}
    for name, layout in layouts.items():
        for field in layout.of_type("word"):
            lists[f"{name}.{field.id}"] = [t.label(word["labels"]) for word in field.words.values()]
    return lists


def place_lists(lists: Mapping[str, list[str]], sheet_name: str) -> dict[str, str]:
    """Range of each list on the sheet of lists, as a formula."""
    quoted = sheet_name.replace("'", "''")
    columns = ((key, xl_col_to_name(_FIRST_LIST_COLUMN + i), len(words)) for i, (key, words) in enumerate(lists.items()))
    return {key: f"='{quoted}'!${column}$2:${column}${count + 1}" for key, column, count in columns}


def write_lists(page: Any, lists: Mapping[str, list[str]], cell_format: Any) -> None:
    """The lists, one a column behind those of the monthly sheets."""
    for column, words in enumerate(lists.values(), _FIRST_LIST_COLUMN):
        page.set_column(column, column, 24)
        for row, word in enumerate(words, 1):
            page.write_string(row, column, word, cell_format)


def write_record_sheet(
    page: Any, kind: SheetKind, ranges: Mapping[str, str], formats: Mapping[str, Any], t: Translator
) -> None:
    """Headings with notes, HXL tags, and blank rows whose cells take only what the field may hold."""
    layout = kind.layout()
    page.write_string(0, 0, t("template.record_title", sheet=kind.label(t)), formats["title"])
    page.set_row(HEADING_ROW, 48)
    last_row = FIRST_ROW + layout.template_rows - 1
    for column, field in enumerate(layout.fields):
        page.set_column(column, column, 12 if field.type in ("month", "day", "persons", "number") else 26)
        page.write_string(HEADING_ROW, column, t.label(field.labels), formats["heading"])
        page.write_comment(HEADING_ROW, column, t.label(field.help), {"x_scale": 2, "font_size": 9})
        page.write_string(HXL_ROW, column, field.hxl, formats["hxl"])
        entry = formats[_FORMATS.get(field.type, "entry_text")]
        for row in range(FIRST_ROW, last_row + 1):
            page.write_blank(row, column, None, entry)
        page.data_validation(FIRST_ROW, column, last_row, column, _rule(kind.id, layout, field, column, ranges, t))
    page.freeze_panes(FIRST_ROW, 0)
    page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


_FORMATS = {"month": "entry_month", "day": "entry_day", "persons": "entry", "number": "entry_number"}


def _rule(
    kind_id: str, layout: SheetLayout, field: SheetField, column: int, ranges: Mapping[str, str], t: Translator
) -> dict[str, Any]:
    rule, message = _condition(kind_id, layout, field, xl_rowcol_to_cell(FIRST_ROW, column), ranges, t)
    said = f"{t.label(field.help)} {message}".strip()[:_MESSAGE_LENGTH]
    told = {"input_title": t.label(field.labels)[:_TITLE_LENGTH], "input_message": said}
    return {**rule, **told, "error_title": t("template.wrong_title"), "error_message": (message or said)[:_MESSAGE_LENGTH]}


def _condition(
    kind_id: str, layout: SheetLayout, field: SheetField, cell: str, ranges: Mapping[str, str], t: Translator
) -> tuple[dict[str, Any], str]:
    """What a cell may hold, and that in words."""
    if field.type == "month":
        return {"validate": "list", "source": ranges[MONTHS_LIST]}, t("template.record_month")
    if field.type == "day":
        days = {"minimum": EARLIEST_DAY, "maximum": LATEST_DAY}
        return {"validate": "date", "criteria": "between", **days}, t("template.record_day")
    if field.type == "commune":
        places = "places" if "outside" in layout.rules else "communes"
        return {"validate": "list", "source": ranges[places]}, t("template.record_word")
    if field.type == "word":
        return {"validate": "list", "source": ranges[f"{kind_id}.{field.id}"]}, t("template.record_word")
    if field.type == "persons":
        words = ",".join(f'{cell}="{word}"' for word in _NOT_KNOWN)
        formula = f"=IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),OR({words}))"
        return {"validate": "custom", "value": formula}, t("template.record_persons")
    if field.type == "number":
        bounds = {"minimum": field.minimum, "maximum": field.maximum}
        return {"validate": "decimal", "criteria": "between", **bounds}, t("template.record_number", **bounds)
    return {"validate": "any"}, ""
