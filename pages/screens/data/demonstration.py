"""How many demonstration figures there are, and the button that removes them all once it was asked whether they should go."""

from __future__ import annotations

import streamlit as st

from data.ingest import count_demonstration, drop_demonstration
from data.store import StoreError
from pages.screens.data.uploading import announce
from pages.widgets.screen import Screen


def render_demonstration(screen: Screen) -> None:
    """Say how many there are; remove them after a second word, which undo takes back. To look past them the lens is enough."""
    t, figures = screen.t, screen.figures
    count = count_demonstration(figures.connection.cursor())
    if not count:
        st.success(t("data.demonstration_none"))
        return
    st.caption(t("data.demonstration_lens"))
    with st.popover(t("data.demonstration_drop"), icon=":material/delete_sweep:"):
        st.write(t("data.demonstration_count", count=count))
        if st.button(t("data.demonstration_confirm"), type="primary", key="demonstration_confirm"):
            _drop(screen)


def _drop(screen: Screen) -> None:
    t = screen.t
    try:
        with screen.figures.store.write("drop-demonstration") as connection:
            removed = drop_demonstration(connection)
    except StoreError as error:
        st.error(t(error.key, **error.values))
        return
    announce(t("data.demonstration_dropped", count=removed))
    st.rerun()
