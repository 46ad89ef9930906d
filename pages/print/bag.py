"""The travelling bag: every sheet of a territory in French and Arabic, an index and the table, in one ZIP for a USB stick."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from data.i18n import Translator
from pages.print.result_table import build_result_table, write_workbook
from pages.print.sheet import build_sheet
from pages.ui.html import fill
from pages.ui.screen import Screen

LANGUAGES = ("fr", "ar")


def build_bag(
    screen: Screen, communes: Sequence[str], base_url: str, today: date, progress: Callable[[int, int], None]
) -> bytes:
    """Build the ZIP; everything in it opens by a double click and asks for nothing.

    Args:
        communes: codes of the communes whose sheets go in.
        base_url: address of the application, for the QR code of each sheet.
        progress: called with the number of sheets done and their total after each of them.
    """
    target, total = io.BytesIO(), len(communes) * len(LANGUAGES)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (language, commune) in enumerate(((la, c) for la in LANGUAGES for c in communes), 1):
            page = build_sheet(_in_language(screen, language), commune, base_url, today)
            archive.writestr(sheet_name(commune, language), page)
            progress(done, total)
        archive.writestr("index.html", _index(screen, communes))
        archive.writestr(f"resultats-{screen.chosen.month:%Y-%m}.xlsx", _table(screen, communes))
    return target.getvalue()


def sheet_name(commune: str, language: str) -> str:
    """Place of a sheet in the bag."""
    return f"{language}/{commune}.html"


def _in_language(screen: Screen, language: str) -> Screen:
    return replace(screen, t=Translator(language), chosen=replace(screen.chosen, lang=language))


def _index(screen: Screen, communes: Sequence[str]) -> str:
    """The list of communes in both languages, by name."""
    sections = []
    for language in LANGUAGES:
        one = _in_language(screen, language)
        links = [{"href": sheet_name(code, language), "name": one.name(code)} for code in sorted(communes, key=one.name)]
        sections.append({"t": one.t, "month": one.t.month(screen.chosen.month), "links": links})
    return fill("bag_index", screen.t, sections=sections, table=f"resultats-{screen.chosen.month:%Y-%m}.xlsx")


def _table(screen: Screen, communes: Sequence[str]) -> bytes:
    figures = screen.figures
    table = build_result_table(figures, screen.t, list(figures.results), [screen.chosen.month], communes)
    return write_workbook(table, figures, screen.t)
