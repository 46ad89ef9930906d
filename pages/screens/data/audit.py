"""The last lines of the audit log, and all of it as a file."""

from __future__ import annotations

import io
import json
from datetime import datetime

import streamlit as st

from data.audit import Entry, write_csv
from data.i18n import Translator
from data.store import Store, StoreError
from pages.widgets.downloads import choose_hxl
from pages.widgets.html import show, show_refusal
from pages.widgets.screen import Screen
from pages.words.data_version import name_version

SHOWN = 50


def render_audit(screen: Screen) -> None:
    """What was done last; the whole log with its hashes to take away."""
    t, store = screen.t, screen.figures.store
    with st.expander(t("data.audit")):
        st.caption(t("data.audit_lead"))
        try:
            entries = store.audit.entries(SHOWN)
        except StoreError as error:
            show_refusal(error, t)
            return
        show("audit", t, rows=[_row(entry, t) for entry in entries])
        hxl = choose_hxl(t, "audit-hxl")
        st.download_button(
            t("data.audit_export"), lambda: _export(store, hxl), "audit.csv", "text/csv", on_click="ignore", type="tertiary"
        )


def _row(entry: Entry, t: Translator) -> dict[str, object]:
    named = t.has(f"action.{entry.action}")
    return {
        "number": entry.number,
        "when": t.moment(datetime.fromisoformat(entry.at)),
        "actor": t(f"actor.{entry.actor}") if t.has(f"actor.{entry.actor}") else entry.actor,
        "action": t(f"action.{entry.action}") if named else entry.action,
        "detail": _said(entry, t),
    }


def _said(entry: Entry, t: Translator) -> str:
    """What an action was about, without the names that a machine needs; a version by its moment, as the sidebar has it."""
    try:
        said = json.loads(entry.detail)
    except ValueError:
        return entry.detail
    if not isinstance(said, dict):
        return entry.detail
    return " · ".join(name_version(t, str(value)) if name == "snapshot" else str(value) for name, value in said.items())


def _export(store: Store, hxl: bool) -> bytes:
    target = io.StringIO(newline="")
    write_csv(store.audit.entries(), target, hxl=hxl)
    return target.getvalue().encode("utf-8-sig")
