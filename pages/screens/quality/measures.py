"""Quality of the chosen month: one row a commune, the figures to ask about, both as a workbook."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.collection.rules import read_rules
from pages.widgets.downloads import offer_csv, offer_workbook
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.quality import DIMENSIONS, build_quality_tables, list_communes, list_flags


def render_measures(screen: Screen, today: date) -> None:
    """The table, what is to be asked about, how it is measured, the files."""
    t = screen.t
    st.subheader(t("quality.by_commune"))
    show("quality", t, rows=list_communes(screen, today), dimensions=DIMENSIONS)
    flags = list_flags(screen, today)
    st.subheader(t("quality.flags"))
    if flags:
        st.caption(t("quality.flags_lead"))
        show("quality_flags", t, rows=flags)
    else:
        st.info(t("quality.no_flags"))
    st.caption(_how(screen))
    tables, name = lambda: build_quality_tables(screen, today), ("quality", f"{screen.chosen.month:%Y-%m}")
    with st.container(horizontal=True):
        offer_workbook(screen, tables, [_how(screen), t("quality.source")], *name)
        offer_csv(screen, lambda: next(iter(tables().values())), *name)


def _how(screen: Screen) -> str:
    """How each dimension is measured, with its limits."""
    t, rules = screen.t, read_rules()
    return t(
        "quality.how",
        enough=t.percent(rules.enough_filled),
        days=rules.days_to_report,
        months=rules.months_before,
        over_time=t.percent(rules.over_time),
        score=t.number(rules.modified_z, 1),
        other=t.percent(rules.other_source),
        smallest=rules.smallest_change,
    )
