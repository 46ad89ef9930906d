"""Blocks of a register on the screen, the form that writes a row, and its files: the table to fill in, what was written so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from data.people.roles import Right
from data.records.achievements import ACHIEVEMENTS
from data.records.activities import ACTIVITIES
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.commitments import COMMITMENTS
from data.records.donor_outputs import DONOR_OUTPUTS
from data.records.eligibility import ELIGIBILITY
from data.records.initiatives import INITIATIVES
from data.records.register import Register
from data.records.results import RESULTS
from data.records.training_levels import TRAINING_LEVELS
from data.records.training_sessions import TRAINING_SESSIONS
from pages.html import fill
from pages.print.plan.blocks import Block, Picture, as_values
from pages.print.tables.registers import write_register
from pages.screens.results.form import render_form
from pages.widgets import store_action
from pages.widgets.clickable import render_clickable
from pages.widgets.downloads import told
from pages.widgets.screen import Screen

KINDS_OF: dict[str, tuple[Register, ...]] = {
    "logframe": (RESULTS, ACHIEVEMENTS, DONOR_OUTPUTS),
    "work": (ACTIVITIES,),
    "diaspora": (INITIATIVES,),
    "network": (ANIMATOR_POSTS,),
    "training": (TRAINING_LEVELS, TRAINING_SESSIONS),
    "targeting": (ELIGIBILITY,),
    "meetings": (COMMITMENTS,),
}


def show_blocks(screen: Screen, title: str, blocks: Sequence[Block]) -> None:
    """Paragraphs and tables as the report prints them."""
    html = fill("plan_chapter", screen.t, chapter={"title": title}, blocks=[_values(block) for block in blocks])
    if any(isinstance(block, Picture) for block in blocks):
        # st.html sanitises <svg> away: pictures go through a component.
        render_clickable(html, key=f"results-{title}")
    else:
        st.html(html)


def _values(block: Block) -> dict[str, Any]:
    """A block for the template: its drawing is our own SVG, whose words are escaped already."""
    values = as_values(block)
    return {**values, "svg": Markup(block.svg)} if isinstance(block, Picture) else values


def render_registers(screen: Screen, part: str) -> None:
    """For each register of a part: its file, and the form for whoever writes it."""
    for kind in KINDS_OF[part]:
        store_action.show_outcome(kind.id)
        with st.expander(screen.t("register.add", kind=kind.label(screen.t)), icon=":material/edit_note:"):
            if screen.writes(kind):
                render_form(screen, kind)
            exact, name = screen.may(Right.EXPORT), screen.name_file(kind.id, form="csv")
            build = partial(write_register, screen, kind, exact=exact)
            st.download_button(
                screen.t("register.file"),
                told(screen, name, build) if exact else build,
                name,
                "text/csv",
                on_click="ignore",
                icon=":material/table:",
                key=f"register-file-{kind.id}",
                help=screen.t("register.file_help"),
            )
