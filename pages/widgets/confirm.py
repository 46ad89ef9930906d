"""What takes something away asks first and names what it does: a button, or a form that was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.i18n import Translator

Draft = TypeVar("Draft")


def confirmed(
    t: Translator,
    key: str,
    label: str,
    question: str,
    *,
    icon: str | None = None,
    disabled: bool = False,
    asked_in: DeltaGenerator | None = None,
) -> bool:
    """Whether somebody pressed the button and then said yes to the question.

    Args:
        asked_in: where the question stands, where that is not below the button.
    """
    asked = f"_asked_{key}"
    if st.button(label, key=f"ask-{key}", icon=icon, disabled=disabled):
        st.session_state[asked] = True
    if not st.session_state.get(asked) or disabled:
        return False
    with asked_in or st.container():
        return _answer(t, key, asked, question)


def confirmed_draft(t: Translator, key: str, draft: Draft | None, question: Callable[[Draft], str]) -> Draft | None:
    """What a form sent, once somebody said yes to the question about it; it is kept until then.

    Args:
        draft: what was sent in this run; None where nothing was.
    """
    asked = f"_asked_{key}"
    if draft is not None:
        st.session_state[asked] = draft
    kept: Draft | None = st.session_state.get(asked)
    return kept if kept is not None and _answer(t, key, asked, question(kept)) else None


def _answer(t: Translator, key: str, asked: str, question: str) -> bool:
    """Whether yes was said in this run; either answer ends the question."""
    st.warning(question)
    with st.container(horizontal=True):
        yes = st.button(t("confirm.yes"), key=f"yes-{key}", type="primary")
        no = st.button(t("confirm.no"), key=f"no-{key}")
    if yes or no:
        del st.session_state[asked]
    if no:
        st.rerun()
    return yes
