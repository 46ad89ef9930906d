"""Douars on the map screen: the switch, what is sent to the map, the legend."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from data.douar_table import read_place_source
from geo.dots import LOOKS
from geo.douar_layer import ShowDouars
from geo.folium_map import ASSETS
from pages.html import fill
from pages.widgets import session
from pages.widgets.screen import Screen
from pages.words import douars as words

HIDDEN = ""


def choose_douars(screen: Screen) -> None:
    """Which census figure the douars show, or that they are hidden; nothing to choose where none has a place."""
    if not read_place_source(screen.figures.province):
        return
    t = screen.t
    session.keep_valid("map_douars", [HIDDEN, *words.SHOWN], HIDDEN)
    st.selectbox(
        t("douar.on_map"),
        [HIDDEN, *words.SHOWN],
        format_func=lambda figure: t(f"column.{figure}") if figure else t("douar.hidden"),
        key="map_douars",
    )


def ask_for_douars(screen: Screen) -> ShowDouars:
    """What is sent to the map: the address of the places with their figure, or that none is shown."""
    figure, province = st.session_state.get("map_douars", HIDDEN), screen.figures.province
    if not figure or not read_place_source(province):
        return ShowDouars("", "")
    query = urlencode({"lang": screen.t.language})
    return ShowDouars(f"{ASSETS}/douars/{province.id}/{figure}?{query}", read_place_source(province)["attribution"])


def render_legend(screen: Screen) -> None:
    """What the dots mean, and that their places are indicative."""
    figure = st.session_state.get("map_douars", HIDDEN)
    if not figure:
        return
    rows = words.legend_of_dots(screen, words.list_douars(screen, screen.figures.territory), figure)
    st.html(fill("dot_legend", screen.t, rows=rows, looks=LOOKS))
    st.caption(f"{screen.t('douar.map_caption')} {words.write_source(screen)}")
