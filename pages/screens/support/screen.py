"""Support: who helps where against what is missing; what is covered, only planned, open; who is helped twice and who by nobody."""

from __future__ import annotations

import streamlit as st

from data.records.actions import ACTIONS
from pages.screens.support import balance, form, matrix, who
from pages.widgets import session
from pages.widgets.screen import Screen
from pages.widgets.session import SUPPORT_KEYS
from pages.words import support as words
from pages.words.titles import mark_title

PARTS = ("balance", "matrix", "who", "add")
_PART, _NEED, _MAP = SUPPORT_KEYS


def address() -> dict[str, str]:
    """The part that is open, the need that the title is about, what the map shows."""
    return {key: str(st.session_state[key]) for key in SUPPORT_KEYS if st.session_state.get(key)}


def render(screen: Screen) -> None:
    """Title with the finding, then the chosen part."""
    t, needs = screen.t, words.list_needs(screen)
    parts = [part for part in PARTS if part != "add" or screen.writes(ACTIONS)]
    session.keep_valid(_PART, parts, parts[0])
    if needs:
        session.keep_valid(_NEED, needs, needs[0])
    # From the session state, before the field that is below it is drawn: a title that comes late pushes everything down.
    need = str(st.session_state[_NEED]) if needs else ""
    month = t.month(screen.chosen.month)
    st.title(mark_title(screen, words.state_finding(screen, need), month) if needs else t("support.finding_nothing"))
    st.caption(t("support.lead", month=month))
    part = st.segmented_control(
        t("support.part"),
        parts,
        format_func=lambda part: t(f"support.part_{part}"),
        key=_PART,
        required=True,
        label_visibility="collapsed",
    )
    if not needs:
        _render_empty(screen, str(part))
        return
    st.selectbox(t("support.need"), needs, format_func=lambda n: words.need_label(screen, n), key=_NEED, width=420)
    if part == "balance":
        balance.render_balance(screen, need, _MAP)
    elif part == "matrix":
        matrix.render_matrix(screen, need)
    elif part == "who":
        who.render_who(screen, need)
    else:
        form.render_form(screen, need)


def _render_empty(screen: Screen, part: str) -> None:
    """Nothing is known to be missing and nobody helps: what to send; whoever may, adds an action all the same."""
    t = screen.t
    if part == "add":
        form.render_form(screen, "")
        return
    if part == "who" and len(words.read_own_actions(screen)):
        who.render_who(screen, "")
        return
    st.info(t("support.empty"))
    screen.link("data", t("means.empty_link"), ":material/upload_file:")
