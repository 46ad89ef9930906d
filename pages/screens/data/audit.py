"""The last lines of the audit log, and all of it as a file."""

from __future__ import annotations

import io
from datetime import datetime

import streamlit as st

from data.audit import Entry, write_csv
from data.store import Store, StoreError
from pages.widgets.downloads import choose_hxl
from pages.widgets.html import show, show_refusal
from pages.widgets.screen import Screen
from pages.words.actions import write_actor, write_entry

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
        show("audit", t, rows=[_row(entry, screen) for entry in entries])
        hxl = choose_hxl(t, "audit-hxl")
        st.download_button(
            t("data.audit_export"), lambda: _export(store, hxl), "audit.csv", "text/csv", on_click="ignore", type="tertiary"
        )


def _row(entry: Entry, screen: Screen) -> dict[str, object]:
    t = screen.t
    named = t.has(f"action.{entry.action}")
    return {
        "number": entry.number,
        "when": t.moment(datetime.fromisoformat(entry.at)),
        "actor": write_actor(entry.actor, t),
        "action": t(f"action.{entry.action}") if named else entry.action,
        "detail": write_entry(entry, screen),
    }


def _export(store: Store, hxl: bool) -> bytes:
    target = io.StringIO(newline="")
    write_csv(store.audit.entries(), target, hxl=hxl)
    return target.getvalue().encode("utf-8-sig")
