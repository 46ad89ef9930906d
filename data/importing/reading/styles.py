"""How the cells of a workbook are shown, as far as it says what they mean: a day, a percentage, a struck-out figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from data.importing.reading.markup import attribute, children, local, parse

_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_IN_QUOTES = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a style says of the value."""

    is_date: bool = False
    is_percent: bool = False
    is_struck: bool = False
    is_unshown: bool = False


PLAIN = CellStyle()


def read_styles(content: bytes) -> tuple[CellStyle, ...]:
    """The styles of a workbook by their number.

    Raises:
        RefusedError: the part is damaged: without it a day could not be told from a figure.
    """
    root = parse(content)
    formats = {attribute(f, "numFmtId"): attribute(f, "formatCode") for f in root.iter("{*}numFmt")}
    fonts = [_is_struck(font) for fonts in root if local(fonts) == "fonts" for font in children(fonts, "font")]
    return tuple(
        _style(entry, formats, fonts) for entries in root if local(entries) == "cellXfs" for entry in children(entries, "xf")
    )


def _style(entry: etree._Element, formats: dict[str, str], fonts: list[bool]) -> CellStyle:
    number, font = attribute(entry, "numFmtId"), attribute(entry, "fontId")
    code = formats.get(number) or BUILTIN_FORMATS.get(int(number) if number.isascii() and number.isdigit() else 0, "General")
    struck = font.isascii() and font.isdigit() and int(font) < len(fonts) and fonts[int(font)]
    return CellStyle(
        is_date=bool(is_date_format(code)),
        is_percent=is_percent_format(code),
        is_struck=struck,
        is_unshown=shows_nothing(code),
    )


def is_percent_format(code: str) -> bool:
    """Whether a format shows a number as a percentage: its sign stands outside of quotes."""
    return "%" in code and "%" in _IN_QUOTES.sub("", code)


def shows_nothing(code: str) -> bool:
    """Whether a format has no sign for numbers of any kind: ";;;" hides them."""
    return bool(code.strip()) and not _IN_BRACKETS.sub("", code).strip(" ;")


def _is_struck(font: etree._Element) -> bool:
    return any((attribute(line, "val") or "1") not in ("0", "false") for line in children(font, "strike"))
