"""How many demonstration figures there are, and the button that removes them all after asking."""

from __future__ import annotations

import streamlit as st

from data.ingest import drop_demonstration
from data.people.roles import Right
from data.store import StoreError
from pages.screens.data.uploading import announce
from pages.widgets.confirm import confirmed
from pages.widgets.screen import Screen


def render_demonstration(screen: Screen) -> None:
    """Say what there is; remove it after a question; undo takes that back."""
    t, freshness = screen.t, screen.figures.freshness()
    if not screen.figures.has_demonstration:
        st.success(t("data.demonstration_none"))
        return
    count, total = int(freshness["demonstration_count"].sum()), int(freshness["figures_count"].sum())
    st.write(t("data.demonstration_count", count=count, total=total))
    question = t("data.demonstration_sure", count=count)
    if screen.may(Right.DROP) and confirmed(
        t, "drop", t("data.demonstration_drop"), question, icon=":material/delete_sweep:"
    ):
        try:
            with screen.store.write("drop-demonstration") as connection:
                removed = drop_demonstration(connection)
        except StoreError as error:
            st.error(t(error.key, **error.values))
            return
        announce(t("data.demonstration_dropped", count=removed))
        st.rerun()
