"""Displaced people, pupils and staff of a commune by sex and by age, as far as disclosure control allows."""

from __future__ import annotations

import streamlit as st

from data.loaders.variables import Variable
from pages.widgets.fact_rows import FactRow
from pages.widgets.html import show
from pages.widgets.screen import Screen


def render_people(screen: Screen, commune: str) -> None:
    """Every part of every split that the commune reported."""
    t = screen.t
    parts = [v for v in screen.figures.definition_set.variables.values() if v.split and _is_reported(screen, v, commune)]
    st.caption(t("people.lead"))
    if not parts:
        st.info(t("people.none"))
        return
    month = screen.chosen.month
    facts = [
        FactRow(t.label(v.labels), screen.count(v.id, commune), provenance=screen.figures.provenance(v.id, month, commune))
        for v in parts
    ]
    show("fact_rows", t, rows=facts)


def _is_reported(screen: Screen, variable: Variable, commune: str) -> bool:
    return bool(screen.figures.provenance(variable.id, screen.chosen.month, commune))
