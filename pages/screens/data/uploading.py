"""Files are sent, checked, confirmed or corrected in place, and written only when they are accepted."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.importing.accept import accept_import, prepare_for_store
from data.importing.corrections import Correction
from data.importing.report import ImportReport
from data.store import StoreError
from pages.figures.load import load_figures
from pages.screens.data import checking, correcting, records_preview
from pages.widgets import sent_files, session
from pages.widgets.html import plain_markdown, show, show_refusal
from pages.widgets.screen import Screen

MAXIMUM_MEGABYTES = 50
KINDS_OF_FILE = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "json", "zip"]
_OUTCOME = "_import_outcome"
_REPORTS, _CONFIRMED, _CORRECTED = (f"{sent_files.OF_FILES}{name}" for name in ("reports", "confirmed", "corrected"))


def show_last_outcome(screen: Screen) -> None:
    """What the last action on the store did, once."""
    outcome = st.session_state.pop(_OUTCOME, None)
    if outcome:
        st.success(outcome)
        screen.link("map", screen.t("data.see_map"), ":material/map:", screen.chosen.address())


def announce(text: str) -> None:
    """Have the next run say what was done."""
    st.session_state[_OUTCOME] = text


def render_uploader(screen: Screen) -> list[UploadedFile]:
    """Where files are sent; says so while there is none."""
    t, key = screen.t, f"upload-{st.session_state.get('_uploads_done', 0)}"
    if not st.session_state.get(key):
        show("uploader_words", t, hint=t("data.upload_help"))
    sent = st.file_uploader(
        t("data.upload"), type=KINDS_OF_FILE, max_upload_size=MAXIMUM_MEGABYTES, key=key, accept_multiple_files=True
    )
    if not sent:
        st.info(t("data.no_file"))
    return sent


def render_reports(screen: Screen, sent: list[UploadedFile]) -> None:
    """Of each file what was read, what is asked, what is wrong; then the button that writes all that can be kept."""
    reports: list[tuple[bytes, ImportReport]] = []
    for file in sent:
        content = file.getvalue()
        key = sha256(content).hexdigest()[:16]
        report = _report(screen, content, file.name, key)
        checking.render_understood(screen, report)
        if checking.render_questions(screen, report, key):
            st.session_state.setdefault(_CONFIRMED, set()).add(key)
            st.rerun()
        checking.render_findings(screen, report, key)
        corrections = correcting.render_corrections(screen, report, key)
        if corrections:
            st.session_state.setdefault(_CORRECTED, {}).setdefault(key, {}).update(corrections)
            st.rerun()
        reports.append((content, report))
    acceptable = [(content, report) for content, report in reports if report.is_acceptable]
    count = sum(report.cells_kept for _, report in acceptable)
    has_entries = any(report.entries_in for _, report in acceptable)
    accept = screen.t("entries.accept" if has_entries else "data.accept", count=count)
    if acceptable and st.button(accept, type="primary", icon=":material/check:"):
        _accept(screen, acceptable)
    for _, report in reports:
        if len(report.observations):
            checking.render_preview(screen, report)
        records_preview.render_previews(screen, report)


def _report(screen: Screen, content: bytes, file_name: str, key: str) -> ImportReport:
    """The report of a file, kept while neither the file, the answers to it nor the snapshot change."""
    is_confirmed = key in st.session_state.get(_CONFIRMED, set())
    corrections: dict[str, Correction] = st.session_state.get(_CORRECTED, {}).get(key, {})
    asked = (file_name, screen.figures.snapshot_id, is_confirmed, tuple(sorted(corrections.items())))
    reports: dict[str, tuple[object, ImportReport]] = st.session_state.setdefault(_REPORTS, {})
    if key not in reports or reports[key][0] != asked:
        with st.spinner(screen.t("data.checking", file=plain_markdown(file_name))):
            store = screen.store
            report = prepare_for_store(store, content, file_name, is_confirmed=is_confirmed, corrections=corrections)
        reports[key] = (asked, report)
    return reports[key][1]


def _accept(screen: Screen, reports: list[tuple[bytes, ImportReport]]) -> None:
    t = screen.t
    try:
        with st.spinner(t("data.writing")):
            for content, report in reports:
                snapshot = accept_import(screen.store, content, report)
            written = load_figures(
                snapshot.id, screen.figures.assumptions, screen.figures.province, viewer=screen.person.viewer
            )
            session.look_at(written, reports[-1][1].observations)
    except StoreError as error:
        show_refusal(error, t)
        return
    st.session_state["_uploads_done"] = st.session_state.get("_uploads_done", 0) + 1
    sent_files.let_go()
    has_entries = any(report.entries_in for _, report in reports)
    names = ", ".join(plain_markdown(report.file_name) for _, report in reports)
    count = sum(report.cells_kept for _, report in reports)
    announce(t("entries.accepted" if has_entries else "data.accepted", count=count, file=names))
    st.rerun()
