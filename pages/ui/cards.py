"""The line of figures at the head of the Overview, and the table that says how fresh the figures are."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.model import SECTORS, Sector
from analytics.summary import Total, total_over_communes
from data.i18n import NO_VALUE
from data.loaders.today import load_sheets
from pages.ui.html import fill, show
from pages.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its name, what it stands for, and the kind of figure it is."""

    name: str
    figure: str
    note: str
    provenance: str = ""


def render_overview_cards(screen: Screen) -> None:
    """Population, displaced persons, and people above the norm on each service, for the chosen territory and month."""
    st.html(fill_overview_cards(screen))


def fill_overview_cards(screen: Screen) -> Markup:
    """The line of figures as HTML."""
    return fill("cards", screen.t, cards=[*people_cards(screen), *(above_norm_card(screen, s) for s in SECTORS)])


def render_freshness(screen: Screen) -> None:
    """By sheet: figures held, share of demonstration, latest month of real figures, communes that sent any."""
    freshness = screen.figures.freshness().set_index("sheet")
    rows = [
        _freshness_row(screen, freshness.loc[s.id], screen.t.label(s.labels))
        for s in load_sheets()
        if s.id in freshness.index
    ]
    show("freshness", screen.t, rows=rows)


def at_least(total: Total, screen: Screen) -> str:
    """A total in words: a dash when nothing is known, a sign for "at least" when communes are missing from it."""
    if not total.is_known:
        return NO_VALUE
    shown = screen.t.number(round(total.value))
    return shown if total.is_complete else screen.t("summary.at_least", total=shown)


def _about(total: Total, screen: Screen) -> str:
    """A total of rounded counts: about so many, or at least so many."""
    if not total.is_complete:
        return at_least(total, screen)
    return screen.t("summary.about", total=screen.t.number(round(total.value, -1)))


def left_out(total: Total, screen: Screen) -> str:
    """How many communes a total leaves out; empty when none."""
    known_in_part = total.is_known and not total.is_complete
    return screen.t("summary.left_out", count=total.missing_count) if known_in_part else ""


def people_cards(screen: Screen) -> list[Card]:
    """Population and displaced persons of the chosen territory and month."""
    figures, month, t = screen.figures, screen.chosen.month, screen.t
    population = total_over_communes(figures.column("population", month).loc[screen.codes])
    displaced = total_over_communes(figures.column("displaced_persons", month).loc[screen.codes])
    return [
        Card(t("overview.population"), at_least(population, screen), t("overview.population_note")),
        Card(
            t("overview.displaced"),
            _about(displaced, screen),
            _note(t.month(month), left_out(displaced, screen)),
            figures.provenance("displaced_persons", month),
        ),
    ]


def above_norm_card(screen: Screen, sector: Sector) -> Card:
    """People above the norm on a service, in the chosen territory and month."""
    figures, month, t = screen.figures, screen.chosen.month, screen.t
    headline = figures.definitions.headlines[sector]
    results = figures.of_month(headline, month).loc[screen.codes]
    above = total_over_communes(results["gap_to_norm"])
    return Card(
        t(f"overview.above_norm_{sector}"),
        at_least(above, screen),
        _note(screen.result_label(headline), left_out(above, screen)),
        figures.provenance_of_result(headline, month),
    )


def _note(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _freshness_row(screen: Screen, row: pd.Series, label: str) -> dict[str, str]:
    t = screen.t
    return {
        "label": label,
        "figures": t.number(int(row["figures_count"])),
        "demonstration": t.number(int(row["demonstration_count"])),
        "latest": t.month(row["latest_real_date"]) if pd.notna(row["latest_real_date"]) else NO_VALUE,
        "communes": t.number(int(row["communes_with_real_count"])),
    }
