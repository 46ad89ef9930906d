"""Protection against formula injection (CSV injection): text that a spreadsheet shows and never runs."""

from __future__ import annotations

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula; a text that begins so already gets
    another one, so that ``plain_text`` gives back what was written."""
    return f"'{text}" if text.lstrip("'").startswith(_STARTS_A_FORMULA) else text


def plain_text(text: str) -> str:
    """The text that ``inert_text`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_STARTS_A_FORMULA) else text
