"""Activities and results: logical frame, work plan, half-year report, diaspora, animators, training, targeting, meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from data.people.roles import Right
from pages.screens.results import people, plans, report
from pages.screens.results.registers import KINDS_OF
from pages.widgets import session
from pages.widgets.screen import Screen

PARTS: dict[str, Callable[[Screen, date], None]] = {
    "logframe": plans.render_logframe,
    "work": plans.render_work_plan,
    "report": report.render_report,
    "diaspora": people.render_diaspora,
    "network": people.render_network,
    "training": people.render_training,
    "targeting": people.render_targeting,
    "meetings": plans.render_meetings,
}
# What a role that is not told of records may still write: its own posts.
_OWN = ("network",)


def address() -> dict[str, str]:
    """Which part is open."""
    return {"results": str(st.session_state.get("results", ""))} if st.session_state.get("results") else {}


def render(screen: Screen) -> None:
    """Draw the chosen part below the ways to the others, on the last day of the chosen month."""
    parts = list(PARTS) if screen.may(Right.RECORDS) else [part for part in _OWN if _writes_in(screen, part)]
    st.title(screen.t("results.title"))
    if not parts:
        st.info(screen.t("results.not_told"))
        return
    part = session.keep_valid("results", parts, parts[0])
    st.segmented_control(
        screen.t("places.part"),
        parts,
        format_func=lambda part: screen.t(f"results.part_{part}"),
        key="results",
        required=True,
        label_visibility="collapsed",
    )
    PARTS[part](screen, (screen.chosen.month + pd.offsets.MonthEnd(0)).date())


def _writes_in(screen: Screen, part: str) -> bool:
    return any(screen.writes(kind) for kind in KINDS_OF[part])
