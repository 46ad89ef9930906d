"""What a person types on a screen: without what a reader cannot see, holding nothing of a person."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from data.characters import without_nothing
from data.loaders.today import load_today

# Arabic and Persian join their letters with these two; every other invisible character could reverse what a reader sees.
_JOINERS = "\u200c\u200d"


PERSONAL_KINDS = ("identity_number", "telephone", "e_mail", "coordinates")


def one_line(text: str) -> str:
    """A text without line ends, repeated spaces and invisible characters."""
    spaced = " ".join(unicodedata.normalize("NFC", without_nothing(text)).split())
    return "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))


def paragraphs(text: str) -> str:
    """A text of several lines, each as ``one_line`` leaves it; empty lines at the ends and in a row are dropped."""
    lines = [one_line(line) for line in text.splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def find_personal_data(sentence: str) -> str:
    """The kind of personal datum that stands in a sentence (one of ``PERSONAL_KINDS``);
    empty when there is none. Digits of any script count as digits."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFKC", sentence))
    return next((kind for kind, pattern in _patterns().items() if pattern.search(digits)), "")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return load_today().personal_data["patterns_in_sentences"]
