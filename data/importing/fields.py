"""What the checks of cells know of a field: a variable of figures, or a column of a kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from data.i18n import LANGUAGES, Translator
from data.importing.blocks.headings import COMMUNE_NAME, DATE
from data.loaders.today import load_variables
from data.loaders.words import Word
from data.records.layout import SheetLayout


class Field(NamedTuple):
    """Labels in each language and limits of what a field holds; a limit that is not a number is none.

    ``is_counted``: it has no fractions. ``words`` are what it may hold where it holds one of some words.
    """

    labels: Mapping[str, str]
    minimum: float = 0.0
    maximum: float = float("nan")
    is_counted: bool = False
    words: Mapping[str, Word] = {}


def fields_of_figures() -> dict[str, Field]:
    """The variables, by id, and what says where and when a row of them is; the figures of a census may be means."""
    fields = {
        v.id: Field(v.labels, v.minimum, _limit(v.maximum), v.integer and v.monthly) for v in load_variables().values()
    }
    for name, key in ((COMMUNE_NAME, "template.commune_name"), (DATE, "template.month")):
        fields[name] = Field({language: Translator(language)(key) for language in LANGUAGES})
    return fields


def fields_of_layout(layout: SheetLayout) -> dict[str, Field]:
    """The columns of a kind of record, by id."""
    return {f.id: Field(f.labels, f.minimum or 0.0, _limit(f.maximum), f.type == "persons", f.words) for f in layout.fields}


def _limit(value: float | None) -> float:
    return float("nan") if value is None else value
