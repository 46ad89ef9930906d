"""Totals in words: "at least" where figures are missing from them, and how many communes they leave out."""

from __future__ import annotations

from data.i18n import NO_VALUE, Translator


def at_least(t: Translator, text: str, missing: int) -> str:
    """A total in words, with the sign for "at least" when figures are missing from it; a dash stays a dash."""
    return t("summary.at_least", total=text) if missing and text != NO_VALUE else text


def left_out(t: Translator, missing: int) -> str:
    """How many communes a total leaves out; empty when none."""
    return t("summary.left_out", count=missing) if missing else ""
