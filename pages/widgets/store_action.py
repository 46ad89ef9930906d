"""Something that a reader writes to the store: its outcome is said once the screen is drawn anew, its form starts anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.store import StoreError
from pages.widgets.html import show_refusal
from pages.words.view import View


def do(view: View, name: str, act: Callable[[], str]) -> None:
    """Write, then draw the screen anew; what the store refuses is said at once and nothing else changes.

    Args:
        name: of what is written, as ``show_outcome`` and ``edition`` are given it.
        act: writes and returns what to say.
    """
    try:
        st.session_state[_outcome(name)] = act()
    except StoreError as error:
        show_refusal(error, view.t)
        return
    new_edition(name)
    st.rerun()


def show_outcome(name: str) -> None:
    """What the last writing did, once."""
    if said := st.session_state.pop(_outcome(name), None):
        st.success(said)


def edition(name: str) -> int:
    """A number for the keys of a form's controls: another one as soon as the form must start anew."""
    return int(st.session_state.get(_edition(name), 0))


def new_edition(name: str) -> None:
    """Have the controls of a form start from what is written there."""
    st.session_state[_edition(name)] = edition(name) + 1


def _outcome(name: str) -> str:
    return f"_{name}_outcome"


def _edition(name: str) -> str:
    return f"_{name}_edition"
