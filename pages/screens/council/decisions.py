"""Decisions of a session: written down on a question, listed, withdrawn, taken away as an annex to the minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from data.records.decisions import (
    DECISIONS,
    LONGEST_RESPONSIBLE,
    LONGEST_TEXT,
    Decision,
    Draft,
    note_decision,
    withdraw_decision,
)
from pages.print import media_types
from pages.screens.council.mode import name_subject
from pages.widgets import downloads, store_action
from pages.widgets.confirm import confirmed
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen

COUNCIL = "council"


def decisions_on(screen: Screen, subject: str, question: str = "") -> list[Decision]:
    """Decisions in force on a commune or territory, on one question or on all."""
    own = [d for d in screen.figures.records.decisions if d.draft.subject == subject]
    return [d for d in own if not question or d.draft.question == question]


def render_form(screen: Screen, subject: str, question: str) -> None:
    """Text, who does it, by when; refused with its reason when it cannot be kept."""
    t = screen.t
    store_action.show_outcome(COUNCIL)
    if not screen.writes(DECISIONS):
        return
    with st.form(f"decision-{store_action.edition(COUNCIL)}", border=False):
        text = st.text_area(t("council.text"), max_chars=LONGEST_TEXT, height=110, help=t("council.no_names"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = st.text_input(t("council.responsible"), max_chars=LONGEST_RESPONSIBLE, placeholder=t("council.function"))
            due = st.date_input(t("council.due"), value=None, format="DD/MM/YYYY")
            asked = st.form_submit_button(t("council.note"), type="primary")
    if asked:
        draft = Draft(subject, question, screen.chosen.month.date(), text, who, due)

        def note() -> str:
            note_decision(screen.store, draft, screen.figures.snapshot_id)
            return t("council.noted")

        store_action.do(screen, COUNCIL, note)


def render_list(screen: Screen, subject: str, question: str = "") -> None:
    """Each decision with its question, who and when; a button withdraws it."""
    t, decisions = screen.t, decisions_on(screen, subject, question)
    if not question:
        store_action.show_outcome(COUNCIL)
    if not decisions:
        st.caption(t("council.none", name=name_subject(screen, subject)))
    for decision in decisions:
        words, button = st.columns([6, 1], vertical_alignment="center")
        below = st.container()
        with words:
            show("decision", t, text=decision.draft.text, details=describe_decision(screen, decision))
        with button:
            asked = screen.writes(DECISIONS) and confirmed(
                t,
                f"withdraw-{decision.id}",
                t("council.withdraw"),
                t("council.withdraw_sure", text=plain_markdown(decision.draft.text)),
                icon=":material/undo:",
                asked_in=below,
            )
        if asked:
            _withdraw(screen, decision)


def describe_decision(screen: Screen, decision: Decision) -> list[str]:
    """Question, month, who does it, by when."""
    t, draft = screen.t, decision.draft
    parts = [t(f"council.ask_{draft.question}"), t.month(draft.month), draft.responsible]
    return [p for p in (*parts, t("council.by", day=t.date(draft.due_date)) if draft.due_date else "") if p]


def render_annex(screen: Screen, subject: str) -> None:
    """The annex to the minutes in the language that is asked for; nothing where nothing was decided."""
    t, decisions = screen.t, decisions_on(screen, subject)
    if not decisions:
        return

    def build(language: str) -> bytes:
        # Lazy import of python-docx: only a request for the annex pays for it.
        from pages.print.minutes import build_annex

        asked = replace(screen, t=screen.t.into(language))
        return build_annex(asked, name_subject(asked, subject), decisions, date.today())

    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = downloads.choose_language(t, "annex_language")
        name = screen.name_file("annexe", subject, f"{date.today():%Y-%m-%d}", language, form="docx")
        st.download_button(
            t("council.annex"),
            partial(build, language),
            name,
            media_types.DOCX,
            on_click="ignore",
            icon=":material/description:",
        )


def _withdraw(screen: Screen, decision: Decision) -> None:
    def withdraw() -> str:
        withdraw_decision(screen.store, decision.id)
        return screen.t("council.withdrawn")

    store_action.do(screen, COUNCIL, withdraw)
