"""One spelling out of many: names of places and headings reduced to what writers do not vary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "ڭ": "ك", "گ": "ك", "ݣ": "ك", "ک": "ك", "ی": "ي", "ء": "", "ـ": "",
    }
)  # fmt: skip
_NOT_A_LETTER = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=20_000, typed=True)
def plain(text: str) -> str:
    """Lower case, without accents, Arabic vowels or letter variants, every run of other signs one space."""
    decomposed = unicodedata.normalize("NFKD", str(text).translate(_ARABIC_LETTERS))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC_LETTERS)
    return _NOT_A_LETTER.sub(" ", letters.casefold()).strip()
