"""Mobile units: how many, how far, how often; where they are based and whom they see on which rhythm."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analytics.allocation_problem import InfeasibleError
from analytics.mobile_units import Rounds
from analytics.resources import Means
from geo.svg_map import MapText, render_choropleth
from pages.print.charts.means_catalogue import rounds_chart
from pages.screens.means.douar_rounds import render_douar_rounds
from pages.screens.means.settings import kept
from pages.widgets.html import show
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.allocations import write_gap, write_refusal
from pages.words.links import commune_links
from pages.words.mobile_rounds import WHOM, _demand, _place, state_rounds, visits_a_day

PLACES = ("communes", "douars")


def render_mobile(screen: Screen, means: Means, rows: pd.DataFrame) -> None:
    """Choices, then the rounds on a map and in a table, or why none can be planned."""
    t = screen.t
    st.subheader(t("mobile.title"))
    places = st.radio(
        t("rounds.places"), PLACES, format_func=lambda p: t(f"rounds.places_{p}"), **kept("means_places"), horizontal=True
    )
    if places == "douars":
        render_douar_rounds(screen, visits_a_day(rows))
        return
    whom = str(
        st.radio(t("mobile.whom"), WHOM, format_func=lambda w: t(f"mobile.whom_{w}"), **kept("means_whom"), horizontal=True)
    )
    one, two, three, four = st.columns(4, gap="medium")
    with one:
        units = int(st.number_input(t("mobile.units"), 1, 50, **kept("means_units")))
    with two:
        radius = float(st.number_input(t("mobile.radius"), 0, 150, step=5, **kept("means_radius")))
    with three:
        days = int(st.number_input(t("mobile.days"), 1, 7, **kept("means_days")))
    with four:
        visits = float(
            st.number_input(t("mobile.visits"), 0.25, 4.0, step=0.25, disabled=whom == "gap", **kept("means_visits"))
        )
    demand, per_day = _demand(screen, rows, whom, visits)
    codes = tuple(screen.codes)
    try:
        with st.spinner(t("means.solving")):
            rounds = _place(screen.figures.province.layer, codes, tuple(demand), units, radius, days, per_day)
    except InfeasibleError as refused:
        st.info(write_refusal(refused, t))
        return
    _render_rounds(screen, rounds, whom)


def _render_rounds(screen: Screen, rounds: Rounds, whom: str) -> None:
    t = screen.t
    unknown = int(np.isnan(rounds.demand).sum())
    st.markdown(state_rounds(screen, rounds, whom))
    st.caption(
        " ".join(
            part
            for part in (
                write_gap(rounds.gap, t),
                "" if rounds.ended else t("means.at_limit"),
                t("mobile.unknown", count=unknown) if unknown else "",
            )
            if part
        )
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        _render_map(screen, rounds, whom)
    with right:
        table = rounds.table()
        by_base = dict(zip(rounds.commune_codes, rounds.bases, strict=True))
        people = dict(zip(rounds.commune_codes, rounds.served, strict=True))
        lines = [
            {
                "base": screen.name(base) if position == 0 else "",
                "units": t("mobile.based", count=int(by_base[base])) if position == 0 else "",
                "commune": screen.name(row.commune_code),
                "days": t("mobile.days_a_week", count=int(row.days_per_week)),
                "served": t.number(people[row.commune_code], 0),
            }
            for base, group in table.groupby("base")
            for position, row in enumerate(group.itertuples())
        ]
        show("means_rounds", t, rows=lines)


def _render_map(screen: Screen, rounds: Rounds, whom: str) -> None:
    t = screen.t
    visited = set(rounds.table()["commune_code"])
    codes = rounds.commune_codes
    text = MapText(
        title=t("mobile.title"),
        description=f"{t('mobile.map_description')}. {t('map.keys')}",
        direction=t.direction,
        links=commune_links(screen, codes),
        details={c: t("mobile.map_visited" if c in visited else "mobile.map_not", commune=screen.name(c)) for c in codes},
    )
    marks = {c: str(int(n)) for c, n in zip(codes, rounds.bases, strict=True) if n}
    focus = codes if len(codes) < len(screen.figures.territory) else None
    # Visited communes in the lightest class: no class is meant, the caption says so.
    svg = render_choropleth(
        screen.figures.province.layer,
        {c: 1 if c in visited else "no_data" for c in codes},
        screen.figures.definitions.legend,
        text,
        marks=marks,
        focus=focus,
        identifier="rounds",
    )
    show_places(screen, f'<div class="map">{svg}</div>', [rounds_chart(screen, rounds, whom)], key="rounds-map")
    st.caption(t("mobile.map_caption", attribution=screen.figures.attribution))
