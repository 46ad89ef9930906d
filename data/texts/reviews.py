"""Which texts have been reviewed, by which role and when: ``review.yaml`` beside the texts.

A review holds for the words that were read: it ends when the text is changed. A role is named, never a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import yaml

from data import i18n
from data.province import Province
from data.texts.catalogue import TERRITORY, TextRow, read_catalogue

ROLES = ("translator", "administration_editor", "service_expert", "communal_officer")
FILE = "review.yaml"
_HEAD = (
    "# Texts that were reviewed: row, language, role, day, and a mark of the words that were read. Written by\n"
    "# `python -m data texts import`; a changed text is no longer reviewed.\n"
)


@dataclass(frozen=True, slots=True)
class Review:
    """A role of ``ROLES``, a day, and the mark of the text that was read."""

    by: str
    on: date
    of: str


# By row and language.
Reviews = Mapping[tuple[str, str], Review]


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """Texts of a language, plural forms counted each."""

    total: int
    reviewed: int

    @property
    def unreviewed(self) -> int:
        """Texts that nobody has reviewed as they are now."""
        return self.total - self.reviewed


def mark(*texts: str) -> str:
    """A short mark of some words, another one when any is changed."""
    return sha256("\0".join(texts).encode()).hexdigest()[:10]


def review_files(locales: Path, province: Province) -> dict[bool, Path]:
    """The file of the application and that of the territory (True)."""
    return {False: locales / FILE, True: province.folder / "locales" / FILE}


def read_reviews(locales: Path, province: Province) -> dict[tuple[str, str], Review]:
    """Every review that was written down, those of changed texts included."""
    found: dict[tuple[str, str], Review] = {}
    for path in review_files(locales, province).values():
        read = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
        for row, by_language in (read or {}).items():
            found |= {(row, language): Review(said["by"], said["on"], said["of"]) for language, said in by_language.items()}
    return found


def write_reviews(rows: list[TextRow], reviews: Reviews, *, of_territory: bool) -> bytes:
    """The file of reviews of the application's rows, or of the territory's."""
    said: dict[str, dict[str, dict[str, object]]] = {}
    for row in rows:
        if (row.area == TERRITORY) == of_territory:
            by_language = {language: reviews[row.id, language] for language in row.texts if (row.id, language) in reviews}
            if by_language:
                said[row.id] = {language: {"by": r.by, "on": r.on, "of": r.of} for language, r in by_language.items()}
    return (_HEAD + yaml.safe_dump(said, allow_unicode=True, sort_keys=False)).encode()


def standing(row: TextRow, language: str, reviews: Reviews) -> Review | None:
    """The review of a text as it is now; none where it was changed since."""
    review = reviews.get((row.id, language))
    return review if review and review.of == mark(row.texts[language]) else None


def count_reviewed(language: str, province: Province) -> ReviewCount:
    """How many texts of a language were reviewed as they are now."""
    reviews = read_reviews(i18n.LOCALES, province)
    rows = [row for row in read_catalogue(i18n.LOCALES, province).rows() if row.texts[language]]
    return ReviewCount(len(rows), sum(standing(row, language, reviews) is not None for row in rows))
