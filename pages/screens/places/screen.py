"""On the ground: the douars one by one, where services probably stand, and how far reconstruction has come."""

from __future__ import annotations

import streamlit as st

from pages.screens.places import criteria, douars, points, watch
from pages.widgets import session
from pages.widgets.screen import Screen

PARTS = {
    "douars": douars.render_douars,
    "choose": criteria.render_criteria,
    "points": points.render_points,
    "watch": watch.render_watch,
}


def address() -> dict[str, str]:
    """Which part is open, and the rules where douars are chosen."""
    part = _current()
    return {"part": part} | (criteria.address() if part == "choose" else {})


def render(screen: Screen) -> None:
    """Draw the chosen part below the ways to the others."""
    part = _current()
    st.segmented_control(
        screen.t("places.part"),
        list(PARTS),
        format_func=lambda part: screen.t(f"places.part_{part}"),
        key="part",
        required=True,
        label_visibility="collapsed",
    )
    PARTS[part](screen)


def _current() -> str:
    return session.keep_valid("part", list(PARTS), next(iter(PARTS)))
