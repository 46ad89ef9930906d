"""The plan as PDF: tagged, with an outline, in the fonts of the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from data.i18n import Translator
from pages.print.plan.blocks import Chapter, Picture, PlanDocument, as_values
from pages.print.typeset import draw_pages, typeset


def print_pdf(document: PlanDocument, t: Translator, today: date) -> bytes:
    """The pages of a plan in the language of ``t``."""
    return typeset("plan", t, _values(document), today)


def print_pages(document: PlanDocument, t: Translator, today: date, dots_per_inch: int = 80) -> list[bytes]:
    """The same pages as PNG pictures."""
    return draw_pages("plan", t, _values(document), today, dots_per_inch)


def paint(pictures: Sequence[Picture], t: Translator, today: date, dots_per_inch: int = 160) -> list[bytes]:
    """Each drawing as a PNG: a word processor shows those to everyone, an SVG to few."""
    if not pictures:
        return []
    return draw_pages("pictures", t, {"pictures": [p.svg for p in pictures]}, today, dots_per_inch)


def _values(document: PlanDocument) -> dict[str, Any]:
    return {**asdict(document), "chapters": [_chapter(chapter) for chapter in document.chapters]}


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {"number": chapter.number, "title": chapter.title, "blocks": [as_values(block) for block in chapter.blocks]}
