"""Choices of places that were saved by name, in words: who saved it and why, on what, by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.records.place_choices import PLACE_CHOICES
from pages.address.choosing import KEYS, read_rules
from pages.address.selection import OWN
from pages.words.choosing import Places, write_rules_lines
from pages.words.labels import territory_label
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class SavedChoice:
    """A choice as it is listed: ``entry`` as it was written, ``rules`` as an address holds them."""

    name: str
    reason: str
    details: tuple[str, ...]
    lines: tuple[str, ...]
    entry: Mapping[str, str]
    rules: Mapping[str, str]
    territory: str
    month: str


def list_saved(view: View, places: Places) -> list[SavedChoice]:
    """The choices of communes or of douars that are not withdrawn, by name."""
    rows = view.figures.records.register(PLACE_CHOICES)
    return [_tell(view, places, row) for row in rows[rows["about"] == places.about].to_dict("records")]


def _tell(view: View, places: Places, row: Mapping[str, Any]) -> SavedChoice:
    t, rules = view.t, {key: str(row[key]) for key in KEYS if row[key]}
    codes = frozenset(places.people(view).index)
    lines = write_rules_lines(view, places, read_rules(rules, places.criteria, {}, codes))
    details = (
        t("saved_choice.by", role=t(f"role.{row['role']}")),
        t.date(row["reference_date"].date()),
        _territory(view, row["territory"]),
        t("saved_choice.month", month=t.month(pd.Timestamp(f"{row['month']}-01"))),
    )
    return SavedChoice(
        name=row["choice_name"],
        reason=row["justification"],
        details=details,
        lines=tuple(lines),
        entry={field.id: row[field.id] for field in PLACE_CHOICES.typed if field.id != "reference_date"},
        rules=rules,
        territory=row["territory"],
        month=row["month"],
    )


def _territory(view: View, territory: str) -> str:
    known = territory in ("all", "programme", "urban", *view.figures.cercles) or territory.startswith(OWN)
    return territory_label(view.figures, territory, view.t) if known else territory
