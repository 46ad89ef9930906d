"""The line of figures at the head of the Overview, and the table that says how fresh the figures are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from pages.html import fill
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.figure_cards import _freshness_row, overview_cards


def render_overview_cards(screen: Screen) -> None:
    """Population, displaced persons, and people above the norm on each service, for the chosen territory and month."""
    st.html(fill_overview_cards(screen))


def fill_overview_cards(screen: Screen) -> Markup:
    """The line of figures as HTML."""
    return fill("cards", screen.t, cards=overview_cards(screen))


def render_freshness(screen: Screen) -> None:
    """By sheet: figures held, share of demonstration, latest month of real figures, communes that sent any."""
    freshness = screen.figures.origins.freshness.set_index("sheet")
    rows = [
        _freshness_row(screen, freshness.loc[s.id], screen.t.label(s.labels))
        for s in screen.figures.definition_set.sheets
        if s.id in freshness.index
    ]
    show("freshness", screen.t, rows=rows)
