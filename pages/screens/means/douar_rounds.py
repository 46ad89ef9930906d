"""Mobile teams that go to douars: how many, from where, at which douars they stop, whom they reach."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from analytics.allocation_problem import InfeasibleError
from analytics.douar_rounds import Team
from analytics.mobile_units import people_by_weekly_day
from data.i18n import Translator
from geo.dots import LOOKS
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.print.charts.ground_catalogue import douar_rounds_chart
from pages.screens.means.settings import kept
from pages.widgets.html import show
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words import douar_rounds as words
from pages.words.allocations import write_gap, write_refusal
from pages.words.douars import write_source

_ASKED = "_rounds_asked"
LEGEND = {
    "base": "rounds.kind_base",
    "chosen": "rounds.kind_stop",
    "far": "rounds.kind_served",
    "withheld": "rounds.kind_not",
}


def render_douar_rounds(screen: Screen, visits_a_day: float) -> None:
    """Choices, then the rounds on a map and in a table, or why none can be planned."""
    t = screen.t
    units, team = _choose_team(screen, visits_a_day)
    if words.takes_long(screen) and not _is_asked_for(screen, (screen.chosen.territory, units, team)):
        return
    try:
        with st.spinner(t("means.solving")):
            found = words.plan(screen, units, team)
    except InfeasibleError as refused:
        st.info(write_refusal(refused, t))
        return
    st.markdown(words.state_rounds(screen, found))
    at_limit = "" if found.rounds.ended else t("means.at_limit")
    shares = words.write_shares(screen, found)
    quality = t("rounds.gap_by_cercle", gap=t.percent(found.rounds.gap, 1)) if shares else write_gap(found.rounds.gap, t)
    st.caption(" ".join(part for part in (shares, quality, at_limit, _left_out(screen)) if part))
    left, right = st.columns(2, gap="large")
    with left:
        _render_map(screen, found)
    with right:
        show("douar_rounds", t, rows=words.list_stops(screen, found))


def _is_asked_for(screen: Screen, choice: tuple[str, int, Team]) -> bool:
    """Whether the reader asked for a plan that takes long, with these very choices: what is changed is asked for again."""
    t = screen.t
    if st.session_state.get(_ASKED) != choice:
        st.caption(t("rounds.takes_long", nearest=words.MOST_DOUARS))
        if not st.button(t("rounds.plan_by_cercle"), icon=":material/route:", key="rounds-plan"):
            return False
        st.session_state[_ASKED] = choice
    return True


def _choose_team(screen: Screen, visits_a_day: float) -> tuple[int, Team]:
    """Teams, their reach and their rhythm."""
    t = screen.t
    one, two, three, four = st.columns(4, gap="medium")
    with one:
        units = int(st.number_input(t("mobile.units"), 1, 50, **kept("means_units")))
        radius = float(st.number_input(t("rounds.radius"), 5, 150, step=5, **kept("means_radius")))
    with two:
        days = int(st.number_input(t("mobile.days"), 1, 7, **kept("means_days")))
        walk = float(st.number_input(t("rounds.walk"), 0, 20, **kept("means_walk")))
    with three:
        weeks = int(st.selectbox(t("rounds.cycle"), words.CYCLES, format_func=_write_cycle(t), **kept("means_cycle")))
    with four:
        visits = float(st.number_input(t("mobile.visits"), 0.25, 4.0, step=0.25, **kept("means_visits")))
    return units, Team(days * weeks, radius, walk, people_by_weekly_day(visits_a_day, visits) / weeks)


def _write_cycle(t: Translator) -> Callable[[int], str]:
    return lambda weeks: t("rounds.weeks", count=weeks)


def _left_out(screen: Screen) -> str:
    count, people = words.count_left_out(screen)
    return screen.t("rounds.left_out", count=count, people=screen.t.number(people)) if count else ""


def _render_map(screen: Screen, found: words.RoundsPlan) -> None:
    t, codes = screen.t, screen.codes
    text = MapText(
        title=t("mobile.title"),
        description=t("rounds.map_description"),
        direction=t.direction,
        names={code: screen.name(code) for code in codes},
        details={code: screen.name(code) for code in codes},
    )
    svg = render_choropleth(
        screen.figures.province.layer,
        dict.fromkeys(codes, "blank"),
        screen.figures.definitions.legend,
        text,
        focus=codes,
        dots=words.dots_of(screen, found),
        identifier="douar-rounds",
    )
    rows = [{"kind": kind, "label": t(key), "count": ""} for kind, key in LEGEND.items()]
    html = Markup(f'<div class="map">{svg}</div>') + fill("dot_legend", t, rows=rows, looks=LOOKS)
    show_places(screen, html, [douar_rounds_chart(screen, found)], key="douar-rounds-map")
    st.caption(f"{t('rounds.map_caption')} {write_source(screen)}")
