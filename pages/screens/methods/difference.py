"""What the earthquake changed, by two censuses: the table and its caveats."""

from __future__ import annotations

import streamlit as st

from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.census_difference import count_unknown, list_effects, read_effects


def render_difference(screen: Screen) -> None:
    """Nothing where the territory has no two censuses, or no intensities."""
    t, province = screen.t, screen.figures.province
    effects = read_effects(province)
    if effects is None:
        return
    st.caption(t("difference.lead", first=str(effects.first), second=str(effects.second), day=t.date(province.event.day)))
    show("difference", t, rows=list_effects(screen, effects))
    limit = {"limit": t.number(province.event.censored_below, 1), "count": t.number(count_unknown(effects))}
    show("paragraphs", t, key="methods.difference", values=limit)
