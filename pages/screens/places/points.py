"""Derived service points: a map with the ellipses, how well they say what they were not shown, true points and contradictions."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.dots import LOOKS
from geo.svg_map import MapText, render_choropleth
from pages.figures.service_points import DISTANCES, ServiceMap, read_services
from pages.html import fill
from pages.print.charts.ground_catalogue import points_chart
from pages.screens.places.true_point import render_form
from pages.widgets import session
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words import service_points as words
from pages.words.douars import write_source
from pages.words.links import commune_links

LEGEND = {"derived": "points.status_derived", "true": "points.status_true"}


def render_points(screen: Screen) -> None:
    """Draw the part."""
    t = screen.t
    title = st.container()
    service = _choose_service(screen)
    found = read_services(screen.figures, service)
    with title:
        census = t("baseline.census", census=t.month(screen.figures.census_month))
        st.title(t("title.dated", finding=words.state_services(screen, found), date=census))
        st.caption(t("points.lead"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _render_map(screen, found)
    with right:
        st.html(fill("point_lines", t, lines=words.write_quality(screen, found)))
        render_form(screen, service)
    st.html(fill("service_points", t, rows=words.list_points(screen, found)))
    _render_contradictions(screen, found)


def _choose_service(screen: Screen) -> str:
    session.keep_valid("points_service", list(DISTANCES), next(iter(DISTANCES)))
    return str(
        st.segmented_control(
            screen.t("points.service"),
            list(DISTANCES),
            format_func=lambda s: screen.t(f"column.{DISTANCES[s]}"),
            key="points_service",
            required=True,
            label_visibility="collapsed",
        )
    )


def _render_map(screen: Screen, found: ServiceMap) -> None:
    t, codes = screen.t, screen.codes
    text = MapText(
        title=t("points.title"),
        description=f"{t('points.map_description')}. {t('map.keys')}",
        direction=t.direction,
        details={code: screen.name(code) for code in codes},
        links=commune_links(screen, codes),
    )
    svg = render_choropleth(
        screen.figures.province.layer,
        dict.fromkeys(codes, "blank"),
        screen.figures.definitions.legend,
        text,
        focus=codes if len(codes) < len(screen.figures.territory) else None,
        dots=words.dots_of(screen, found, codes),
        ellipses=words.ellipses_of(screen, found, codes),
        identifier="points",
    )
    rows = [{"kind": kind, "label": t(key), "count": ""} for kind, key in LEGEND.items()]
    html = Markup(f'<div class="map">{svg}</div>') + fill("dot_legend", t, rows=rows, looks=LOOKS)
    show_places(screen, html, [points_chart(screen, found)], key="points-map")
    st.caption(f"{t('points.map_caption')} {write_source(screen)}")


def _render_contradictions(screen: Screen, found: ServiceMap) -> None:
    t, lines = screen.t, words.list_contradictions(screen, found)
    st.subheader(t("points.contradictions"))
    st.caption(t("points.contradictions_lead"))
    if not lines:
        st.info(t("points.no_contradiction"))
        return
    st.html(fill("point_lines", t, lines=lines[: words.LISTED]))
    if len(lines) > words.LISTED:
        with st.expander(t("points.more", count=len(lines) - words.LISTED)):
            st.html(fill("point_lines", t, lines=lines[words.LISTED :]))
