"""Pages set for paper: a Typst template and its values in, a PDF out, with the fonts that ship with the project and no others."""

from __future__ import annotations

import json
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
# The compiler refuses a second page while it sets one: two readers who print at once take turns.
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
            sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
            timestamp=int(datetime.combine(today, time()).timestamp()),
            **options,
        )


@cache
def _compiler() -> Compiler:
    """One compiler for all pages: it reads the fonts once."""
    # Loaded by whoever asks for the first PDF.
    from typst import Compiler

    return Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)
