"""A published figure of the chosen month is corrected on the commune's screen: changed or withdrawn, with a reason."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.importing.published import FigureAsked, check_figure, correct_figure
from data.importing.report import ImportReport
from data.people.roles import Right
from data.records.figure_corrections import LONGEST_REASON
from data.store import StoreError
from pages.widgets import store_action
from pages.widgets.confirm import confirmed_draft
from pages.widgets.html import plain_markdown, show, show_refusal
from pages.widgets.screen import Screen
from pages.words.corrections import list_reported, write_reported
from pages.words.findings import finding_row

CORRECTION = "correction"
CHANGE, WITHDRAW = "change", "withdraw"


def render_correction(screen: Screen, commune: str) -> None:
    """Nothing where the role may not, or the commune reported nothing for the month; the figures are read once the box is open."""
    t, month = screen.t, screen.chosen.month
    if not screen.may(Right.CORRECT):
        return
    store_action.show_outcome(CORRECTION)
    if not screen.figures.origins.month_figures(month).get(commune):
        return
    form = st.expander(t("corrections.form"), key="correction_form", on_change="rerun")
    if not form.open:
        return
    with form:
        st.caption(t("corrections.form_lead"))
        reported = list_reported(screen, commune)
        key = f"{commune}-{month:%Y-%m}-{store_action.edition(CORRECTION)}"
        with st.form(f"correct-{key}", border=False):
            variable = st.selectbox(
                t("corrections.figure"),
                list(reported.index),
                format_func=lambda name: _name(screen, reported, name),
                key=f"correct-variable-{key}",
            )
            act = st.radio(
                t("corrections.act"),
                [CHANGE, WITHDRAW],
                format_func=lambda name: t(f"corrections.act_{name}"),
                horizontal=True,
                key=f"correct-act-{key}",
            )
            value = st.text_input(t("corrections.value"), max_chars=20, key=f"correct-value-{key}")
            reason = st.text_input(t("corrections.reason"), max_chars=LONGEST_REASON, key=f"correct-reason-{key}")
            sent = st.form_submit_button(t("corrections.save"), icon=":material/edit:")
        typed = None if act == WITHDRAW else value.strip()
        seen = screen.figures.origins.month_figures(month).get(commune, "")
        draft = FigureAsked(commune, month.date(), str(variable), typed, reason, seen) if sent else None
        _take(screen, reported, commune, draft)


def _take(screen: Screen, reported: pd.DataFrame, commune: str, draft: FigureAsked | None) -> None:
    """A new figure is saved at once; one that is withdrawn after a question."""
    if draft is not None and draft.value is not None:
        _save(screen, draft)
        return
    if gone := confirmed_draft(screen.t, f"correct-{commune}", draft, lambda asked: _ask(screen, reported, asked)):
        _save(screen, gone)


def _name(screen: Screen, reported: pd.DataFrame, variable: str) -> str:
    label = screen.t.label(screen.variables[variable].labels)
    return f"{label} · {write_reported(screen, reported.loc[variable])}"


def _ask(screen: Screen, reported: pd.DataFrame, asked: FigureAsked) -> str:
    figure = plain_markdown(_name(screen, reported, asked.variable))
    return screen.t("corrections.withdraw_sure", figure=figure, name=screen.name(asked.commune_code))


def _save(screen: Screen, asked: FigureAsked) -> None:
    """Check the new figure like one of a file; say what is wrong with it, or write it."""
    t, report = screen.t, None
    if asked.value is not None:
        report = _check(screen, asked)
        if report is None:
            return

    def do() -> str:
        correct_figure(screen.store, asked, report)
        return t("corrections.saved")

    store_action.do(screen, CORRECTION, do)


def _check(screen: Screen, asked: FigureAsked) -> ImportReport | None:
    """The report of the checks; None, with what they say, where they set the figure aside."""
    t = screen.t
    try:
        report = check_figure(screen.store, asked)
    except StoreError as error:
        show_refusal(error, t)
        return None
    if report.is_acceptable:
        return report
    findings = [finding for finding in (report.refusal, *report.findings) if finding]
    st.error(t("corrections.set_aside"))
    show("findings", t, rows=[{**finding_row(finding, t), "where": ""} for finding in findings])
    return None
