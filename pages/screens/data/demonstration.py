"""How many demonstration figures there are, and the button that removes them all after asking."""

from __future__ import annotations

import streamlit as st

from data.ingest import drop_demonstration
from data.store import StoreError
from pages.screens.data.uploading import announce
from pages.widgets.confirm import confirmed
from pages.widgets.html import show_refusal
from pages.widgets.screen import Screen


def render_demonstration(screen: Screen) -> None:
    """Say how many there are; remove them after a question, which undo takes back. To look past them the lens is enough."""
    t = screen.t
    count = screen.figures.origins.count_demonstration()
    if not count and not screen.figures.has_demonstration:
        st.success(t("data.demonstration_none"))
        return
    st.caption(t("data.demonstration_lens"))
    if not count:
        return
    st.write(t("data.demonstration_count", count=count))
    question = t("data.demonstration_sure", count=count)
    button = t("data.demonstration_drop")
    if confirmed(t, "drop", button, question, icon=":material/delete_sweep:"):
        _drop(screen)


def _drop(screen: Screen) -> None:
    t = screen.t
    try:
        with screen.store.write("drop-demonstration") as connection:
            removed = drop_demonstration(connection)
    except StoreError as error:
        show_refusal(error, t)
        return
    announce(t("data.demonstration_dropped", count=removed))
    st.rerun()
