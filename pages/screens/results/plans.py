"""The logical frame, the work plan and coordination meetings, with their papers."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from pages.print.results import papers
from pages.print.results.logframe import build_donor_outputs, build_logframe
from pages.print.results.meetings import build_commitments, meetings_of
from pages.print.results.work_plan import build_work_plan
from pages.print.tables.donor import write_donor_table
from pages.screens.results.paper import offer_paper
from pages.screens.results.registers import render_registers, show_blocks
from pages.widgets.screen import Screen


def render_logframe(screen: Screen, day: date) -> None:
    """Indicators beside their targets, then what counts for a donor."""
    t = screen.t
    show_blocks(screen, t("results.part_logframe"), build_logframe(screen, day))
    render_registers(screen, "logframe")
    st.subheader(t("results.donor_outputs"))
    show_blocks(screen, t("results.donor_outputs"), build_donor_outputs(screen, day))
    st.download_button(
        t("results.donor_file"),
        lambda: write_donor_table(screen, day),
        screen.name_file("table-bailleur", f"{day:%Y-%m}", form="csv"),
        "text/csv",
        on_click="ignore",
        icon=":material/table:",
    )


def render_work_plan(screen: Screen, day: date) -> None:
    """Activities beside their quarters."""
    show_blocks(screen, screen.t("results.part_work"), build_work_plan(screen, day))
    render_registers(screen, "work")


def render_meetings(screen: Screen, day: date) -> None:
    """Commitments, and the minutes of one meeting."""
    t = screen.t
    show_blocks(screen, t("results.part_meetings"), build_commitments(screen, day))
    if held := meetings_of(screen):
        build = partial(papers.build_minutes, today=day)
        offer_paper(screen, "minutes", "compte-rendu", build, t("papers.meeting"), held, t.date)
    render_registers(screen, "meetings")
