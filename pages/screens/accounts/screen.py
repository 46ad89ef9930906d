"""Access: how people sign in here, which account has which role, which tokens programs use."""

from __future__ import annotations

import streamlit as st

from data.people.setting import Mode, read_setting
from pages.screens.accounts import roles, tokens
from pages.widgets import store_action
from pages.widgets.screen import Screen

ACCOUNTS = "accounts"


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, mode = screen.t, read_setting().mode
    st.title(t("accounts.title"))
    st.info(t(f"accounts.mode_{mode}"))
    store_action.show_outcome(ACCOUNTS)
    if mode is Mode.OPEN:
        return
    st.subheader(t("accounts.people"))
    roles.render_roles(screen, ACCOUNTS)
    st.subheader(t("accounts.tokens"))
    tokens.render_tokens(screen, ACCOUNTS)
