"""Reconstruction watch: dwellings by date, what remains and means, schools and health centres, every fact, a form to add one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.dated_facts import COMMUNE
from pages.html import fill
from pages.print.charts.ground_catalogue import reconstruction_chart
from pages.screens.places.fact_form import render_form
from pages.widgets import session
from pages.widgets.pictures import show_plot
from pages.widgets.plots import build_reconstruction_chart
from pages.widgets.screen import Screen
from pages.words import reconstruction as words
from pages.words.reconstruction import Watch

EVERYWHERE = "everywhere"


def render_watch(screen: Screen) -> None:
    """Draw the part."""
    t = screen.t
    title = st.container()
    area = _choose_area(screen)
    watch = words.read_watch(screen, area)
    with title:
        st.title(words.state_watch(screen, watch))
        st.caption(t("watch.lead"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if watch.stood:
            show_plot(
                screen,
                build_reconstruction_chart(screen, watch),
                reconstruction_chart(screen, watch),
                key=f"watch-{area}",
                alt=t("watch.chart_alt"),
            )
        _render_steps(screen, watch)
    with right:
        st.html(fill("point_lines", t, lines=words.write_meaning(screen, watch)))
    st.subheader(t("watch.buildings"))
    st.html(fill("point_lines", t, lines=words.list_buildings(screen)))
    st.subheader(t("watch.facts"))
    _render_facts(screen)


def _choose_area(screen: Screen) -> str:
    session.keep_valid("watch_area", list(words.AREAS), words.AREAS[0])
    return str(
        st.segmented_control(
            screen.t("watch.area"),
            words.AREAS,
            format_func=lambda a: screen.t(f"watch.area_{a}"),
            key="watch_area",
            required=True,
            label_visibility="collapsed",
        )
    )


def _render_steps(screen: Screen, watch: Watch) -> None:
    """The steps of a dwelling on two days; counts that fell are named below."""
    headings, rows = words.list_steps(screen, watch)
    if rows:
        st.html(fill("reconstruction_steps", screen.t, headings=headings, rows=rows))
    falls = words.find_falls(screen, watch)
    if falls:
        st.html(fill("point_lines", screen.t, lines=falls))


def _render_facts(screen: Screen) -> None:
    """Every fact of the chosen place, newest first; those that somebody added can be withdrawn."""
    t, facts = screen.t, words.all_facts(screen)
    render_form(screen)
    own = sorted(set(facts.loc[facts["area"] == COMMUNE, "commune_code"]), key=screen.name)
    places = [EVERYWHERE, *words.AREAS, *own]
    session.keep_valid("watch_place", places, EVERYWHERE)
    place = str(st.selectbox(t("watch.place"), places, format_func=lambda p: _name(screen, p), key="watch_place"))
    shown = facts[_is_of(facts, place)].iloc[::-1]
    st.caption(t("watch.count", count=len(shown)))
    st.html(fill("dated_facts", t, rows=words.list_facts(screen, shown)))


def _name(screen: Screen, place: str) -> str:
    return screen.t(f"watch.area_{place}") if place in (EVERYWHERE, *words.AREAS) else screen.name(place)


def _is_of(facts: pd.DataFrame, place: str) -> pd.Series:
    if place == EVERYWHERE:
        return pd.Series(True, index=facts.index)
    return facts["area"].eq(place) | facts["commune_code"].eq(place)
