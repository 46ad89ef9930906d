"""The printable sheet of a commune, A4 on both sides: a self-contained page for a browser, and a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from data.i18n import Translator
from pages.html import fill
from pages.print.sheet.content import SheetContent, build_content
from pages.print.typeset import typeset
from pages.words.data_version import name_version
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class Edition:
    """When a sheet was made, and on which snapshot of the figures."""

    snapshot_id: str
    day: date


def build_sheet(view: View, commune: str, base_url: str, today: date) -> str:
    """The page as HTML; nothing in it is fetched from anywhere.

    Args:
        screen: figures, month and language; ``view.chosen`` says which month.
        base_url: address of the application, for the short address and its QR code.
    """
    return print_html(build_content(view, commune, base_url), Edition(view.figures.snapshot_id, today))


def build_sheet_pdf(view: View, commune: str, base_url: str, today: date) -> bytes:
    """The same sheet as a PDF of two pages with the fonts that ship."""
    return print_pdf([build_content(view, commune, base_url)], Edition(view.figures.snapshot_id, today))


def print_html(content: SheetContent, edition: Edition) -> str:
    """A content as a page for a browser."""
    t = Translator(content.language)
    return fill("sheet", t, made=_made(content, edition, t), **asdict(content))


def print_pdf(contents: Sequence[SheetContent], edition: Edition) -> bytes:
    """Sheets of one language as one PDF, two pages each, a bookmark each.

    Args:
        contents: at least one.
    """
    return typeset("sheet", Translator(contents[0].language), typeset_values(contents, edition), edition.day)


def typeset_values(contents: Sequence[SheetContent], edition: Edition) -> dict[str, object]:
    """What the template for paper is given."""
    t, one = Translator(contents[0].language), len(contents) == 1
    title = contents[0].finding if one else t("sheet.collection", count=len(contents))
    sheets = [{**asdict(content), "made": _made(content, edition, t)} for content in contents]
    return {"title": title, "sheets": sheets}


def _made(content: SheetContent, edition: Edition, t: Translator) -> str:
    return t(
        "sheet.version", version=content.version, snapshot=name_version(t, edition.snapshot_id), today=t.date(edition.day)
    )
