"""One cell of a workbook: what it holds, as its type and its style say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lxml import etree
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.utils.escape import unescape

from data.importing.reading.letters import raised
from data.importing.reading.markup import attribute, children, local
from data.importing.reading.sheet import RawValue, visible_text
from data.importing.reading.styles import PLAIN, CellStyle

_OFF_THE_LINE = ("superscript", "subscript")


@dataclass(frozen=True, slots=True)
class CellContext:
    """What the cells of a workbook refer to: texts, which of them hold a struck-out part, styles, the first day counted."""

    texts: Sequence[str]
    struck_texts: Sequence[bool]
    styles: Sequence[CellStyle]
    counts_from_1904: bool


def read_cell(cell: etree._Element, told: Mapping[str, str], context: CellContext) -> tuple[RawValue, CellStyle, bool]:
    """Value, style, and whether a part of its text is struck out. A formula that was never calculated is its own text.

    Args:
        told: the attributes of the cell by their local names (``markup.attributes``).
    """
    style = _style(told.get("s", ""), context.styles)
    kind = told.get("t") or "n"
    said: str | None = None
    formula: str | None = None
    for child in cell:
        name = local(child)
        if name == "v":
            said = child.text or ""
        elif name == "f":
            formula = child.text or ""
        elif name == "is" and kind == "inlineStr":
            text, struck = read_text(child)
            return _text(text), style, struck
    if not said:
        # A formula whose result is an empty text is a blank; one without any result was never calculated.
        is_blank = formula is None or (kind == "str" and said is not None)
        return None if is_blank else f"={formula}", style, False
    if kind == "s":
        number = int(said) if said.isascii() and said.isdigit() else -1
        known = 0 <= number < len(context.texts)
        return (_text(context.texts[number]), style, context.struck_texts[number]) if known else ("#REF!", style, False)
    return _READERS.get(kind, _read_number)(said, style, context), style, False


def read_text(item: etree._Element) -> tuple[str, bool]:
    """A text with its runs, without how it is pronounced; whether one of the runs is struck out."""
    parts: list[str] = []
    struck = False
    for child in item:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            said, shown = "".join(text.text or "" for text in children(child, "t")), list(children(child, "rPr"))
            is_raised = any(attribute(line, "val") in _OFF_THE_LINE for run in shown for line in children(run, "vertAlign"))
            parts.append(raised(said) if is_raised else said)
            struck |= any(_is_on(line) for run in shown for line in children(run, "strike"))
    return visible_text(unescape("".join(parts))), struck


def _is_on(switch: etree._Element) -> bool:
    return (attribute(switch, "val") or "1") not in ("0", "false")


def _style(text: str, styles: Sequence[CellStyle]) -> CellStyle:
    if not text:
        return styles[0] if styles else PLAIN
    number = int(text) if text.isascii() and text.isdigit() else 0
    return styles[number] if number < len(styles) else PLAIN


def _text(text: str) -> RawValue:
    return text if text.strip() else None


def _read_number(said: str, style: CellStyle, context: CellContext) -> RawValue:
    try:
        number = float(said)
    except ValueError:
        return _text(visible_text(said))
    if number != number or abs(number) == float("inf"):
        return said
    if style.is_date:
        return _read_serial(number, context)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _read_serial(number: float, context: CellContext) -> RawValue:
    """A day that a spreadsheet counts; a time of day is a text, for it is neither a day nor a figure."""
    try:
        day = from_excel(number, MAC_EPOCH if context.counts_from_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return number
    return str(day) if isinstance(day, time | timedelta) else day


def _read_day(said: str, _style: CellStyle, _context: CellContext) -> RawValue:
    try:
        day = from_ISO8601(said)
    except (ValueError, TypeError):
        return said
    return day if isinstance(day, date | datetime) else said


_READERS = {
    "b": lambda said, style, context: said.strip() in ("1", "true"),
    "e": lambda said, style, context: said if said.startswith("#") else f"#{said}",
    "str": lambda said, style, context: _text(visible_text(said)),
    "d": _read_day,
}
