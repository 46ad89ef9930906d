"""Scenarios: what may happen, where it breaks first and when, how many people, when to act; in the order of a workshop."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.assessment import COMPOSITE_ID
from analytics.baseline_rules import BASELINE_IDS
from analytics.projection import Projection
from analytics.scenario import ScenarioError
from pages.screens.scenarios import changes, editor, maps, outlook, people, saving, shock_places, triggers
from pages.screens.scenarios.choice import project_both, render_choice
from pages.widgets import scenario_session, store_action
from pages.widgets.screen import Screen
from pages.words.first_breaks import has_figures
from pages.words.scenario import ScenarioChoice

address = scenario_session.address


def render(screen: Screen) -> None:
    """Draw the screen."""
    if screen.chosen.indicator in BASELINE_IDS:
        # No scenario moves the starting point: the index is carried on instead.
        screen = replace(screen, chosen=replace(screen.chosen, indicator=COMPOSITE_ID))
    t, choice = screen.t, scenario_session.current_choice(screen.figures)
    try:
        mine, other = project_both(screen.figures, choice)
    except ScenarioError as error:
        # Report the error before the controls are drawn: Streamlit would clamp an impossible value silently.
        st.title(t("scenario.title"))
        store_action.show_outcome("scenario")
        render_choice(screen, choice)
        scenario_session.render_problem(screen, error)
        return
    can_project = has_figures(screen, mine)
    # Before the controls: a title that comes late pushes everything down.
    if can_project:
        breaks = outlook.render_title(screen, choice, mine)
    else:
        outlook.render_title_without_figures(screen, choice, mine)
    store_action.show_outcome("scenario")
    render_choice(screen, choice)
    if choice.problem:
        scenario_session.render_problem(screen, choice.problem)
    editor.render_editor(screen, choice)
    if mine.shock is not None:
        shock_places.render_shock_places(screen, choice.scenario, mine.shock)
    if not can_project:
        outlook.render_nothing_to_project(screen)
        return
    _render_chapters(screen, choice, mine, other, breaks)


def _render_chapters(
    screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None, breaks: pd.DataFrame
) -> None:
    t = screen.t
    st.subheader(t("scenario.where"))
    maps.render_maps(screen, choice, mine, other)
    changes.render_changes(screen, choice, mine, other)
    st.subheader(t("scenario.first"))
    outlook.render_breaks(screen, mine.scenario, breaks)
    st.subheader(t("scenario.people"))
    people.render_people(screen, choice, mine, other)
    st.subheader(t("scenario.when_to_act"))
    triggers.render_triggers(screen, mine)
    st.subheader(t("scenario.keep"))
    saving.render_saving(screen, choice)
