"""The map with its month slider, its player, its list for the keyboard, and the card of the chosen commune.

The map is mounted once: a change of indicator, month or choice sends styles only.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from analytics.summary import legend_rows
from geo.map_styles import CommuneStyle, build_styles
from pages.print.charts import catalogue
from pages.screens.map import card, douars
from pages.widgets import pictures, province_map, session
from pages.widgets.commune_choice import search_commune
from pages.widgets.live_map import base_map
from pages.widgets.screen import Screen

HEIGHT = 560
SECONDS_A_MONTH = 1.5


def render_months(screen: Screen) -> None:
    """The month as a slider, the same choice as in the sidebar, and the switch that plays the months one after the other."""
    months = [f"{m:%Y-%m}" for m in screen.figures.months]
    st.session_state["map_month"] = f"{screen.chosen.month:%Y-%m}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.select_slider(
            screen.t("sidebar.month"),
            months,
            format_func=lambda m: screen.t.month(pd.Timestamp(m)),
            key="map_month",
            on_change=_take_slider,
        )
        st.toggle(screen.t("map.play"), key="playing", help=screen.t("map.play_help"))


def _take_slider() -> None:
    st.session_state["month"] = st.session_state["map_month"]


def run_player() -> None:
    """Start the clock while the switch is on; drawn last, so that nothing before it moves and the map stays mounted."""
    if st.session_state.get("playing"):
        st.session_state["_tick_armed"] = False
        _tick()


@st.fragment(run_every=SECONDS_A_MONTH)
def _tick() -> None:
    """Ask for the next month; the first run, while the page is drawn, only starts the clock."""
    if st.session_state["_tick_armed"]:
        session.ask_for_next_month()
        st.rerun(scope="app")
    st.session_state["_tick_armed"] = True


def render_panel(screen: Screen) -> None:
    """The map and its legend; beside them the list and the card."""
    results = screen.month_results()
    left, right = st.columns([7, 4], gap="medium")
    with left:
        douars.choose_douars(screen)
        _draw_map(screen, results)
    with right:
        chosen = _choose_from_list(screen)
        charts = [catalogue.map_chart(screen)]
        if chosen:
            charts.append(catalogue.services_chart(screen, chosen))
            card.render_card(screen, chosen)
        else:
            st.info(screen.t("map.click"))
        pictures.offer_charts(screen, charts)
    with left:
        province_map.render_legend(screen, results)
        douars.render_legend(screen)


def _draw_map(screen: Screen, results: pd.DataFrame) -> None:
    """Send the styles; take a click as the new choice."""
    styles = {
        row.commune_code: CommuneStyle(
            legend_row, screen.describe_class(row), screen.describe_score(row), screen.describe_given(row)
        )
        for row, legend_row in zip(results.itertuples(), legend_rows(results).values(), strict=True)
    }
    sent = build_styles(styles, st.session_state.get("card"))
    sent.add_child(douars.ask_for_douars(screen))
    answer = st_folium(
        base_map(screen),
        key=f"map-{screen.figures.province.id}-{screen.t.language}",
        feature_group_to_add=sent,
        returned_objects=["last_active_drawing"],
        use_container_width=True,
        height=HEIGHT,
    )
    clicked = ((answer or {}).get("last_active_drawing") or {}).get("properties", {}).get("commune_code")
    if clicked and clicked != st.session_state.get("_map_clicked"):
        st.session_state["_map_clicked"] = clicked
        if clicked in screen.codes:
            st.session_state["card"] = clicked
            st.rerun()


def _choose_from_list(screen: Screen) -> str | None:
    """The same choice as a click, for the keyboard."""
    session.keep_valid_or_none("card", screen.codes)
    return search_commune(screen, screen.t("map.list"), screen.codes, "card", screen.t("map.list_placeholder"))
