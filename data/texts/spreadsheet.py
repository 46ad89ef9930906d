"""The spreadsheet of all texts: written as text, never as a formula, and read back cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from data.i18n import Translator
from data.importing.findings import RefusedError
from data.languages import LANGUAGES
from data.texts.catalogue import TextRow
from data.texts.reviews import ROLES, Reviews, mark, standing
from data.texts.where_seen import load_where_seen

SHEET = "texts"
_REVIEW = tuple(f"{language}_reviewed_{what}" for language in LANGUAGES for what in ("by", "on"))
COLUMNS = ("key", "form", "area", "seen", "limit", *LANGUAGES, *_REVIEW, "version")
NEEDED = ("key", "form", *LANGUAGES, *_REVIEW, "version")
_WIDTHS = {"key": 34, "form": 8, "area": 18, "seen": 26, "limit": 14, **dict.fromkeys(LANGUAGES, 60)}
_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a spreadsheet by column; ``number`` is its row there."""

    number: int
    values: Mapping[str, Any]
    letters: Mapping[str, str]

    @property
    def key(self) -> str:
        """Key of the text."""
        return str(self.values["key"])

    @property
    def form(self) -> str:
        """Plural form, empty where nothing is counted."""
        return str(self.values["form"])

    @property
    def version(self) -> str:
        """Mark of the three texts when they were exported."""
        return str(self.values["version"])

    @property
    def id(self) -> str:
        """The name of the row, as ``TextRow.id``."""
        return f"{self.key} [{self.form}]" if self.form else self.key

    def cell(self, column: str) -> str:
        """Address of a cell."""
        return f"{self.letters[column]}{self.number}"


def review_role(said: object) -> str | None:
    """The role that a cell names, in any language or by its name in the files."""
    for role in ROLES:
        if str(said).strip() in (role, *(Translator(language)(f"texts.role_{role}") for language in LANGUAGES)):
            return role
    return None


def build_spreadsheet(rows: Sequence[TextRow], reviews: Reviews, t: Translator) -> bytes:
    """All texts as XLSX, and a sheet that says how to correct them."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#e4e9ee"}),
            "fixed": book.add_format({"font_color": "#52606d", "valign": "top", "num_format": "@"}),
            "ltr": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            "rtl": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "reading_order": 2}),
        }
        page = book.add_worksheet(SHEET)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        for at, column in enumerate(COLUMNS):
            page.set_column(at, at, _WIDTHS.get(column, 16))
            page.write_string(0, at, column, formats["head"])
        for number, row in enumerate(rows, 1):
            for at, (column, text) in enumerate(_cells(row, reviews, t).items()):
                page.write_string(number, at, text, formats[_format(column, t)])
        _offer_roles(page, len(rows), t)
        notes = book.add_worksheet(t("texts.notes"))
        notes.set_column(0, 0, 110)
        if t.direction == "rtl":
            notes.right_to_left()
        for number in range(1, 7):
            notes.write_string(number - 1, 0, t(f"texts.note_{number}"), formats[t.direction])
    return target.getvalue()


def _format(column: str, t: Translator) -> str:
    return t.into(column).direction if column in LANGUAGES else "fixed"


def _cells(row: TextRow, reviews: Reviews, t: Translator) -> dict[str, str]:
    where = load_where_seen()
    limits = {language: where.limit(row.key, language) for language in LANGUAGES}
    seen = t("sign.comma").join(
        t(f"screen.{place}") if t.has(f"screen.{place}") else t(f"texts.place_{place}")
        for place in where.places(row.area, row.key)
    )
    limit = " ".join(f"{language} {most}" for language, most in limits.items() if most is not None)
    cells = {"key": row.key, "form": row.form, "area": row.area, "seen": seen, "limit": limit, **row.texts}
    for language in LANGUAGES:
        review = standing(row, language, reviews)
        cells[f"{language}_reviewed_by"] = t(f"texts.role_{review.by}") if review else ""
        cells[f"{language}_reviewed_on"] = review.on.isoformat() if review else ""
    return {**cells, "version": mark(*(row.texts[language] for language in LANGUAGES))}


def _offer_roles(page: xlsxwriter.worksheet.Worksheet, rows: int, t: Translator) -> None:
    offered = {"validate": "list", "source": [t(f"texts.role_{role}") for role in ROLES], "error_type": "warning"}
    for at in (at for at, column in enumerate(COLUMNS) if column.endswith("_by")):
        page.data_validation(1, at, rows, at, offered)


def read_spreadsheet(content: bytes) -> list[SheetRow]:
    """The rows of a corrected spreadsheet.

    Raises:
        RefusedError: no workbook, too large, or a column that is needed is not there.
    """
    try:
        if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist()) > _LARGEST:
            raise RefusedError("file_too_large", limit=_LARGEST // 1_000_000)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        page = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        read = [tuple(row) for row in page.iter_rows(values_only=True)]
    except RefusedError:
        raise
    except Exception as error:
        # Whatever a damaged file makes of the library: it holds no texts that could be taken.
        raise RefusedError("file_damaged") from error
    heads = [str(head or "").strip() for head in (read[0] if read else ())]
    missing = [column for column in NEEDED if column not in heads]
    if missing:
        raise RefusedError("texts_column_missing", columns=", ".join(missing))
    letters = {column: get_column_letter(heads.index(column) + 1) for column in NEEDED}
    return [
        SheetRow(number, {column: _value(column, row[heads.index(column)]) for column in NEEDED}, letters)
        for number, row in enumerate(read[1:], 2)
        if any(value is not None for value in row)
    ]


def _value(column: str, value: Any) -> Any:
    """A blank is an empty text; the day of a review may be a text or a date."""
    if value is None:
        return ""
    if column.endswith("_reviewed_on"):
        if isinstance(value, datetime):
            return value.date()
        try:
            return date.fromisoformat(str(value).strip()) if str(value).strip() else ""
        except ValueError:
            return value
    return value.replace("_x000D_", "").replace("\r\n", "\n") if isinstance(value, str) else value
