"""The scenario of this session: kept in session state, mirrored in the address, put back."""

from __future__ import annotations

import streamlit as st

from analytics.assessment import BASELINE
from analytics.scenario import Scenario, ScenarioError
from pages.address.scenario import read_edit, write_edit
from pages.figures.figures import Figures
from pages.widgets import store_action
from pages.widgets.screen import Screen
from pages.widgets.session import SCENARIO_KEYS
from pages.words.scenario import DEFAULT, ScenarioChoice, all_scenarios
from pages.words.scenario_changes import describe_problem


def render_problem(screen: Screen, error: ScenarioError) -> None:
    """Why a scenario cannot be, and what could."""
    st.error(describe_problem(screen, error))
    if st.button(screen.t("scenario.reset"), icon=":material/restart_alt:", key="scenario-reset-problem"):
        _reset()


def _reset() -> None:
    """Forget what was changed, readable or not, and draw the screen anew."""
    st.session_state["edit"] = ""
    store_action.new_edition("scenario")
    st.rerun()


def current_choice(figures: Figures) -> ScenarioChoice:
    """The session's choice; what does not exist in these figures is replaced by its default, what cannot be read is left out."""
    known = all_scenarios(figures)
    base = known.get(str(st.session_state.get("scenario", DEFAULT)), known[DEFAULT])
    problem = None
    try:
        scenario = read_edit(base, str(st.session_state.get("edit", "")))
    except ScenarioError as error:
        scenario, problem = base, error
    other = known.get(str(st.session_state.get("compare", BASELINE)))
    asked = str(st.session_state.get("ahead", ""))
    # An impossible horizon is refused by ``project``, which names the remedy.
    horizon = max(1, scenario.horizon_months)
    ahead = int(asked) if asked.isdecimal() and 1 <= int(asked) <= horizon else horizon
    return ScenarioChoice(base, scenario, other, ahead, problem)


def address() -> dict[str, str]:
    """The parameters of the address that reopen this choice."""
    return {key: str(st.session_state[key]) for key in SCENARIO_KEYS if st.session_state.get(key)}


def keep_edit(base: Scenario, edited: Scenario) -> None:
    """Remember what was changed."""
    st.session_state["edit"] = write_edit(base, edited)
