"""Sheets whose rows are not figures of one commune and month: movements of displaced people, facilities.

What each column holds, its words in three languages, its HXL tag and its limits: ``definitions/records``.
"""

from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict

from geo.spelling import plain

MOVEMENTS, FACILITIES = "movements", "facilities"


class Word(TypedDict):
    """A word that a column may hold: its labels, other usual writings, and the service that a kind of facility belongs to."""

    labels: dict[str, str]
    also: NotRequired[tuple[str, ...]]
    sector: NotRequired[str]


@dataclass(frozen=True, slots=True)
class RecordField:
    """One column: ``type`` is month, commune, word, persons, number or text; ``words`` by id, each with its labels."""

    id: str
    type: str
    hxl: str
    labels: dict[str, str]
    help: dict[str, str]
    words: dict[str, Word] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None

    def find_word(self, text: str) -> str | None:
        """Id of a word written as id, label or other usual writing; None when it is none of them."""
        return _spellings(self.words).get(plain(text))


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """One kind of sheet; ``recognised_by`` and ``required`` are groups of columns of which one each must be there."""

    id: str
    labels: dict[str, str]
    fields: tuple[RecordField, ...]
    recognised_by: tuple[tuple[str, ...], ...]
    required: tuple[tuple[str, ...], ...]
    template_rows: int
    rules: dict[str, Any]

    def __getitem__(self, field_id: str) -> RecordField:
        return next(f for f in self.fields if f.id == field_id)

    def of_type(self, kind: str) -> tuple[RecordField, ...]:
        """The columns of one type."""
        return tuple(f for f in self.fields if f.type == kind)

    def is_outside(self, text: str) -> bool:
        """Whether a text stands for a place outside the province."""
        outside = self.rules.get("outside")
        return outside is not None and plain(text) in _spellings({"outside": outside})


def _spellings(words: dict[str, Word]) -> dict[str, str]:
    return {
        plain(str(text)): word
        for word, entry in words.items()
        for text in (word, word.replace("_", " "), *entry["labels"].values(), *entry.get("also", ()))
    }
