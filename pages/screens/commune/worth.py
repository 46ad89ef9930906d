"""Which figures a commune sends first: what is missing altogether, then what would narrow the range of its index most."""

from __future__ import annotations

import streamlit as st

from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.partial import list_to_collect
from pages.words.worth import state_worth, unknown_indicators, worth_rows, worth_table


def render_worth(screen: Screen, commune: str) -> None:
    """What is missing stands before what is unsure; without an index, the figures that are asked for first."""
    t, month = screen.t, screen.t.month(screen.chosen.month)
    if commune not in set(worth_table(screen)["commune_code"]):
        st.info(t("worth.no_index", month=month))
        show("point_lines", t, lines=list_to_collect(screen))
        return
    if unknown := unknown_indicators(screen, commune):
        st.info(t("worth.unknown_first", month=month, names=t("sign.comma").join(unknown)))
    rows = worth_rows(screen, commune)
    st.markdown(f"**{state_worth(screen, rows)}**")
    if rows:
        show("commune_worth", t, rows=rows)
        st.caption(t("worth.how"))
