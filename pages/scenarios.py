"""Scenarios: what may happen, where it breaks first and when, how many people, when to act; in the order of a workshop."""

from __future__ import annotations

import streamlit as st

from analytics.scenario import ScenarioError
from pages.ui import (
    scenario_choice,
    scenario_editor,
    scenario_maps,
    scenario_outlook,
    scenario_people,
    scenario_saving,
    scenario_triggers,
    store_action,
)
from pages.ui.screen import Screen

address = scenario_choice.address


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, choice = screen.t, scenario_choice.current_choice(screen.figures)
    title = st.container()
    store_action.show_outcome("scenario")
    scenario_choice.render_choice(screen, choice)
    try:
        mine, other = scenario_choice.project_both(screen.figures, choice)
    except ScenarioError as error:
        # Said before the controls are drawn: they would put what cannot be right by themselves and nobody would know.
        title.title(t("scenario.title"))
        scenario_editor.render_problem(screen, error)
        return
    if choice.problem:
        scenario_editor.render_problem(screen, choice.problem)
    scenario_editor.render_editor(screen, choice)
    if not scenario_outlook.can_project(screen, mine):
        title.title(t("scenario.title"))
        return
    with title:
        breaks = scenario_outlook.render_title(screen, choice, mine)
    st.subheader(t("scenario.where"))
    scenario_maps.render_maps(screen, choice, mine, other)
    st.subheader(t("scenario.first"))
    scenario_outlook.render_breaks(screen, breaks)
    st.subheader(t("scenario.people"))
    scenario_people.render_people(screen, choice, mine, other)
    st.subheader(t("scenario.when_to_act"))
    scenario_triggers.render_triggers(screen, mine)
    st.subheader(t("scenario.keep"))
    scenario_saving.render_saving(screen, choice)
