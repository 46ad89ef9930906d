"""What a sheet of records looks like: its columns, their words in three languages, HXL tags and limits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from data.catalogue import DEFINITIONS
from geo.spelling import plain

FieldType = Literal["month", "commune", "word", "persons", "number", "text"]

_COLUMN_MAPS = Path(__file__).parents[1] / "importing" / "column_maps" / "records"


@dataclass(frozen=True, slots=True)
class SheetField:
    """One column; ``words`` are what a field of type ``word`` may hold, by id, each with its labels."""

    id: str
    type: FieldType
    hxl: str
    labels: dict[str, str]
    help: dict[str, str]
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
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

    def of_type(self, *types: FieldType) -> tuple[SheetField, ...]:
        """The columns of some types."""
        return tuple(f for f in self.fields if f.type in types)

    def is_outside(self, text: str) -> bool:
        """Whether a text stands for a place outside the province."""
        outside = self.rules.get("outside")
        return outside is not None and plain(text) in _spellings({"outside": outside})


@cache
def load_layout(name: str) -> SheetLayout:
    """The layout of ``definitions/records/<name>.yaml``, with the usual headings of its column map."""
    raw: dict[str, Any] = yaml.safe_load((DEFINITIONS / "records" / f"{name}.yaml").read_text(encoding="utf-8"))
    known = ("sheet", "labels", "fields", "recognised_by", "required", "template_rows")
    return SheetLayout(
        labels=raw["labels"],
        fields=tuple(SheetField(id=key, **entry) for key, entry in raw["fields"].items()),
        recognised_by=tuple(tuple(group) for group in raw["recognised_by"]),
        required=tuple(tuple(group) for group in raw["required"]),
        template_rows=raw["template_rows"],
        headings=tuple(_read_headings(_COLUMN_MAPS / f"{name}.csv")),
        rules={key: value for key, value in raw.items() if key not in known},
    )


def _read_headings(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["heading"], row["field"]) for row in csv.DictReader(lines)]


def _spellings(words: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {
        plain(str(text)): word
        for word, entry in words.items()
        for text in (word, word.replace("_", " "), *entry["labels"].values(), *entry.get("also", ()))
    }
