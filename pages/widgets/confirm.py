"""A button that asks before it does what takes something away."""

from __future__ import annotations

import streamlit as st

from data.i18n import Translator


def confirmed(
    t: Translator, key: str, label: str, question: str, *, icon: str | None = None, disabled: bool = False
) -> bool:
    """Whether somebody pressed the button and then said yes to the question."""
    asked = f"_asked_{key}"
    if st.button(label, key=f"ask-{key}", icon=icon, disabled=disabled):
        st.session_state[asked] = True
    if not st.session_state.get(asked) or disabled:
        return False
    st.warning(question)
    with st.container(horizontal=True):
        yes = st.button(t("confirm.yes"), key=f"yes-{key}", type="primary")
        no = st.button(t("confirm.no"), key=f"no-{key}")
    if yes or no:
        st.session_state[asked] = False
    if no:
        st.rerun()
    return yes
