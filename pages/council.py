"""Council: a session before a projector, one question a screen, driven by the keyboard; decisions noted and taken to the minutes."""

from __future__ import annotations

import streamlit as st

from pages.ui import council_charts, council_decisions, council_mode
from pages.ui.screen import Screen

address = council_mode.address


def render(screen: Screen) -> None:
    """Draw the question on the wall, or what stands before and after a session."""
    subject = council_mode.current_subject(screen)
    question = council_mode.current_question()
    if question:
        council_mode.render_question(screen, subject, question)
        if council_mode.is_noting():
            council_decisions.render_form(screen, subject, question)
            council_decisions.render_list(screen, subject, question)
        return
    t = screen.t
    st.title(t("council.title"))
    st.caption(t("council.lead"))
    council_mode.render_start(screen)
    council_charts.render_charts(screen, subject)
    st.subheader(t("council.decisions"))
    council_decisions.render_list(screen, subject)
    council_decisions.render_annex(screen, subject)
