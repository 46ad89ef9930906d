"""Blocks of a register on the screen, the form that writes a row, and its files: the table to fill in, what was written so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from data.records.achievements import ACHIEVEMENTS
from data.records.activities import ACTIVITIES
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.commitments import COMMITMENTS
from data.records.eligibility import ELIGIBILITY
from data.records.entry_checks import read_places
from data.records.initiatives import INITIATIVES
from data.records.register import Register, RegisterField, first_problem, tidy, write_row
from data.records.results import RESULTS
from data.records.training_levels import TRAINING_LEVELS
from data.records.training_sessions import TRAINING_SESSIONS
from pages.address.selection import territory_options
from pages.html import fill
from pages.print.plan.blocks import Block, Picture, as_values
from pages.print.tables.registers import write_register
from pages.widgets import store_action
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.words.registers import write_place, write_word

KINDS_OF: dict[str, tuple[Register, ...]] = {
    "logframe": (RESULTS, ACHIEVEMENTS),
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
                _render_form(screen, kind)
            st.download_button(
                screen.t("register.file"),
                partial(write_register, screen, kind),
                f"{kind.id}.csv",
                "text/csv",
                on_click="ignore",
                icon=":material/table:",
                key=f"register-file-{kind.id}",
                help=screen.t("register.file_help"),
            )


def _render_form(screen: Screen, kind: Register) -> None:
    t, edition = screen.t, store_action.edition(kind.id)
    st.caption(t("register.how"))
    with st.form(f"register-{kind.id}-{edition}", border=False):
        values = {f.id: _control(screen, f, f"{kind.id}-{f.id}-{edition}") for f in kind.typed}
        withdrawn = st.checkbox(t("register.withdraw"), key=f"{kind.id}-withdraw-{edition}")
        saved = st.form_submit_button(t("register.save"), icon=":material/save:")
    if not saved:
        return
    entry = tidy(kind, values)
    places = read_places(screen.figures.communes)
    if problem := first_problem(kind, entry, places):
        st.error(t("register.refused", field=t(f"register.{problem.field}"), why=t(f"check.{problem.key}")))
        return

    def act() -> str:
        write_row(screen.store, kind, entry, withdrawn=withdrawn)
        return t("register.withdrawn" if withdrawn else "register.saved", kind=kind.label(t))

    store_action.do(screen, kind.id, act)


def _control(screen: Screen, field: RegisterField, key: str) -> Any:
    t, label = screen.t, screen.t(f"register.{field.id}")
    label = label if field.required else t("register.optional", label=label)
    if field.form in ("choice", "commune", "place"):
        options = _options(screen, field)
        return st.selectbox(label, options, format_func=lambda option: _write_option(screen, field, option), key=key)
    if field.form == "number":
        return st.number_input(label, value=None, step=1.0, format="%g", key=key)
    if field.form == "day":
        first = screen.chosen.month.date() if field.required else None
        return st.date_input(label, first, format="DD/MM/YYYY", key=key)
    if field.form == "lines":
        return st.text_area(label, max_chars=field.longest, key=key)
    return st.text_input(label, max_chars=field.longest, key=key, placeholder=_example(field))


def _options(screen: Screen, field: RegisterField) -> list[str]:
    if field.form == "commune":
        return sorted(screen.figures.territory, key=screen.name)
    if field.form == "place":
        return [*territory_options(screen.figures), *sorted(screen.figures.territory, key=screen.name)]
    return [*([] if field.required else [""]), *_listed(field.words())]


def _listed(words: Iterable[str]) -> list[str]:
    return list(words)


def _write_option(screen: Screen, field: RegisterField, option: str) -> str:
    if field.form == "choice":
        return write_word(screen, field.id, option)
    return write_place(screen, option)


def _example(field: RegisterField) -> str:
    return {"quarters": "Q1 Q2", "languages": "ar tachelhit", "year": f"{date.today():%Y}", "code": "R1.1"}.get(field.id, "")
