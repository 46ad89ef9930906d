"""Letters that programs changed on the way: read in another encoding, or raised above the line as marks of footnotes."""

from __future__ import annotations

import re

# UTF-8 that a program took for Windows-1252: "Ã‰lÃ¨ves", "Ø¬Ù…Ø§Ø¹Ø©".
_READ_WRONGLY = re.compile(
    "[\u00c2-\u00ef][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_RAISED = str.maketrans("0123456789()+-=", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻⁼")


def as_written(text: str) -> str:
    """A text as its writer saw it, where a program read its UTF-8 as Windows-1252; any other text as it is."""
    if not _READ_WRONGLY.search(text):
        return text
    try:
        return b"".join(_byte(sign) for sign in text).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        # Five bytes are no letter there: programs let them stand.
        return sign.encode("latin-1")


def raised(text: str) -> str:
    """What stands above or below the line, in signs of its own: the mark of a footnote is no digit of the number before it."""
    return text.translate(_RAISED)
