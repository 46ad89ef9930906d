"""Data: the template, an import with its checks, the snapshots and the way back, demonstration figures, sources."""

from __future__ import annotations

import streamlit as st

from pages.ui import cards, data_demonstration, data_history, data_import, data_sources, data_template
from pages.ui.screen import Screen


def render(screen: Screen) -> None:
    """Draw the screen."""
    t = screen.t
    st.title(t("data.title"))
    st.caption(t("data.lead"))
    data_import.show_last_outcome(screen)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.subheader(t("data.template"))
        data_template.render_template(screen)
    with right:
        st.subheader(t("data.import"))
        sent = data_import.render_uploader(screen)
    if sent:
        data_import.render_report(screen, sent)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.subheader(t("data.history"))
        data_history.render_history(screen)
    with right:
        st.subheader(t("data.demonstration"))
        data_demonstration.render_demonstration(screen)
    st.subheader(t("overview.freshness"))
    cards.render_freshness(screen)
    st.subheader(t("data.sources"))
    data_sources.render_sources(screen)
