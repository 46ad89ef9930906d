"""Movements, facilities and writings of a file that was sent: how many rows are kept, and the first of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.importing.prepare import ImportReport
from data.record_sheets import FACILITIES, MOVEMENTS, RecordField
from data.writings import DECISIONS, NOTES, PLAN_TEXTS, PLAN_VERSIONS, SCENARIOS
from pages.widgets.screen import Screen

ROWS_SHOWN = 200
_SAYS = {DECISIONS: "text", NOTES: "note", SCENARIOS: "name", PLAN_TEXTS: "words", PLAN_VERSIONS: "version"}


def render_counts(screen: Screen, report: ImportReport) -> None:
    """How many rows of each kind are kept, where the file holds any."""
    if report.has_records:
        st.caption(screen.t("data.counts_records", **report.record_counts))
    if report.writings_in:
        st.caption(screen.t("cli.counts_writings", kept=report.writings_kept, rows=report.writings_in))


def render_previews(screen: Screen, report: ImportReport) -> None:
    """The first movements and facilities that would be written."""
    for sheet_id, kept in ((MOVEMENTS, report.movements), (FACILITIES, report.facilities)):
        if len(kept):
            _render_preview(screen, sheet_id, kept)
    for table, rows in report.writings.items():
        _render_writings(screen, table, rows)


def _render_preview(screen: Screen, sheet_id: str, kept: pd.DataFrame) -> None:
    t, definition, shown = screen.t, screen.figures.definition_set.record_sheets[sheet_id], kept.head(ROWS_SHOWN)
    columns = {t.label(f.labels): [_said(screen, f, value) for value in shown[f.id]] for f in definition.fields}
    with st.expander(f"{t('data.preview')} — {t.label(definition.labels)}"):
        st.caption(t("data.preview_shown", shown=len(shown), total=len(kept)))
        table = pd.DataFrame({**columns, t("data.preview_cell"): list(shown["cell"])})
        st.dataframe(table, hide_index=True, height=280)


def _render_writings(screen: Screen, table: str, rows: pd.DataFrame) -> None:
    """The first sentences that would be written; a note without words withdraws the one before it."""
    t, shown = screen.t, rows.head(ROWS_SHOWN)
    with st.expander(f"{t('data.preview')} — {t(f'writings.{table}')}"):
        st.caption(t("data.preview_shown", shown=len(shown), total=len(rows)))
        said = pd.DataFrame({t(f"writings.{table}"): list(shown[_SAYS[table]].replace("", t("writings.withdrawn")))})
        st.dataframe(said, hide_index=True)


def _said(screen: Screen, field: RecordField, value: object) -> str:
    """A value in the reader's language."""
    t = screen.t
    if field.type == "month":
        return t.month(pd.Timestamp(str(value)))
    if field.type in ("persons", "number"):
        return t.number(float(str(value)), 4 if field.id in ("latitude", "longitude") else None)
    if field.type == "word":
        return t.label(field.words[str(value)]["labels"]) if value else ""
    if field.type == "commune":
        return _place(screen, str(value))
    return str(value)


def _place(screen: Screen, code: str) -> str:
    if code in screen.figures.communes.index:
        return screen.name(code)
    return screen.t.label(screen.figures.definition_set.record_sheets[MOVEMENTS].rules["outside"]["labels"]) if code else ""
