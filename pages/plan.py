"""Plan: a commune's contingency plan, chapter by chapter, filled from the data; its own words, its versions, DOCX and PDF."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.scenario import ScenarioError
from pages.ui import plan_chapter, plan_choice, plan_files, plan_versions, scenario_editor, store_action
from pages.ui.commune_head import choose_commune
from pages.ui.screen import Screen

address = plan_choice.address


def render(screen: Screen) -> None:
    """Draw the screen."""
    t = screen.t
    title = st.container()
    for written in (plan_choice.PLAN, plan_choice.VERSION):
        store_action.show_outcome(written)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        commune = choose_commune(screen)
        plan_choice.choose_version(screen, commune)
        plan_choice.choose_scenario(screen, commune)
    try:
        plan = plan_choice.read_plan(screen, commune, date.today())
        with title:
            plan_choice.render_title(plan)
    except ScenarioError as error:
        title.title(t("contingency.title"))
        scenario_editor.render_problem(screen, error)
        return
    plan_choice.render_over_notice(screen, plan)
    plan_choice.render_version_notice(screen, plan)
    plan_files.render_files(plan)
    plan_chapter.render_chapter(plan)
    st.subheader(t("contingency.versions"))
    plan_versions.render_versions(screen, plan)
