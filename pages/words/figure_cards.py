"""Figures as cards: a label, a figure, a note, the kind of figure; totals that say "at least"."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.faces import Face
from analytics.model import Sector
from analytics.provenance import least_firm
from analytics.summary import NOT_ASSESSED, Total, total_over_communes
from data.i18n import NO_VALUE, Translator
from pages.words.sources import cite, cite_variables
from pages.words.totals import at_least, left_out
from pages.words.view import View

# What it means to be above the norm, where those counted are no people.
_BEYOND = {"requests": "how.above_requests"}


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its name, what it stands for, the kind of figure it is, where it comes from, dated, and how it was computed,
    in words of an elected member."""

    name: str
    figure: str
    note: str
    provenance: str = ""
    source: str = ""
    how: str = ""


def write_total(total: Total, t: Translator) -> str:
    """A total in words: a dash when nothing is known, a sign for "at least" when communes are missing from it."""
    return at_least(t, t.number(round(total.value)), total.missing_count) if total.is_known else NO_VALUE


def _about(total: Total, t: Translator) -> str:
    """A total of rounded counts: about so many, or at least so many."""
    if not total.is_complete:
        return write_total(total, t)
    return t("summary.about", total=t.number(round(total.value, -1)))


def write_left_out(total: Total, t: Translator) -> str:
    """How many communes a total leaves out; empty when none, and where nothing is known."""
    return left_out(t, total.missing_count) if total.is_known else ""


def overview_cards(view: View) -> list[Card]:
    """Population, displaced persons, people above the norm on each service; of what nobody reported, no card, and people far from
    services by the census in its place."""
    reported = [*people_cards(view), *(above_norm_card(view, sector) for sector in view.figures.services)]
    known = [card for card in reported if card.figure != NO_VALUE]
    return known if len(known) == len(reported) else [*known, *_far_cards(view)]


def _far_cards(view: View) -> list[Card]:
    """People whom a service does not reach, as the census measured them."""
    cards = []
    for indicator in view.figures.definitions.indicators.values():
        if indicator.face is not Face.ACCESS or not indicator.critical:
            continue
        results = view.figures.of_month(indicator.id, view.chosen.month).loc[view.codes]
        concerned = results[~results["status"].isin(NOT_ASSESSED)]
        people = total_over_communes(concerned["numerator"])
        when = view.t("baseline.census", census=view.t.month(view.figures.census_month))
        kind = view.figures.provenance_of_result(indicator.id, view.chosen.month)
        if people.is_known:
            note = _note(when, write_left_out(people, view.t))
            cards.append(
                Card(view.result_label(indicator.id), write_total(people, view.t), note, kind, how=view.t("how.far"))
            )
    return cards


def people_cards(view: View) -> list[Card]:
    """Population and displaced persons of the chosen territory and month."""
    figures, month, t = view.figures, view.chosen.month, view.t
    population = total_over_communes(figures.column("population", month).loc[view.codes])
    displaced = total_over_communes(figures.column("displaced_persons", month).loc[view.codes])
    return [
        Card(
            t("overview.population"),
            write_total(population, t),
            write_left_out(population, t),
            figures.provenance("population", month),
            cite_variables(view, ["population"]),
            t("how.census"),
        ),
        Card(
            t("overview.displaced"),
            _about(displaced, t),
            write_left_out(displaced, t),
            figures.provenance("displaced_persons", month),
            cite_variables(view, ["displaced_persons"]),
            t("how.displaced"),
        ),
    ]


def above_norm_label(view: View, sector: Sector) -> str:
    """What people above the norm of a service are called: in words of its own where the texts have some, by its label otherwise."""
    if view.t.has(f"overview.above_norm_{sector}"):
        return view.t(f"overview.above_norm_{sector}")
    return view.t("overview.above_norm", service=view.result_label(sector.value))


def above_norm_card(view: View, sector: Sector) -> Card:
    """People above the norm on a service, in the chosen territory and month."""
    figures, month, t = view.figures, view.chosen.month, view.t
    headline = figures.definitions.headlines[sector]
    indicator = figures.definitions.indicators[headline]
    results = figures.of_month(headline, month).loc[view.codes]
    above = total_over_communes(results["gap_to_norm"])
    return Card(
        above_norm_label(view, sector),
        write_total(above, t),
        _note(view.result_label(headline), write_left_out(above, t)),
        least_firm(results["provenance"]),
        cite(view, [headline]),
        " ".join(
            (t.label(indicator.descriptions), t("how.above_norm"), t(_BEYOND.get(indicator.people, "how.above_people")))
        ),
    )


def _note(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _freshness_row(view: View, row: pd.Series, label: str) -> dict[str, str]:
    t = view.t
    return {
        "label": label,
        "figures": t.number(int(row["figures_count"])),
        "demonstration": t.number(int(row["demonstration_count"])),
        "latest": t.month(row["latest_real_date"]) if pd.notna(row["latest_real_date"]) else NO_VALUE,
        "communes": t.number(int(row["communes_with_real_count"])),
    }
