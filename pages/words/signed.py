"""Numbers that may lie below zero, so that their sign stays before them in every script."""

from __future__ import annotations

from data.i18n import Translator, isolate

MINUS = "\N{MINUS SIGN}"


def write_signed(t: Translator, value: float, decimals: int) -> str:
    """A number with a minus sign that keeps its place inside Arabic text."""
    text = t.number(value, decimals).replace("-", MINUS)
    return isolate(text) if MINUS in text and t.direction == "rtl" else text
