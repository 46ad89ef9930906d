"""Plan: a commune's contingency plan, chapter by chapter, filled from the data; its own words, its versions, DOCX and PDF."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.scenario import ScenarioError
from pages.screens.plan import chapter, choice, files, versions
from pages.widgets import scenario_session, store_action
from pages.widgets.commune_choice import choose_commune
from pages.widgets.screen import Screen

address = choice.address


def render(screen: Screen) -> None:
    """Draw the screen."""
    t = screen.t
    title = st.container()
    for written in (choice.PLAN, choice.VERSION):
        store_action.show_outcome(written)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        commune = choose_commune(screen)
        choice.choose_version(screen, commune)
        choice.choose_scenario(screen, commune)
    try:
        plan = choice.read_plan(screen, commune, date.today())
        with title:
            choice.render_title(plan)
    except ScenarioError as error:
        title.title(t("contingency.title"))
        scenario_session.render_problem(screen, error)
        return
    choice.render_over_notice(screen, plan)
    choice.render_version_notice(screen, plan)
    files.render_files(plan)
    chapter.render_chapter(screen, plan)
    st.subheader(t("contingency.versions"))
    versions.render_versions(screen, plan)
