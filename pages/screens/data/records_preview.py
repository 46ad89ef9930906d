"""Records of a file that was sent: how many rows are kept, and the first of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.importing.report import ImportReport
from data.records.entry_kind import EntryKind
from data.records.layout import SheetField
from data.records.movements import MOVEMENTS
from data.records.sheet_kind import SheetKind
from data.records.table import entry_kinds, sheet_kinds
from pages.widgets.screen import Screen

ROWS_SHOWN = 200


def render_counts(screen: Screen, report: ImportReport) -> None:
    """How many rows of each kind are kept, where the file holds any."""
    for kind in report.kinds_of_rows:
        st.caption(screen.t("cli.counts_kind", kind=kind.label(screen.t), **report.counts_of(kind)))
    if report.entries_in:
        st.caption(screen.t("cli.counts_entries", kept=report.entries_kept, rows=report.entries_in))


def render_previews(screen: Screen, report: ImportReport) -> None:
    """The first records of each kind that would be written."""
    for kind in sheet_kinds():
        if len(report.records.get(kind.id, ())):
            _render_preview(screen, kind, report.records[kind.id])
    for entry_kind in entry_kinds():
        if entry_kind.id in report.records:
            _render_entries(screen, entry_kind, report.records[entry_kind.id])


def _render_preview(screen: Screen, kind: SheetKind, kept: pd.DataFrame) -> None:
    t, definition, shown = screen.t, kind.layout(), kept.head(ROWS_SHOWN)
    columns = {t.label(f.labels): [_said(screen, f, value) for value in shown[f.id]] for f in definition.fields}
    with st.expander(f"{t('data.preview')} — {t.label(definition.labels)}"):
        st.caption(t("data.preview_shown", shown=len(shown), total=len(kept)))
        table = pd.DataFrame({**columns, t("data.preview_cell"): list(shown["cell"])})
        st.dataframe(table, hide_index=True, height=280)


def _render_entries(screen: Screen, kind: EntryKind, rows: pd.DataFrame) -> None:
    """The first sentences that would be written; a note without words withdraws the one before it."""
    t, shown = screen.t, rows.head(ROWS_SHOWN)
    with st.expander(f"{t('data.preview')} — {kind.label(t)}"):
        st.caption(t("data.preview_shown", shown=len(shown), total=len(rows)))
        said = pd.DataFrame({kind.label(t): list(shown[kind.shown].replace("", t("entries.withdrawn")))})
        st.dataframe(said, hide_index=True)


def _said(screen: Screen, field: SheetField, value: object) -> str:
    """A value in the reader's language."""
    t = screen.t
    if field.type == "month":
        return t.month(pd.Timestamp(str(value)))
    if field.type == "day":
        return "" if pd.isna(value) else t.date(pd.Timestamp(str(value)))
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
    return screen.t.label(MOVEMENTS.layout().rules["outside"]["labels"]) if code else ""
