"""The definitions that a version was saved with beside those of today: what differs, and which of the two the amounts follow."""

from __future__ import annotations

import streamlit as st

from data.records.plan_versions import PlanVersion
from pages.figures.load import definitions_in_force, find_definitions
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.widgets.session import keep_valid
from pages.words.definition_changes import list_changes

SAVED, TODAY = "", "today"
_KEY = "definitions"


def asked_definitions(screen: Screen, version: PlanVersion) -> str | None:
    """Digest of the definitions that a version is computed with: its own, unless those of today are asked for; None where it
    named none: those of its snapshot."""
    if keep_valid(_KEY, [SAVED, TODAY], SAVED) == TODAY:
        return definitions_in_force(screen.figures.province)
    return version.draft.definitions or None


def render_definitions(screen: Screen, version: PlanVersion) -> None:
    """What has changed since the version, and the choice; nothing where nothing has."""
    t, figures = screen.t, screen.figures
    today = find_definitions(figures.store, definitions_in_force(figures.province))
    kept = find_definitions(figures.store, version.draft.definitions)
    if kept is None or today is None:
        st.caption(t("contingency.definitions_lost"))
        return
    lines = list_changes(kept, today, t)
    if not lines:
        return
    st.warning(t("contingency.definitions_differ"))
    show("plan_differences", t, lines=lines)
    st.session_state["definitions_chosen"] = st.session_state[_KEY]

    def take() -> None:
        st.session_state[_KEY] = st.session_state["definitions_chosen"]

    st.radio(
        t("contingency.definitions_choose"),
        [SAVED, TODAY],
        format_func=lambda way: t("contingency.definitions_today" if way else "contingency.definitions_saved"),
        key="definitions_chosen",
        on_change=take,
        horizontal=True,
    )
