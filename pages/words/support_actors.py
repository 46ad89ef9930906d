"""Actors in words: which organisation, its role, sectors and territory, by which function it is reached, under which agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from analytics.assumptions import FigureKinds
from analytics.model import Provenance
from data.i18n import NO_VALUE, Translator
from data.records.actors import ACTORS
from data.records.layout import load_layout
from data.shipped_texts import say_shipped
from pages.figures.support import read_actions
from pages.words.links import name_source
from pages.words.view import View

_TEXTS = ("role", "territory", "focal_function", "source")
_PARTS = re.compile(r"[,;/،؛]")


def sector_words(t: Translator, text: str | None = None) -> Mapping[str, str]:
    """The sectors of a list with commas with their labels, by word; every sector where no list is given."""
    field = load_layout("actions")["sector"]
    labels = {word: t.label(entry["labels"]) for word, entry in field.words.items()}
    if text is None:
        return labels
    found = (field.find_word(part.strip()) for part in _PARTS.split(text))
    return {word: labels[word] for word in found if word}


def list_actors(view: View) -> list[dict[str, object]]:
    """Each organisation with how many actions it has anywhere in the territory, whoever does most first."""
    t, support = view.t, view.figures.records.support
    actors = say_shipped(support.actors, _TEXTS, view.figures.province, t)
    if view.figures.assumptions.figures is FigureKinds.REAL:
        actors = actors[actors["provenance"] != Provenance.DEMONSTRATION.value]
    actors = actors.reset_index(drop=True)
    counts = read_actions(view.figures)["organisation"].value_counts()
    actions = actors["organisation_id"].map(counts).fillna(0).astype(int)
    rows = actors.assign(actions=actions).sort_values(["actions", "organisation_id"], ascending=[False, True])
    types = ACTORS.layout()["organisation_type"].words
    return [
        {
            "name": support.name(str(row["organisation_id"]), t.language),
            "type": t.label(types[row["organisation_type"]]["labels"]) if row["organisation_type"] else "",
            "role": row["role"],
            "sectors": t("sign.comma").join(sector_words(t, row["sectors"]).values()),
            "territory": row["territory"] or NO_VALUE,
            "function": row["focal_function"] or NO_VALUE,
            "agreement": _agreement(t, row["agreement_from"], row["agreement_to"]),
            "actions": t.number(row["actions"]),
            "kind": t(f"provenance.{row['provenance']}"),
            "is_demonstration": row["provenance"] == Provenance.DEMONSTRATION.value,
            "date": t.date(row["reported_on"]),
            **name_source(row["source"]),
        }
        for row in rows.to_dict("records")
    ]


def _agreement(t: Translator, first: pd.Timestamp, last: pd.Timestamp) -> str:
    days = ["" if pd.isna(day) else t.date(day) for day in (first, last)]
    if all(days):
        return t("support.from_to", start=days[0], end=days[1])
    return t("support.from", start=days[0]) if days[0] else t("support.to", end=days[1]) if days[1] else NO_VALUE
