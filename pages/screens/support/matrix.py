"""Communes × needs of a service: what is open in each, of what, and how many organisations are there."""

from __future__ import annotations

import streamlit as st

from pages.html import fill
from pages.widgets.screen import Screen
from pages.words import support as words


def render_matrix(screen: Screen, need: str) -> None:
    """The matrix of the service that the chosen need belongs to."""
    t, sector = screen.t, screen.figures.definition_set.means.needs[need].sector.value
    st.subheader(t("support.matrix_title", service=screen.result_label(sector)))
    headings, rows = words.list_matrix(screen, sector)
    st.html(fill("support_matrix", t, headings=headings, rows=rows))
    st.caption(t("support.matrix_key"))
