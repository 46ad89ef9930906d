"""Totals in words: "at least" where figures are missing from them, and how many communes they leave out."""

from __future__ import annotations

import math

from data.i18n import NO_VALUE, Translator
from pages.words.money import write_mad


def at_least(t: Translator, text: str, missing: int) -> str:
    """A total in words, with the sign for "at least" when figures are missing from it; a dash stays a dash."""
    return t("summary.at_least", total=text) if missing and text != NO_VALUE else text


def left_out(t: Translator, missing: int) -> str:
    """How many communes a total leaves out; empty when none."""
    return t("summary.left_out", count=missing) if missing else ""


def cost_at_least(t: Translator, amount: float, missing: int) -> str:
    """A cost in words: "at least" where communes are missing from it; that it is not known where nothing but they could cost."""
    if math.isnan(amount) or (missing and amount == 0):
        return t("summary.not_known")
    return at_least(t, write_mad(amount, t), missing)
