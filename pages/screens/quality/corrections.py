"""The list of corrections after publication: what, who, when, why; and one taken back by whoever may."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.importing.published import undo_correction
from data.people.roles import Right
from data.records.figure_corrections import LONGEST_REASON
from pages.widgets import store_action
from pages.widgets.confirm import confirmed_draft
from pages.widgets.downloads import offer_workbook
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen
from pages.words import corrections as words

UNDO = "correction-undo"


def render_corrections(screen: Screen, _today: date) -> None:
    """The list, its file, the form that takes one back."""
    t, rows = screen.t, words.list_corrections(screen)
    store_action.show_outcome(UNDO)
    st.caption(t("corrections.lead"))
    screen.link("commune", t("corrections.to_commune"), ":material/edit:", screen.chosen.address())
    if not rows:
        st.info(t("corrections.none"))
        return
    show("corrections", t, rows=rows)
    tables = lambda: {t("corrections.title"): words.build_corrections_table(screen)}  # noqa: E731
    offer_workbook(screen, tables, [t("corrections.lead")], "corrections")
    if screen.may(Right.CORRECT) and words.in_force(screen):
        _render_undo(screen)


def _render_undo(screen: Screen) -> None:
    t, holding = screen.t, words.in_force(screen)
    with st.form(f"undo-correction-{store_action.edition(UNDO)}", border=False):
        chosen = st.selectbox(
            t("corrections.undo"), list(holding), format_func=lambda upload: words.describe(screen, holding[upload])
        )
        reason = st.text_input(t("corrections.undo_reason"), max_chars=LONGEST_REASON)
        asked = st.form_submit_button(t("corrections.undo_do"), icon=":material/undo:")

    draft = (holding[str(chosen)], reason) if asked else None
    question = lambda of: t("corrections.undo_sure", correction=plain_markdown(words.describe(screen, of[0])))  # noqa: E731
    if not (sure := confirmed_draft(t, UNDO, draft, question)):
        return
    correction, why = sure

    def do() -> str:
        undo_correction(screen.store, correction.upload_id, correction.commune_code, why)
        return t("corrections.undone")

    store_action.do(screen, UNDO, do)
