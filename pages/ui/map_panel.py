"""The map with its month slider, its player, its list for the keyboard, and the card of the chosen commune.

Moves inside the panel rerun the panel alone: the map is not mounted again, only styles are sent.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from analytics.summary import legend_rows
from geo.folium_map import CommuneStyle, build_base_map, build_styles
from pages.ui import commune_card, province_map, selection
from pages.ui.screen import Screen

HEIGHT = 560
SECONDS_A_MONTH = 1.5


def render_player(screen: Screen) -> None:
    """The switch that plays the months one after the other."""
    st.toggle(screen.t("map.play"), key="playing", help=screen.t("map.play_help"))


def render_panel(screen: Screen) -> None:
    """Draw the panel; while it plays it moves on by itself."""
    interval = SECONDS_A_MONTH if st.session_state.get("playing") else None
    st.fragment(_draw, run_every=interval)(screen)


def _draw(screen: Screen) -> None:
    screen = _with_month(screen)
    results = screen.month_results()
    left, right = st.columns([7, 4], gap="medium")
    with left:
        _draw_map(screen, results)
    with right:
        chosen = _choose_from_list(screen)
        if chosen:
            commune_card.render_card(screen, chosen)
        else:
            st.info(screen.t("map.click"))
    with left:
        province_map.render_legend(screen, results)


def _with_month(screen: Screen) -> Screen:
    """The screen at the month of the slider, moved on by one when playing; the address follows."""
    months = [f"{m:%Y-%m}" for m in screen.figures.months]
    if "map_month" not in st.session_state or st.session_state.get("_month_seen") != st.session_state["month"]:
        st.session_state["map_month"] = st.session_state["month"]
    if st.session_state.get("playing"):
        position = (months.index(st.session_state["map_month"]) + 1) % len(months)
        st.session_state["map_month"] = months[position]
    month = st.select_slider(
        screen.t("sidebar.month"), months, format_func=lambda m: screen.t.month(pd.Timestamp(m)), key="map_month"
    )
    st.session_state["_month_seen"] = st.session_state["month"]
    return replace(screen, chosen=replace(screen.chosen, month=pd.Timestamp(month)))


def _draw_map(screen: Screen, results: pd.DataFrame) -> None:
    """Send the styles; take a click as the new choice."""
    styles = {
        row.commune_code: CommuneStyle(legend_row, screen.describe(row))
        for row, legend_row in zip(results.itertuples(), legend_rows(results).values(), strict=True)
    }
    answer = st_folium(
        build_base_map(screen.figures.definitions.legend, "name_ar" if screen.t.language == "ar" else "name_fr"),
        key=f"map-{screen.t.language}",
        feature_group_to_add=build_styles(styles, st.session_state.get("map_commune")),
        returned_objects=["last_active_drawing"],
        use_container_width=True,
        height=HEIGHT,
    )
    clicked = ((answer or {}).get("last_active_drawing") or {}).get("properties", {}).get("commune_code")
    if clicked and clicked != st.session_state.get("_map_clicked"):
        st.session_state["_map_clicked"] = clicked
        if clicked in screen.codes:
            st.session_state["map_commune"] = clicked
            st.rerun(scope="fragment")


def _choose_from_list(screen: Screen) -> str | None:
    """The same choice as a click, for the keyboard."""
    selection.keep_valid_or_none("map_commune", screen.codes)
    return st.selectbox(
        screen.t("map.list"),
        screen.codes,
        index=None,
        format_func=screen.name,
        key="map_commune",
        placeholder=screen.t("map.list_placeholder"),
    )
