"""A short text that a person types on a screen, as it is kept: on one line, without what a reader cannot see."""

from __future__ import annotations

import unicodedata

# Arabic and Persian join their letters with these two; every other invisible character could reverse what a reader sees.
_JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """A text without line ends, repeated spaces and invisible characters."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
