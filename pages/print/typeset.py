"""Pages set for paper: a Typst template and its values in, a PDF out, with the fonts that ship with the project and no others."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from data.i18n import Translator
from pages.print.fonts import FONTS

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATES = Path(__file__).parent / "templates"
PDF_MEDIA_TYPE = "application/pdf"
# Tagged and titled, so that a screen reader follows the page: pictures need a description, headings an order.
_STANDARD = "ua-1"
# Signs that people type and the typefaces lack, by what says the same; neither quotes nor backslashes, which JSON would read.
_NEAREST = {"\u2212": "\u2013", "\u2192": "\u203a", "\u2190": "\u2039", "\u2265": ">=", "\u2264": "<=", "\u2248": "~"}
_UNKNOWN = "\ufffd"
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
# The compiler is not re-entrant: a lock serialises requests that print at the same time.
_TURN = Lock()


def typeset(template: str, t: Translator, values: Mapping[str, Any], today: date) -> bytes:
    """A template of ``pages/print/templates`` filled with values, as PDF.

    Values travel as data and are never read as markup. The same values on the same day give the same bytes.

    Args:
        template: name of the template, without its ending.
        values: what JSON can hold; a picture is the text of its SVG.
        today: the date that the document carries.
    """
    return _compile(template, t, values, today, form="pdf", pdf_standards=_STANDARD)


def draw_pages(template: str, t: Translator, values: Mapping[str, Any], today: date, dots_per_inch: int = 80) -> list[bytes]:
    """The same pages as PNG pictures, one a page: what a reader of the PDF sees."""
    pages = _compile(template, t, values, today, form="png", ppi=dots_per_inch)
    return pages if isinstance(pages, list) else [pages]


def _compile(
    template: str, t: Translator, values: Mapping[str, Any], today: date, form: Literal["pdf", "png"], **options: Any
) -> Any:
    given = {"language": t.language, "direction": t.direction, **values}
    with _TURN:
        return _compiler().compile(
            str(TEMPLATES / f"{template}.typ"),
            format=form,
            sys_inputs={"data": printable(json.dumps(given, ensure_ascii=False))},
            timestamp=int(datetime.combine(today, time()).timestamp()),
            **options,
        )


def printable(text: str) -> str:
    """A text with what no typeface of the project can draw replaced: by its nearest sign, or by the sign for an unknown one.

    Whatever a commune writes must not stop the press: a page that claims to be accessible may not hold an undrawable sign.
    """
    unknown = {c for c in set(text) - _drawable() if unicodedata.category(c) not in _INVISIBLE}
    return text.translate({ord(c): _NEAREST.get(c, _UNKNOWN) for c in unknown}) if unknown else text


@cache
def _drawable() -> frozenset[str]:
    """The signs that the typefaces hold."""
    from fontTools.ttLib import TTFont

    return frozenset(chr(code) for path in FONTS.glob("*.ttf") for code in TTFont(path, lazy=True).getBestCmap())


@cache
def _compiler() -> Compiler:
    """One compiler for all pages: it reads the fonts once."""
    # Lazy import: only a request for a PDF pays for it.
    from typst import Compiler

    return Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)
