"""Heavy papers that screens build: one at a time in a process, the others wait their turn and are told so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.i18n import Translator

# A bag of 178 sheets with their PDF takes some minutes, and half a gigabyte: two at once are more than a small server has.
_TURN = threading.BoundedSemaphore(1)
PATIENCE_SECONDS = 120.0


@contextmanager
def own_turn(t: Translator, patience: float = PATIENCE_SECONDS) -> Iterator[bool]:
    """Whether the turn came; where it did not in time, the reader is told to ask again."""
    came = _TURN.acquire(blocking=False)
    if not came:
        with st.spinner(t("guard.waiting")):
            came = _TURN.acquire(timeout=patience)
    if not came:
        st.warning(t("guard.busy"))
    try:
        yield came
    finally:
        if came:
            _TURN.release()
