"""Signing off the chosen month on a commune's screen: its state, and what the person may do about it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.people.roles import Right
from data.records.sign_offs import LONGEST_REASON, is_another_person, return_month, submit_month, validate_month
from pages.widgets import store_action
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words.sign_offs import DRAFT, SUBMITTED, read_state, write_state

SIGN_OFF = "sign_off"


def render_sign_off(screen: Screen, commune: str) -> None:
    """Nothing where the month has no figure of the commune's own."""
    t, month = screen.t, screen.chosen.month
    found = read_state(screen.figures, commune, month)
    if found is None:
        return
    st.subheader(t("sign_off.title"))
    store_action.show_outcome(SIGN_OFF)
    st.write(plain_markdown(write_state(screen, commune)))
    seen = screen.figures.origins.month_figures(month)[commune]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if found.state == DRAFT and screen.may(Right.SUBMIT):
            _offer(screen, "submit", lambda: submit_month(screen.store, commune, month.date(), seen))
        if found.state == SUBMITTED and found.last and screen.may(Right.VALIDATE):
            if not is_another_person(screen.person, found.last):
                st.caption(t("sign_off.by_another"))
            else:
                _offer(screen, "validate", lambda: validate_month(screen.store, commune, month.date(), seen))
    if found.state == DRAFT or not screen.may(Right.VALIDATE):
        return
    with st.form(f"return-{commune}-{month:%Y-%m}-{store_action.edition(SIGN_OFF)}", border=False):
        reason = st.text_input(t("sign_off.reason"), max_chars=LONGEST_REASON, help=t("sign_off.reason_help"))
        asked = st.form_submit_button(t("sign_off.return"), icon=":material/undo:")
    if asked:
        _do(screen, "return", lambda: return_month(screen.store, commune, month.date(), seen, reason))


def _offer(screen: Screen, step: str, act: Callable[[], None]) -> None:
    if st.button(screen.t(f"sign_off.{step}"), type="primary", icon=":material/verified:", key=f"sign-off-{step}"):
        _do(screen, step, act)


def _do(screen: Screen, step: str, act: Callable[[], None]) -> None:
    def do() -> str:
        act()
        return screen.t(f"sign_off.done_{step}", month=screen.t.month(screen.chosen.month))

    store_action.do(screen, SIGN_OFF, do)
