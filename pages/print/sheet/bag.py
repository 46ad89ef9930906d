"""Every sheet of a territory at once: the travelling bag (one ZIP for a USB stick), or one PDF of a language."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pages.html import fill
from pages.print.sheet.content import build_content
from pages.print.sheet.files import Form, keep_collection, keep_sheet
from pages.print.sheet.page import Edition
from pages.print.tables.results import build_result_table, write_workbook
from pages.words.view import View

LANGUAGES = ("fr", "ar")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Bag:
    """A file with many sheets, and how many of its sheets (for one PDF: of its files) had to be printed."""

    content: bytes
    printed: int


@dataclass(frozen=True, slots=True)
class Request:
    """Which sheets are asked for: communes, the address that their codes lead to, the day, where printed sheets are kept."""

    communes: Sequence[str]
    base_url: str
    today: date
    folder: Path


def build_bag(view: View, asked: Request, progress: Progress, forms: Sequence[Form] = (Form.HTML,)) -> Bag:
    """Build the ZIP; everything in it opens by a double click and asks for nothing.

    Args:
        progress: called with the number of sheets done and their total after each of them.
        forms: what each sheet is printed as.

    Raises:
        OSError: the folder of printed sheets cannot be written.
    """
    pairs = [(language, commune) for language in LANGUAGES for commune in asked.communes]
    edition, target, printed = Edition(view.figures.snapshot_id, asked.today), io.BytesIO(), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (language, commune) in enumerate(pairs, 1):
            content = build_content(in_language(view, language), commune, asked.base_url)
            for form in forms:
                file = keep_sheet(content, form, edition, asked.folder)
                archive.writestr(sheet_name(commune, language, form), file.content)
                printed += file.is_new
            progress(done, len(pairs))
        archive.writestr("index.html", _index(view, asked.communes, forms))
        archive.writestr(_table_name(view), _table(view, asked.communes))
    return Bag(target.getvalue(), printed)


def build_collection(view: View, asked: Request, progress: Progress) -> Bag:
    """Every sheet in the screen's language as one PDF, in order of name, a bookmark each.

    Raises:
        OSError: the folder of printed sheets cannot be written.
    """
    contents = []
    for done, commune in enumerate(sorted(asked.communes, key=view.name), 1):
        contents.append(build_content(view, commune, asked.base_url))
        progress(done, len(asked.communes))
    file = keep_collection(contents, Edition(view.figures.snapshot_id, asked.today), asked.folder)
    return Bag(file.content, int(file.is_new))


def sheet_name(commune: str, language: str, form: Form = Form.HTML) -> str:
    """Place of a sheet in the bag."""
    return f"{language}/{commune}.{form}"


def in_language(view: View, language: str) -> View:
    """The same view for a file in another language."""
    return replace(view, t=view.t.into(language), chosen=replace(view.chosen, lang=language))


def _index(view: View, communes: Sequence[str], forms: Sequence[Form]) -> str:
    """The list of communes in both languages, by name."""
    sections = []
    for language in LANGUAGES:
        one = in_language(view, language)
        links = [_link(one, code, language, forms) for code in sorted(communes, key=one.name)]
        sections.append({"t": one.t, "month": one.t.month(view.chosen.month), "links": links})
    return fill("bag_index", view.t, sections=sections, table=_table_name(view))


def _link(view: View, commune: str, language: str, forms: Sequence[Form]) -> dict[str, str]:
    pdf = sheet_name(commune, language, Form.PDF) if Form.PDF in forms else ""
    return {"href": sheet_name(commune, language, forms[0]), "name": view.name(commune), "pdf": pdf}


def _table_name(view: View) -> str:
    return view.name_file("resultats", f"{view.chosen.month:%Y-%m}", form="xlsx")


def _table(view: View, communes: Sequence[str]) -> bytes:
    figures = view.figures
    table = build_result_table(figures, view.t, list(figures.results), [view.chosen.month], communes)
    return write_workbook(table, figures, view.t)
