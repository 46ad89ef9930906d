"""Data: the template, an import with its checks, the snapshots and the way back, demonstration figures, sources."""

from __future__ import annotations

import streamlit as st

from data.people.roles import Right
from pages.screens.data import audit, demonstration, history, sources, template, uploading, worth
from pages.widgets import cards
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.reporting import list_reports


def render(screen: Screen) -> None:
    """Draw the screen."""
    t = screen.t
    st.title(t("data.title"))
    st.caption(t("data.lead"))
    uploading.show_last_outcome(screen)
    _render_sending(screen)
    _render_snapshots(screen)
    if screen.may(Right.PEOPLE):
        audit.render_audit(screen)
    st.subheader(t("reports.title"))
    show("reports", t, **list_reports(screen))
    st.subheader(t("overview.freshness"))
    cards.render_freshness(screen)
    st.subheader(t("worth.title"))
    worth.render_worth(screen)
    st.subheader(t("data.sources"))
    sources.render_sources(screen)


def _render_sending(screen: Screen) -> None:
    """The template beside the uploader, and below them what was read of the files."""
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.subheader(screen.t("data.template"))
        template.render_template(screen)
    with right:
        st.subheader(screen.t("data.import"))
        sent = []
        if screen.may(Right.IMPORT):
            sent = uploading.render_uploader(screen)
        else:
            _say_not_yours(screen)
    if sent:
        uploading.render_reports(screen, sent)


def _render_snapshots(screen: Screen) -> None:
    """What was written and the way back, beside what is left of the demonstration."""
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.subheader(screen.t("data.history"))
        if screen.may(Right.UNDO):
            history.render_history(screen)
        elif screen.may(Right.REVERT):
            history.render_revert(screen)
        else:
            _say_not_yours(screen)
    with right:
        st.subheader(screen.t("data.demonstration"))
        demonstration.render_demonstration(screen)


def _say_not_yours(screen: Screen) -> None:
    """In the place of what another role does."""
    st.caption(screen.t("accounts.not_yours"))
