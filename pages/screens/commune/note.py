"""The commune's own note on its screen: read, written, withdrawn."""

from __future__ import annotations

import streamlit as st

from data.records.commune_notes import AUTHOR_ROLES, COMMUNE_NOTES, LONGEST_NOTE, withdraw_note, write_note
from pages.print.sheet.parts import find_note
from pages.widgets import store_action
from pages.widgets.confirm import confirmed
from pages.widgets.html import show
from pages.widgets.screen import Screen

NOTE = "note"


def render_note(screen: Screen, commune: str) -> None:
    """The note in force, or that there is none; the form that replaces it; the button that withdraws it."""
    t, note = screen.t, find_note(screen, commune)
    st.subheader(t("note.title"))
    store_action.show_outcome(NOTE)
    show("commune_note", t, note=note)
    st.caption(t("note.lead"))
    if not screen.writes(COMMUNE_NOTES, commune):
        return
    with st.form(f"note-{commune}", border=False):
        text = st.text_area(
            t("note.text"),
            note.text if note else "",
            max_chars=LONGEST_NOTE,
            key=f"note-text-{commune}-{store_action.edition(NOTE)}",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            role = st.selectbox(t("note.role"), AUTHOR_ROLES, format_func=lambda r: t(f"note_role.{r}"), width=360)
            saved = st.form_submit_button(t("note.save"), icon=":material/save:")
    if saved:
        store_action.do(screen, NOTE, lambda: _save(screen, commune, str(role), text))
    sure = t("note.withdraw_sure", name=screen.name(commune))
    if note and confirmed(t, f"note-{commune}", t("note.withdraw"), sure, icon=":material/delete:"):
        store_action.do(screen, NOTE, lambda: _withdraw(screen, commune, str(role)))


def _save(screen: Screen, commune: str, role: str, text: str) -> str:
    write_note(screen.store, commune, role, text)
    return screen.t("note.saved")


def _withdraw(screen: Screen, commune: str, role: str) -> str:
    withdraw_note(screen.store, commune, role)
    return screen.t("note.withdrawn")
