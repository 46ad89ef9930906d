"""Sheets whose rows are not figures of one commune and month: movements of displaced people, facilities.

What each column holds, its words in three languages, its HXL tag and its limits: ``definitions/records``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data.catalogue import DEFINITIONS
from geo.spelling import plain

MOVEMENTS, FACILITIES = "movements", "facilities"


@dataclass(frozen=True, slots=True)
class RecordField:
    """One column: ``type`` is month, commune, word, persons, number or text; ``words`` by id, each with its labels."""

    id: str
    type: str
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


@cache
def load_record_sheets() -> dict[str, RecordSheet]:
    """Both kinds of sheet by id, in the order of the template."""
    return {name: _read_sheet(DEFINITIONS / "records" / f"{name}.yaml") for name in (MOVEMENTS, FACILITIES)}


def _spellings(words: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {
        plain(str(text)): word
        for word, entry in words.items()
        for text in (word, word.replace("_", " "), *entry["labels"].values(), *entry.get("also", ()))
    }


def _read_sheet(path: Path) -> RecordSheet:
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return RecordSheet(
        id=raw.pop("sheet"),
        labels=raw.pop("labels"),
        fields=tuple(RecordField(id=key, **entry) for key, entry in raw.pop("fields").items()),
        recognised_by=tuple(tuple(group) for group in raw.pop("recognised_by")),
        required=tuple(tuple(group) for group in raw.pop("required")),
        template_rows=raw.pop("template_rows"),
        rules=raw,
    )
