"""One indicator: what it is, its formula in words, its norm, its sources, who reports it, its map."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.widgets import province_map
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words import methods


def render_indicator(screen: Screen, indicator_id: str) -> None:
    """Draw the page of an indicator that is in use."""
    t, figures = screen.t, screen.figures
    st.title(t.label(figures.definitions.indicators[indicator_id].labels))
    show("method_indicators", t, rows=[methods.describe_indicator(screen, indicator_id)])
    st.subheader(t("methods.reported_by"))
    show("lines", t, lines=methods.list_reporting(screen, indicator_id))
    norms = methods.list_norms_of(figures.definitions, indicator_id, t)
    if norms:
        st.subheader(t("methods.norms"))
        show("method_norms", t, rows=norms)
    if indicator_id in figures.assessment.results:
        st.subheader(t("methods.on_map"))
        seen = replace(screen, chosen=replace(screen.chosen, indicator=indicator_id))
        province_map.render_province_map(seen, seen.month_results())
