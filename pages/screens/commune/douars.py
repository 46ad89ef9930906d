"""The douars of a commune: how they add up, where they lie, each with what the census measured."""

from __future__ import annotations

import streamlit as st

from pages.html import fill
from pages.widgets.douar_files import render_files
from pages.widgets.douar_map import choose_figure, render_map
from pages.widgets.screen import Screen
from pages.words import douars as words


def render_douars(screen: Screen, commune: str) -> None:
    """Every douar, most people first."""
    t = screen.t
    douars = words.list_douars(screen, [commune]).sort_values("population", ascending=False, kind="stable")
    if douars.empty:
        st.info(t("douar.none"))
        return
    left, right = st.columns(2, gap="large")
    with left:
        render_map(screen, douars, choose_figure(screen, "commune_douar_figure"), [commune], "commune-douars")
    with right:
        totals = words.write_totals(screen, [commune])
        st.html(fill("douar_totals", t, sentences=totals.sentences, remainders=totals.remainders))
    rows = words.list_rows(screen, douars)
    st.html(fill("douar_list", t, rows=rows, figures=words.SHOWN, found=len(rows), shown=len(rows), several=False))
    render_files(screen, douars, f"douars-{commune}")
