"""Data: the template, an import with its checks, the snapshots and the way back, demonstration figures, sources."""

from __future__ import annotations

import streamlit as st

from pages.screens.data import audit, demonstration, history, sources, template, uploading
from pages.widgets import cards
from pages.widgets.screen import Screen


def render(screen: Screen) -> None:
    """Draw the screen."""
    t = screen.t
    st.title(t("data.title"))
    st.caption(t("data.lead"))
    uploading.show_last_outcome(screen)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.subheader(t("data.template"))
        template.render_template(screen)
    with right:
        st.subheader(t("data.import"))
        sent = uploading.render_uploader(screen)
    if sent:
        uploading.render_reports(screen, sent)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.subheader(t("data.history"))
        history.render_history(screen)
    with right:
        st.subheader(t("data.demonstration"))
        demonstration.render_demonstration(screen)
    audit.render_audit(screen)
    st.subheader(t("overview.freshness"))
    cards.render_freshness(screen)
    st.subheader(t("data.sources"))
    sources.render_sources(screen)
