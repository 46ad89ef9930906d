"""Protection against formula injection (CSV injection): text that a spreadsheet shows and never runs."""

from __future__ import annotations

import re

# Where a cell begins: with the text, and after what separates the cells of a file in a country whose spreadsheets expect no comma.
_BEGINS = r"((?:^|[;\t\r\n]) *)"
# Of the signs that begin a formula, some are written wide in East Asian typing and run as well.
_STARTS_A_FORMULA = r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]"
_BEFORE = re.compile(f"{_BEGINS}(?='*{_STARTS_A_FORMULA})")
_AFTER = re.compile(f"{_BEGINS}'(?='*{_STARTS_A_FORMULA})")


def inert_text(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would take what follows for a formula; what begins so already gets
    another one, so that ``plain_text`` gives back what was written."""
    return _BEFORE.sub(r"\1'", text)


def plain_text(text: str) -> str:
    """The text that ``inert_text`` was given."""
    return _AFTER.sub(r"\1", text)
