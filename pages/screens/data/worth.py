"""What to ask for first: the twelve figures that would say most, and the whole list as a file."""

from __future__ import annotations

import streamlit as st

from pages.print.tables.results import write_csv
from pages.widgets.downloads import choose_hxl
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.worth import SHOWN, without_result, worth_rows, worth_table


def render_worth(screen: Screen) -> None:
    """The list for the chosen territory and month; what is missing altogether before it."""
    t, rows, missing = screen.t, worth_rows(screen), without_result(screen)
    if missing:
        st.info(t("worth.missing", count=missing, month=t.month(screen.chosen.month)))
    if not rows:
        return
    st.caption(t("worth.lead", month=t.month(screen.chosen.month), count=SHOWN))
    show("worth", t, rows=rows)
    st.caption(t("worth.how"))
    hxl = choose_hxl(t, "worth-hxl")
    st.download_button(
        t("table.csv"),
        lambda: write_csv(worth_table(screen), hxl=hxl),
        screen.name_file(screen.figures.province.id, "worth", f"{screen.chosen.month:%Y-%m}", form="csv"),
        "text/csv",
        on_click="ignore",
        key="worth-csv",
    )
