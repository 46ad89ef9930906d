"""The douars of the chosen territory: the finding, a map of those that are placed, a list to search and to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from pages.html import fill
from pages.widgets.douar_files import render_files
from pages.widgets.douar_map import choose_figure, render_map
from pages.widgets.screen import Screen
from pages.words import douars as words

ROWS_SHOWN = 40


def render_douars(screen: Screen) -> None:
    """Draw the part."""
    t, codes = screen.t, screen.codes
    douars = words.list_douars(screen, codes)
    census = t("baseline.census", census=t.month(screen.figures.census_month))
    st.title(t("title.dated", finding=words.state_douars(screen, douars), date=census))
    st.caption(t("douar.lead"))
    if douars.empty:
        st.info(t("douar.none"))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        render_map(screen, douars, choose_figure(screen, "douar_figure"), codes, "douar-map")
    with right:
        st.html(screen.keep("douar-totals", lambda: _fill_totals(screen)))
    st.subheader(t("douar.list"))
    _render_list(screen, douars)


def _render_list(screen: Screen, douars: pd.DataFrame) -> None:
    """Searched by what is typed; the first rows here, everything that was found in the files."""
    t = screen.t
    typed = st.text_input(t("douar.search"), key="douar_search", placeholder=t("douar.search_placeholder"))
    found = words.search_douars(screen, douars, typed).sort_values("population", ascending=False, kind="stable")
    st.html(screen.keep("douar-list", lambda: _fill_list(screen, found), typed))
    render_files(screen, found)


def _fill_totals(screen: Screen) -> Markup:
    totals = words.write_totals(screen, screen.codes)
    return fill("douar_totals", screen.t, sentences=totals.sentences, remainders=totals.remainders)


def _fill_list(screen: Screen, found: pd.DataFrame) -> Markup:
    rows = words.list_rows(screen, found.head(ROWS_SHOWN))
    return fill("douar_list", screen.t, rows=rows, figures=words.SHOWN, found=len(found), shown=len(rows), several=True)
