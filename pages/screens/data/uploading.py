"""A file is sent, checked, shown cell by cell, and written only when it is accepted."""

from __future__ import annotations

import csv
import io

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.exporting.inert import inert_text
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import Finding, Severity
from data.importing.report import ImportReport
from data.store import StoreError
from pages.figures.load import load_figures
from pages.screens.data import records_preview
from pages.widgets import session
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen

MAXIMUM_MEGABYTES = 50
ROWS_SHOWN = 200
_OUTCOME = "_import_outcome"


def show_last_outcome(screen: Screen) -> None:
    """What the last action on the store did, once."""
    outcome = st.session_state.pop(_OUTCOME, None)
    if outcome:
        st.success(outcome)
        screen.link("map", screen.t("data.see_map"), ":material/map:", screen.chosen.address())


def announce(text: str) -> None:
    """Have the next run say what was done."""
    st.session_state[_OUTCOME] = text


def render_uploader(screen: Screen) -> UploadedFile | None:
    """Where a file is sent; says so while there is none."""
    t, key = screen.t, f"upload-{st.session_state.get('_uploads_done', 0)}"
    if st.session_state.get(key) is None:
        show("uploader_words", t)
    sent = st.file_uploader(t("data.upload"), type=["xlsx", "csv", "txt"], max_upload_size=MAXIMUM_MEGABYTES, key=key)
    if sent is None:
        st.info(t("data.no_file"))
    return sent


def render_report(screen: Screen, sent: UploadedFile) -> None:
    """What was read, what is wrong and what to do; then the button that writes it."""
    content = sent.getvalue()
    report = _report(screen, content, sent.name)
    _render_findings(screen, report)
    accept = screen.t("entries.accept" if report.entries_in else "data.accept", count=report.cells_kept)
    if report.is_acceptable and st.button(accept, type="primary", icon=":material/check:"):
        _accept(screen, content, report)


def _report(screen: Screen, content: bytes, file_name: str) -> ImportReport:
    """The report of a file, kept while neither the file nor the snapshot changes."""
    key = (file_name, hash(content), screen.figures.snapshot_id)
    if st.session_state.get("_report_key") != key:
        with st.spinner(screen.t("data.checking", file=plain_markdown(file_name))):
            st.session_state["_report"] = prepare_for_store(screen.store, content, file_name)
        st.session_state["_report_key"] = key
    report: ImportReport = st.session_state["_report"]
    return report


def _accept(screen: Screen, content: bytes, report: ImportReport) -> None:
    t = screen.t
    try:
        with st.spinner(t("data.writing")):
            snapshot = accept_import(screen.store, content, report)
            written = load_figures(
                snapshot.id, screen.figures.assumptions, screen.figures.province, viewer=screen.person.viewer
            )
            session.look_at(written, report.observations)
    except StoreError as error:
        st.error(t(error.key, **error.values))
        return
    st.session_state["_uploads_done"] = st.session_state.get("_uploads_done", 0) + 1
    accepted = "entries.accepted" if report.entries_in else "data.accepted"
    announce(t(accepted, count=report.cells_kept, file=plain_markdown(report.file_name)))
    st.rerun()


def _render_findings(screen: Screen, report: ImportReport) -> None:
    t = screen.t
    findings = [f for f in (report.refusal, *report.findings) if f]
    if report.refusal:
        st.error(t("data.refused"))
    else:
        counts = t("data.counts", count=report.cells_in, kept=report.cells_kept, aside=report.cells_set_aside)
        (st.success if not report.cells_set_aside else st.warning)(
            f"**{plain_markdown(report.file_name)}**{t('sign.colon')}{counts}"
        )
        records_preview.render_counts(screen, report)
    rows = [_finding_row(finding, t) for severity in Severity for finding in findings if finding.severity is severity]
    show("findings", t, rows=rows)
    if findings:
        st.download_button(
            t("data.findings_file"),
            lambda: list_findings(findings, t),
            "controle.csv",
            "text/csv",
            on_click="ignore",
            type="tertiary",
        )
    if len(report.observations):
        _render_preview(screen, report)
    records_preview.render_previews(screen, report)


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


def _finding_row(finding: Finding, t: Translator) -> dict[str, str]:
    return {
        "severity": finding.severity.value,
        "kind": t(f"check.severity.{finding.severity}"),
        "where": finding.places(t),
        "what": finding.message(t),
        "remedy": finding.remedy(t),
    }


def _render_preview(screen: Screen, report: ImportReport) -> None:
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
