"""Titles, publishers and dates of sources that are our own words, in the two other languages."""

from __future__ import annotations

from typing import TypedDict

from data.loaders.kind import Kind


class OtherLanguages(TypedDict):
    """What the definitions write in French."""

    ar: str
    en: str


class SourceWordsFile(TypedDict):
    """The whole file; ``as_cited`` keeps its own language."""

    words: dict[str, OtherLanguages]
    as_cited: tuple[str, ...]


SOURCE_WORDS = Kind("source_words", SourceWordsFile, lambda file: file["words"])
