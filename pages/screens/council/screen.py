"""Council: a session before a projector, one question a screen, driven by the keyboard; decisions noted and taken to the minutes."""

from __future__ import annotations

import streamlit as st

from pages.screens.council import charts, decisions, mode
from pages.widgets.screen import Screen

address = mode.address


def render(screen: Screen) -> None:
    """Draw the question on the wall, or what stands before and after a session."""
    subject = mode.current_subject(screen)
    question = mode.current_question()
    if question:
        mode.render_question(screen, subject, question)
        if mode.is_noting():
            decisions.render_form(screen, subject, question)
            decisions.render_list(screen, subject, question)
        return
    t = screen.t
    st.title(t("council.title"))
    st.caption(t("council.lead"))
    mode.render_start(screen)
    charts.render_charts(screen, subject)
    st.subheader(t("council.decisions"))
    decisions.render_list(screen, subject)
    decisions.render_annex(screen, subject)
