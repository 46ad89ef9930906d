"""Where a text is seen and how long it may be, from ``data/locales/where_seen.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parents[1] / "locales" / "where_seen.yaml"
_OTHERS = "others"
# Of a text of a definition the folder or the file comes first: ``indicators/EDU01#labels``.
_WORD_ENDS = re.compile(r"[./#]")


@dataclass(frozen=True, slots=True)
class WhereSeen:
    """``areas``: the places of each file of texts, apart for some first words of its keys; ``limits``: characters by key, then
    by language."""

    areas: Mapping[str, Mapping[str, tuple[str, ...]]]
    limits: Mapping[str, Mapping[str, int]]

    def places(self, area: str, key: str) -> tuple[str, ...]:
        """Screens and papers on which a text is seen.

        Raises:
            KeyError: nobody has said where the texts of this file are seen.
        """
        by_word = self.areas[area]
        word = _WORD_ENDS.split(key)[0]
        return by_word[word] if word in by_word else by_word[_OTHERS]

    def limit(self, key: str, language: str) -> int | None:
        """The most characters that a text may have without its values, if there is a limit."""
        for start, by_language in self.limits.items():
            if key == start or (start.endswith((".", "/")) and key.startswith(start)):
                return by_language.get(language)
        return None


@cache
def load_where_seen() -> WhereSeen:
    """What the file says."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    areas = {
        area: {word: tuple(places) for word, places in (said if isinstance(said, dict) else {_OTHERS: said}).items()}
        for area, said in read["areas"].items()
    }
    return WhereSeen(areas, read["limits"])
