"""A scenario kept: saved by name, deleted, or shared by the address of the page."""

from __future__ import annotations

import streamlit as st

from data.records.scenarios import LONGEST_NAME, OWN, SCENARIOS, delete_scenario, own_id, save_scenario
from pages.widgets import store_action
from pages.widgets.confirm import confirmed
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words.scenario import ScenarioChoice, base_figures, label


def render_saving(screen: Screen, choice: ScenarioChoice) -> None:
    """A name and a button; the button that deletes an own scenario; how to share."""
    t = screen.t
    st.caption(t("scenario.share"))
    if not screen.writes(SCENARIOS):
        return
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
    sure = t("scenario.delete_sure", name=plain_markdown(label(screen, choice.base)))
    if own and confirmed(t, f"scenario-{choice.base.id}", t("scenario.delete"), sure, icon=":material/delete:"):
        _delete(screen, choice)


def _save(screen: Screen, choice: ScenarioChoice, name: str) -> None:
    figures = screen.figures

    def act() -> str:
        saved = save_scenario(screen.store, name, choice.scenario, figures.snapshot_id, base_figures(figures))
        st.session_state.update({"scenario": own_id(saved.name), "edit": ""})
        return screen.t("scenario.saved", name=saved.name)

    store_action.do(screen, "scenario", act)


def _delete(screen: Screen, choice: ScenarioChoice) -> None:
    name = choice.base.id.removeprefix(OWN)

    def act() -> str:
        delete_scenario(screen.store, name)
        st.session_state.update({"scenario": "", "edit": ""})
        return screen.t("scenario.deleted", name=name)

    store_action.do(screen, "scenario", act)
