"""What is said of a file that was sent: what was understood, what needs an answer, then the rest."""

from __future__ import annotations

import csv
import io

import pandas as pd
import streamlit as st

from data.exporting.inert import inert_text
from data.i18n import Translator
from data.importing.findings import Finding, Severity
from data.importing.report import ImportReport
from pages.screens.data import records_preview
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen
from pages.words.findings import finding_row

ROWS_SHOWN = 200


def render_understood(screen: Screen, report: ImportReport) -> None:
    """What the file holds and how many of its cells are kept; that it is refused where it is."""
    t = screen.t
    if report.refusal:
        st.error(f"**{plain_markdown(report.file_name)}**{t('sign.colon')}{t('data.refused')}")
        return
    counts = t("data.counts", count=report.cells_in, kept=report.cells_kept, aside=report.cells_set_aside)
    said = f"**{plain_markdown(report.file_name)}**{t('sign.colon')}{report.understood.sentence(t)}"
    (st.success if not report.cells_set_aside else st.warning)(f"{said}  \n{counts}")
    st.caption(report.account_sentence(t))
    records_preview.render_counts(screen, report)


def render_questions(screen: Screen, report: ImportReport, key: str) -> bool:
    """What the file only suggests, with one button that confirms all of it; whether it was pressed."""
    t = screen.t
    if not report.questions:
        return False
    st.subheader(t("report.ask"))
    st.caption(t("report.ask_help"))
    show("findings", t, rows=[finding_row(finding, t) for finding in report.questions])
    return st.button(t("report.confirm", count=len(report.questions)), icon=":material/check_circle:", key=f"confirm-{key}")


def render_findings(screen: Screen, report: ImportReport, key: str) -> None:
    """The other findings, most serious first, and all of them as a file."""
    t = screen.t
    findings = [f for f in (report.refusal, *report.findings) if f]
    rest = [finding for finding in findings if not finding.is_question]
    if rest and report.questions:
        st.subheader(t("report.rest"))
    if rest or not report.questions:
        ordered = [finding for severity in Severity for finding in rest if finding.severity is severity]
        show("findings", t, rows=[finding_row(finding, t) for finding in ordered])
    if findings:
        st.download_button(
            t("data.findings_file"),
            lambda: list_findings(findings, t),
            "controle.csv",
            "text/csv",
            on_click="ignore",
            type="tertiary",
            key=f"findings-{key}",
        )


def list_findings(findings: list[Finding], t: Translator) -> bytes:
    """Every cell of every finding as CSV, in the reader's language."""
    target = io.StringIO()
    lines = csv.writer(target, delimiter=";", lineterminator="\r\n")
    lines.writerow([t(f"data.finding_{column}") for column in ("kind", "where", "what", "remedy")])
    for finding in findings:
        for cell in finding.cells or ("",):
            words = (t(f"check.severity.{finding.severity}"), cell, finding.message(t), finding.remedy(t))
            lines.writerow([inert_text(word) for word in words])
    return target.getvalue().encode("utf-8-sig")


def render_preview(screen: Screen, report: ImportReport) -> None:
    """The first figures that would be written, beside those that they replace."""
    t, shown = screen.t, report.observations.head(ROWS_SHOWN)
    before = report.before if report.before is not None else pd.Series(index=shown.index, dtype=float)
    with st.expander(t("data.preview")):
        st.caption(t("data.preview_shown", shown=len(shown), total=len(report.observations)))
        table = pd.DataFrame(
            {
                t("data.template_commune"): [screen.name(code) for code in shown["commune_code"]],
                t("trace.date"): [t.month(day) for day in shown["reference_date"]],
                t("trace.variable"): [t.label(screen.variables[v].labels) for v in shown["variable"]],
                t("data.preview_before"): [t.number(value) for value in before.head(ROWS_SHOWN)],
                t("data.preview_after"): [
                    t.number(value) if pd.notna(value) else t(f"observation.{status}")
                    for value, status in zip(shown["value"], shown["status"], strict=True)
                ],
                t("data.preview_cell"): list(shown["cell"]),
            }
        )
        st.dataframe(table, hide_index=True, height=280)
