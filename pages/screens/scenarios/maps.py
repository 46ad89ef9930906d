"""Two small maps of the same month with one legend: today or another scenario, and the scenario."""

from __future__ import annotations

import streamlit as st

from analytics.projection import Projection
from pages.print.charts.catalogue import pair_chart
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.widgets.two_maps import Side, fill_two_maps
from pages.words.scenario import ScenarioChoice, label, read_pair


def render_maps(screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> None:
    """The month as a slider, both maps, the legend with both counts."""
    t, indicator = screen.t, screen.chosen.indicator
    _choose_month(screen, choice, mine)
    month = choice.month(mine)
    before_month = month if other else mine.observed
    frames = read_pair(screen, choice, mine, other)
    st.caption(t("scenario.maps_lead", result=screen.result_label(indicator)))
    sides = [
        Side(frames[0], label(screen, choice.other), t.month(before_month), "before"),
        Side(frames[1], label(screen, choice.scenario), t.month(month), "after"),
    ]
    provenance = screen.figures.provenance_of_result(indicator, mine.observed)
    shown = (choice.scenario, choice.other, month, *(side.name for side in sides))
    html = screen.keep("scenario-maps", lambda: fill_two_maps(screen, sides, provenance), *shown)
    show_places(screen, html, [pair_chart(screen, choice, mine, other)], key="scenario-maps")


def _choose_month(screen: Screen, choice: ScenarioChoice, mine: Projection) -> None:
    """The month looked at; a horizon of one month leaves nothing to choose."""
    if len(mine.months) < 2:
        return
    st.session_state["ahead_chosen"] = choice.ahead

    def take() -> None:
        st.session_state["ahead"] = str(st.session_state["ahead_chosen"])

    st.select_slider(
        screen.t("scenario.month_looked_at"),
        list(range(1, len(mine.months) + 1)),
        format_func=lambda ahead: screen.t.month(mine.months[ahead - 1]),
        key="ahead_chosen",
        on_change=take,
    )
