"""Where a second shock would displace most people: a map and a list that rest on measured figures alone."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.scenario import Scenario
from analytics.shock_effects import ShockEffects
from geo.hatches import BLANK
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.print.charts.catalogue import shock_chart
from pages.widgets.html import show
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.links import commune_links
from pages.words.shock import ShockPlace, list_places, state_range, write_shock_source


def render_shock_places(screen: Screen, scenario: Scenario, effects: ShockEffects) -> None:
    """The range in words, then the communes in discs on the map and in a list."""
    places = list_places(screen, effects)
    if not places:
        return
    st.subheader(screen.t("shock.where"))
    show("means_lines", screen.t, lines=state_range(screen, effects))
    html = fill(
        "scenario_shock_places",
        screen.t,
        svg=Markup(_map(screen, places)),
        rows=places,
        source=write_shock_source(screen),
        attribution=screen.figures.attribution,
    )
    show_places(screen, html, [shock_chart(screen, scenario, effects)], key="scenario-shock-places")


def _map(screen: Screen, places: list[ShockPlace]) -> str:
    t, listed = screen.t, {p.code: p for p in places}
    text = MapText(
        title=t("shock.map_title"),
        description=t("shock.map_title"),
        direction=t.direction,
        names={code: screen.name(code) for code in screen.codes},
        details={c: t("shock.map_detail", commune=p.name, people=p.expected) for c, p in listed.items()},
        links=commune_links(screen, screen.codes),
    )
    return render_choropleth(
        screen.figures.province.layer,
        dict.fromkeys(screen.codes, BLANK),
        screen.figures.definitions.legend,
        text,
        marks={c: str(p.place) for c, p in listed.items()},
        focus=screen.codes if len(screen.codes) < len(screen.figures.territory) else None,
        identifier="shock",
    )
