"""Digits of every script as those of Europe, with the signs that part thousands and decimals."""

from __future__ import annotations

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.", "٬")


def in_western_digits(text: str) -> str:
    """The text with Arabic and Persian digits as 0 to 9, their decimal sign as a full stop."""
    return text.translate(_DIGITS)
