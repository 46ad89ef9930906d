"""How easily each screen is read, printed by ``make check``; only the number of long sentences is held by a test.

``python -m data.texts.readability``. Values to be filled in count as one word; labels of less than ``SHORTEST`` words are no
sentences and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.readability import kandel_moles, mean_length, split_sentences, split_words
from data.i18n import LOCALES
from data.province import default_province
from data.texts.catalogue import TextRow, read_catalogue
from data.texts.where_seen import load_where_seen

SHORTEST, LONGEST, WORST = 5, 20, 8
_VALUE = re.compile(r"\{[^{}]*\}")
_MARKUP = re.compile(r":material/\w+:|\*\*|`[^`]*`")


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Ease of the French texts of a screen (Kandel–Moles, higher is easier), words per Arabic sentence, and how many sentences
    are longer than ``LONGEST`` words in each."""

    place: str
    french_ease: float
    arabic_length: float
    french_long: int
    arabic_long: int


def sentences_of(text: str) -> list[str]:
    """The sentences of a text as a reader meets them."""
    plain = _MARKUP.sub(" ", _VALUE.sub("un", text))
    return [sentence for sentence in split_sentences(plain) if len(split_words(sentence)) >= SHORTEST]


def read_texts() -> list[TextRow]:
    """Every text of our own; a title of a source is written by others."""
    return [row for row in read_catalogue(LOCALES, default_province()).rows() if not row.fixed]


def read_places(rows: Iterable[TextRow]) -> list[PlaceReading]:
    """The figures of every screen, hardest French first."""
    where, said = load_where_seen(), dict[str, dict[str, list[str]]]()
    for row in rows:
        for place in where.places(row.area, row.key):
            by_language = said.setdefault(place, {"fr": [], "ar": []})
            for language, sentences in by_language.items():
                sentences += sentences_of(row.texts[language])
    readings = [
        PlaceReading(
            place, kandel_moles(by["fr"]), mean_length(by["ar"]), len(list_long(by["fr"])), len(list_long(by["ar"]))
        )
        for place, by in said.items()
        if by["fr"] and by["ar"]
    ]
    return sorted(readings, key=lambda reading: reading.french_ease)


def list_long(sentences: Iterable[str]) -> list[str]:
    """The sentences of more than ``LONGEST`` words."""
    return [sentence for sentence in sentences if len(split_words(sentence)) > LONGEST]


def worst_sentences(rows: Iterable[TextRow], language: str) -> list[tuple[int, str, str]]:
    """The longest sentences of a language: words, row, sentence."""
    found = [(len(split_words(s)), row.id, s) for row in rows for s in sentences_of(row.texts[language])]
    return sorted(found, reverse=True)[:WORST]


def main() -> None:
    """Print the table and the worst sentences."""
    rows = read_texts()
    print(
        f"Readability: French by Kandel-Moles (higher is easier), Arabic in words per sentence; long: over {LONGEST} words"
    )
    print(f"{'screen':<12}{'fr ease':>8}{'fr long':>9}{'ar words':>10}{'ar long':>9}")
    for r in read_places(rows):
        print(f"{r.place:<12}{r.french_ease:>8.0f}{r.french_long:>9}{r.arabic_length:>10.1f}{r.arabic_long:>9}")
    for language in ("fr", "ar"):
        print(f"Longest sentences, {language}:")
        for words, row, sentence in worst_sentences(rows, language):
            print(f"  {words} words, {row}: {sentence[:110]}")


if __name__ == "__main__":
    main()
