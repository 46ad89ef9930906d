"""The map over the whole width with its month slider, its player, its search, and the card of the chosen commune upon it.

The map is mounted once: a change of indicator, month or choice sends styles only.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from data.people.roles import Right
from geo.folium_map import ASSETS
from geo.map_layers import Beside, LookedAt, Months, ShowLayers
from geo.map_styles import build_styles
from pages.print.charts import catalogue
from pages.screens.map import beside, card, draw, layers, search
from pages.screens.map.styles import write_month_styles
from pages.widgets import pictures, province_map, session
from pages.widgets.live_map import base_map
from pages.widgets.screen import Screen

HEIGHT = 620
SECONDS_A_MONTH = 1.5


def render_months(screen: Screen) -> None:
    """The month as a slider, the same choice as in the sidebar, and the switch that plays the months one after the other."""
    months = [f"{m:%Y-%m}" for m in screen.figures.months]
    if len(months) < 2:
        return
    month = f"{screen.chosen.month:%Y-%m}"
    # A value that is set is sent back: it would put a slider that a hand moved on meanwhile back to where it was.
    if st.session_state.get("map_month") != month:
        st.session_state["map_month"] = month
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.select_slider(
            screen.t("sidebar.month"),
            months,
            format_func=lambda m: screen.t.month(pd.Timestamp(m)),
            key="map_month",
            on_change=session.take_month,
            args=("map_month",),
            kwargs={"is_slid": True},
        )
        st.toggle(screen.t("map.play"), key="playing", help=screen.t("map.play_help"))


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
    """Search and layers, the map with the card upon it, the legends; on a telephone the map comes first (style rules)."""
    results = screen.month_results()
    session.keep_valid_or_none("card", screen.codes)
    with st.container(key="map-controls"):
        left, right = st.columns([2, 5], gap="medium")
        with left:
            search.render_search(screen)
        with right:
            layers.choose_layers(screen)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            beside.choose(screen)
            if len(screen.figures.territory) > 1:
                draw.render_switch(screen)
        draw.render_drawing(screen)
    chosen, other = st.session_state.get("card"), beside.read_other(screen)
    with st.container(key="map-room"):
        with st.container(key="map-canvas"):
            _draw_map(screen, search.find_place(screen), beside.to_send(screen, other))
        if chosen and other is None:
            with st.container(key="map-card"):
                st.button(screen.t("page.close"), key="map-card-close", icon=":material/close:", on_click=_close_card)
                card.render_card(screen, chosen)
    with st.container(key="map-legends"):
        render_months(screen)
        if other is not None:
            beside.render_legend(screen, other)
            _render_cards(screen, [chosen, other.value if other.kind == "commune" else None])
        province_map.render_legend(screen, results, is_short=other is not None)
        layers.render_legends(screen, other)
        shown = layers.shown_layers()
        charts = [catalogue.map_chart(screen, shown)]
        if other is not None:
            charts.insert(0, catalogue.map_pair_chart(screen, beside.asked_pair(screen), shown))
        if chosen:
            charts.append(catalogue.services_chart(screen, chosen))
        with st.container(horizontal=True, vertical_alignment="center"):
            pictures.offer_charts(screen, charts)
            if screen.may(Right.API):
                st.link_button(screen.t("layer.geopackage"), layers.package_address(screen), icon=":material/layers:")


def _render_cards(screen: Screen, communes: list[str | None]) -> None:
    """Cards of communes beside each other."""
    shown = [code for code in communes if code]
    for column, code in zip(st.columns(max(2, len(shown)), gap="medium"), shown, strict=False):
        with column:
            card.render_card(screen, code)


def _close_card() -> None:
    st.session_state["card"] = None


def _draw_map(screen: Screen, place: str | LookedAt | None, second: Beside | None) -> None:
    """Send the styles; take a click as the new choice."""
    sent, lasso = layers.layers_to_send(screen), draw.lasso_words(screen)
    message = ShowLayers(sent, place, draw.picked(), second, lasso, _months_to_send(screen))
    answer = st_folium(
        base_map(screen),
        key=f"map-{screen.figures.province.id}-{screen.t.language}",
        feature_group_to_add=build_styles(write_month_styles(screen), st.session_state.get("card"), message),
        returned_objects=["last_active_drawing"],
        use_container_width=True,
        height=HEIGHT,
        # The map alone: the component reads nothing of the page around it.
        render=False,
    )
    clicked = ((answer or {}).get("last_active_drawing") or {}).get("properties", {})
    if clicked and clicked != st.session_state.get("_map_clicked"):
        st.session_state["_map_clicked"] = clicked
        _take_click(screen, clicked.get("picked") or [clicked.get("commune_code")])


def _months_to_send(screen: Screen) -> Months | None:
    """The colours of all months for the slider; None where there is no slider."""
    chosen, months = screen.chosen, screen.figures.months
    if len(months) < 2:
        return None
    # One address for every month, commune and card.
    asked = replace(chosen, month=months[-1], commune="", card="").address()
    address = f"{ASSETS}/map/{screen.figures.province.id}/months?{urlencode(asked)}"
    return Months(address, f"{chosen.month:%Y-%m}", screen.t.month(chosen.month))


def _take_click(screen: Screen, communes: list[str | None]) -> None:
    """Open the card of a commune; while a territory is drawn, pick the commune, or all within a loop."""
    known = [str(commune) for commune in communes if commune in screen.codes]
    if not known:
        return
    if draw.is_drawing():
        draw.take(known)
    else:
        session.open_card(known[0])
    st.rerun()
