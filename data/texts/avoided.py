"""Words that no text may hold, from the table of ``docs/words-to-avoid.md``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "words-to-avoid.md"
# Set at rendering: a word to avoid is one whichever space stands in it.
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@cache
def words_to_avoid(language: str) -> tuple[str, ...]:
    """The words in code quotes of the table, for a language."""
    rows = [line.split("|")[1:4] for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return tuple(word for row in rows if row[0].strip() == language for word in re.findall(r"`([^`]+)`", row[1]))


def find_avoided(language: str, text: str) -> tuple[str, ...]:
    """The words to avoid that a text holds."""
    plain = text.translate(_SPACES)
    return tuple(word for word in words_to_avoid(language) if word in plain)
