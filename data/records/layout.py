"""What a sheet of records looks like: its columns, their words in three languages, HXL tags and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from data.loaders.words import Word
from geo.spelling import plain

FieldType = Literal["month", "day", "commune", "word", "persons", "number", "text"]


@dataclass(frozen=True, slots=True)
class SheetField:
    """One column; ``words`` are what a field of type ``word`` may hold, by id, each with its labels."""

    id: str
    type: FieldType
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
class SheetLayout:
    """The columns of one kind of sheet.

    ``recognised_by`` and ``required`` are groups of columns: one of each group must be there for a
    sheet to be taken for this kind, and to be read. ``headings`` are other usual headings with
    their field; an empty field is a column that is known and not read. ``rules`` is what the
    kind's own checks need.
    """

    labels: dict[str, str]
    fields: tuple[SheetField, ...]
    recognised_by: tuple[tuple[str, ...], ...]
    required: tuple[tuple[str, ...], ...]
    template_rows: int = 100
    headings: tuple[tuple[str, str], ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, field_id: str) -> SheetField:
        return next(f for f in self.fields if f.id == field_id)

    @property
    def has_month(self) -> bool:
        """Whether its rows are of a month."""
        return any(f.type == "month" and f.id == "reference_date" for f in self.fields)

    def of_type(self, *types: FieldType) -> tuple[SheetField, ...]:
        """The columns of some types."""
        return tuple(f for f in self.fields if f.type in types)

    def is_whole(self, text: str) -> bool:
        """Whether a text stands for all communes together."""
        whole = self.rules.get("whole")
        return whole is not None and plain(text) in _spellings({"whole": whole})

    def is_outside(self, text: str) -> bool:
        """Whether a text stands for a place outside the province."""
        outside = self.rules.get("outside")
        return outside is not None and plain(text) in _spellings({"outside": outside})


def load_layout(name: str) -> SheetLayout:
    """The layout of ``definitions/records/<name>.yaml``, with the usual headings of its column map."""
    # Lazy import: the loaders structure these very types.
    from data.loaders.today import load_today

    return load_today().record_sheets[name]


def _spellings(words: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {
        plain(str(text)): word
        for word, entry in words.items()
        for text in (word, word.replace("_", " "), *entry["labels"].values(), *entry.get("also", ()))
    }
