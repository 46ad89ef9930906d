"""The commune's own note on its screen: read, written, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.commune_notes import AUTHOR_ROLES, LONGEST_NOTE, withdraw_note, write_note
from data.store import Store, StoreError
from pages.print.sheet_parts import find_note
from pages.ui.html import show
from pages.ui.screen import Screen

_OUTCOME = "_note_outcome"


def render_note(screen: Screen, commune: str) -> None:
    """The note in force, or that there is none; the form that replaces it; the button that withdraws it."""
    t, note = screen.t, find_note(screen, commune)
    st.subheader(t("note.title"))
    if outcome := st.session_state.pop(_OUTCOME, None):
        st.success(outcome)
    show("commune_note", t, note=note)
    st.caption(t("note.lead"))
    with st.form(f"note-{commune}", border=False):
        text = st.text_area(t("note.text"), note.text if note else "", max_chars=LONGEST_NOTE, key=f"note-text-{commune}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            role = st.selectbox(t("note.role"), AUTHOR_ROLES, format_func=lambda r: t(f"note_role.{r}"), width=360)
            saved = st.form_submit_button(t("note.save"), icon=":material/save:")
    if saved:
        _do(screen, "note.saved", lambda store: write_note(store, commune, str(role), text))
    if note and st.button(t("note.withdraw"), icon=":material/delete:"):
        _do(screen, "note.withdrawn", lambda store: withdraw_note(store, commune, str(role)))


def _do(screen: Screen, done: str, act: Callable[[Store], object]) -> None:
    try:
        act(Store())
    except StoreError as error:
        st.error(screen.t(error.key, **error.values))
        return
    st.session_state[_OUTCOME] = screen.t(done)
    st.rerun()
