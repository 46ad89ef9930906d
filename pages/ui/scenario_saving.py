"""A scenario kept: saved by name, deleted, or shared by the address of the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.saved_scenarios import LONGEST_NAME, OWN, delete_scenario, own_id, save_scenario
from data.store import Store, StoreError
from pages.ui.scenario_choice import ScenarioChoice, base_figures, label
from pages.ui.screen import Screen

_OUTCOME = "_scenario_outcome"


def show_last_outcome(screen: Screen) -> None:
    """What the last action did, once."""
    outcome = st.session_state.pop(_OUTCOME, None)
    if outcome:
        st.success(outcome)


def render_saving(screen: Screen, choice: ScenarioChoice) -> None:
    """A name and a button; the button that deletes an own scenario; how to share."""
    t = screen.t
    st.caption(t("scenario.share"))
    own = choice.base.id.startswith(OWN)
    with st.form("scenario-save", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            t("scenario.name"),
            value=label(screen, choice.base) if own else "",
            max_chars=LONGEST_NAME,
            placeholder=t("scenario.name_placeholder"),
            key=f"scenario-name-{choice.base.id}",
        )
        if st.form_submit_button(t("scenario.save"), icon=":material/save:", type="primary"):
            _save(screen, choice, name)
    if own and st.button(t("scenario.delete"), icon=":material/delete:"):
        _delete(screen, choice)


def _save(screen: Screen, choice: ScenarioChoice, name: str) -> None:
    figures = screen.figures

    def act() -> str:
        saved = save_scenario(Store(), name, choice.scenario, figures.snapshot_id, base_figures(figures))
        st.session_state.update({"scenario": own_id(saved.name), "edit": ""})
        return screen.t("scenario.saved", name=saved.name)

    _do(screen, act)


def _delete(screen: Screen, choice: ScenarioChoice) -> None:
    name = choice.base.id.removeprefix(OWN)

    def act() -> str:
        delete_scenario(Store(), name)
        st.session_state.update({"scenario": "", "edit": ""})
        return screen.t("scenario.deleted", name=name)

    _do(screen, act)


def _do(screen: Screen, act: Callable[[], str]) -> None:
    try:
        st.session_state[_OUTCOME] = act()
    except StoreError as error:
        st.error(screen.t(error.key, **error.values))
        return
    st.session_state["_scenario_edition"] = st.session_state.get("_scenario_edition", 0) + 1
    st.rerun()
