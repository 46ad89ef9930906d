"""Rows of registers in words: figures, words of a list, places, days; and that a row is an example where it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.assumptions import FigureKinds
from analytics.disclosure import DisclosureRule, is_small, protect_parts, round_count, withhold_parts, withhold_share
from analytics.model import Provenance
from data.i18n import LANGUAGES, NO_VALUE, Translator
from data.programme_files import load_rules
from data.records.register import PLACE, Register
from data.shipped_texts import say_shipped
from pages.words.labels import territory_label
from pages.words.money import write_mad
from pages.words.view import View

Row = Mapping[str, Any]
# Counts of some of those of another count: a rest that is small is as telling.
_SHARES = (("eligible", "assessed"), ("appeals_upheld", "appeals"))

# What was found of people who are known to have come: a count that moved by one between two states tells it of whoever came between.
FINDINGS = ("assessed", "eligible", "appeals", "appeals_upheld", "rated_good", "rated_fair", "rated_poor")


def read_rows(view: View, kind: Register, until: date | None = None) -> pd.DataFrame:
    """The rows in force on a day with figures as numbers (NaN where empty); examples are left out where only what is real is looked
    at, those that ship are in the reader's language. Of rows of communes those of the chosen territory; rows of a wider place stay."""
    rows = view.figures.records.register(kind, until)
    if view.figures.assumptions.figures is not FigureKinds.ALL:
        rows = rows[rows["provenance"] != Provenance.DEMONSTRATION.value]
    if kind.of_commune:
        rows = rows[rows[kind.of_commune].isin(view.codes)]
    if kind.has_place:
        rows = rows[rows[PLACE].isin(view.codes) | ~rows[PLACE].isin(view.figures.communes.index)]
    texts = [f.id for f in kind.typed if f.form in ("text", "lines")]
    rows = say_shipped(rows, texts, view.figures.province, view.t)
    numbers = {f.id: pd.to_numeric(rows[f.id], errors="coerce").astype(float) for f in kind.typed if f.form == "number"}
    return rows.assign(**numbers).reset_index(drop=True)


def withheld(view: View, kind: Register, rows: pd.DataFrame) -> pd.DataFrame:
    """Which counts of people of some rows are withheld; no column where a register has none."""
    counts = rows[list(kind.counts)].apply(pd.to_numeric, errors="coerce").astype(float)
    rule = smallest(view)
    hidden = protect_parts(counts, kind.counts, rule)
    for part, whole in _SHARES:
        if {part, whole} <= set(counts):
            hidden[part] |= withhold_share(counts[part].to_numpy(), counts[whole].to_numpy(), rule)
    return hidden


def round_findings(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what was found of people as it is told, to the nearest five; what is small, and withheld, stays to be told so."""
    rule, told = smallest(view), {}
    for name in (name for name in FINDINGS if name in rows):
        counts = pd.to_numeric(rows[name], errors="coerce").to_numpy(dtype=float)
        told[name] = np.where(is_small(counts, rule), counts, round_count(counts, rule))
    return rows.assign(**told)


def has_examples(rows: pd.DataFrame) -> bool:
    """Whether one of some rows is an example."""
    return bool((rows["provenance"] == Provenance.DEMONSTRATION.value).any()) if len(rows) else False


def write_origin(row: Row, t: Translator) -> str:
    """What a row is, under its first words: an example, or figures out of the press; empty for what was declared."""
    kind = str(row["provenance"])
    return "" if kind == Provenance.DECLARED.value else t(f"provenance.{kind}")


def write_word(view: View, field: str, word: str) -> str:
    """One of the words of a choice in the reader's language; a dash where there is none."""
    t = view.t
    if not word:
        return NO_VALUE
    if field == "need":
        needs = view.figures.definition_set.means.needs
        return t.label(needs[word].labels) if word in needs else word
    if field == "rule":
        rules = load_rules(view.figures.province)
        return t.label(dict(rules[word].labels)) if word in rules else word
    if field == "language":
        return LANGUAGES[word]
    if field == "chapter":
        return t(f"half_year.chapter_{word}")
    return t(f"register.word_{word}")


def write_place(view: View, place: str) -> str:
    """Name of a commune, a cercle or a whole territory."""
    if place in view.figures.communes.index:
        return view.name(place)
    known = place in view.figures.cercles or place in ("all", "programme", "urban")
    return territory_label(view.figures, place, view.t) if known else place


def write_day(day: object, t: Translator) -> str:
    """A day in full; a dash where there is none."""
    return NO_VALUE if day in ("", None) or pd.isna(day) else t.date(pd.Timestamp(str(day)).date())


def write_amount(amount: float, t: Translator) -> str:
    """An amount in dirhams; a dash where it is not known."""
    return write_mad(amount, t)


def write_people(view: View, count: float, *, withheld: bool = False) -> str:
    """A count of people; under what it lies where it is small, as everywhere (``analytics.disclosure``); that it is withheld where
    another count follows from it."""
    rule = smallest(view)
    if not pd.isna(count) and 0 < count < rule.threshold:
        return view.t("disclosure.under", threshold=rule.threshold)
    return view.t("observation.suppressed") if withheld else view.t.number(count)


def write_parts(view: View, counts: Sequence[float]) -> list[str]:
    """Counts that add up to one that is told elsewhere: where one of them is small, the smallest other one is withheld with it."""
    withheld = withhold_parts(np.array(counts, dtype=float)[:, None], smallest(view))[:, 0]
    return [write_people(view, count, withheld=bool(hidden)) for count, hidden in zip(counts, withheld, strict=True)]


def write_sums(view: View, rows: pd.DataFrame, parts: Sequence[str]) -> dict[str, str]:
    """The sum of each part over some rows; withheld where a count in it is: the others would give it back."""
    withheld = withhold_parts(rows[list(parts)].to_numpy(dtype=float).T, smallest(view))
    return {
        name: write_people(view, rows[name].sum(), withheld=bool(hidden.any()))
        for name, hidden in zip(parts, withheld, strict=True)
    }


def smallest(view: View) -> DisclosureRule:
    """The rule of counts of people."""
    return view.figures.definition_set.disclosure["displaced_persons"]


def write_by_sex(view: View, row: Row) -> str:
    """Women and men where one of them is known; that they are withheld where one is small, for their sum is told."""
    counts = np.array([row["women"], row["men"]], dtype=float)
    if np.isnan(counts).all():
        return ""
    if is_small(counts, smallest(view)).any():
        return view.t("results.by_sex_withheld")
    return view.t("results.by_sex", women=view.t.number(row["women"]), men=view.t.number(row["men"]))
