"""A plan of Tizi N'test and the words of it, however it is printed."""

import re
from datetime import date

import pypdfium2

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.loaders.today import load_library, load_means
from pages.address.selection import Selection
from pages.print.plan.blocks import Bullets, OwnWords, Picture, Pictures, Table
from pages.print.plan.context import PlanContext
from pages.widgets.screen import Screen
from tests.territories import TAROUDANNT

TIZI, TODAY = "09.541.04.67", date(2026, 11, 27)


def basis(figures, language="fr", scenario="hard_winter", commune=TIZI, **others):
    chosen = Selection(language, "all", figures.default_month, "ISP", commune, DEFAULTS)
    return PlanContext(
        Screen(figures, chosen, Translator(language), {}),
        commune,
        load_library(TAROUDANNT)[scenario],
        load_means(),
        TODAY,
        **others,
    )


def words_of(document):
    """Every word of a document, by chapter."""
    return {c.id: " ".join(words_of_block(b) for b in c.blocks) for c in document.chapters}


def words_of_block(block):
    if isinstance(block, Table):
        cells = [cell for row in block.rows for cell in row]
        return " ".join([block.caption, *(c.label for c in block.columns), *(f"{c.text} {c.note}" for c in cells)])
    if isinstance(block, Bullets):
        return " ".join(block.items)
    if isinstance(block, OwnWords):
        return " ".join([block.label, *block.lines])
    if isinstance(block, Picture):
        return block.caption
    return " ".join(p.caption for p in block.items) if isinstance(block, Pictures) else block.text


def plain(text):
    """Words without the spaces, line ends and hyphens that setting them adds or takes."""
    return re.sub(r"[\s\u00a0\u202f\ufffe\u00ad\u200b‐-]+", "", text)


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]
