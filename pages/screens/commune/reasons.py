"""Why the services of a commune are under pressure: three parts that sum to it."""

from __future__ import annotations

import streamlit as st

from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.reasons import reason_rows


def render_reasons(screen: Screen, commune: str) -> None:
    """The parts of each indicator that counts, with their intervals."""
    t, rows = screen.t, reason_rows(screen, commune)
    st.caption(t("reasons.lead", day=t.date(screen.figures.province.event.day)))
    if not rows:
        st.info(t("reasons.none"))
        return
    show("reasons", t, rows=rows)
    st.caption(t("reasons.how"))
