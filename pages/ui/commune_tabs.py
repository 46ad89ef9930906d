"""What a commune looks at after its three services: who is displaced, the counter, access, who they are."""

from __future__ import annotations

import streamlit as st

from pages.ui import commune_access, commune_alerts, commune_counter, commune_displacement, commune_people
from pages.ui.screen import Screen


def render_tabs(screen: Screen, commune: str) -> None:
    """One tab a question."""
    t = screen.t
    questions = {
        "alerts": commune_alerts.render_alerts,
        "displacement": commune_displacement.render_displacement,
        "counter": commune_counter.render_counter,
        "access": commune_access.render_access,
        "people": commune_people.render_people,
    }
    for tab, render in zip(st.tabs([t(f"tabs.{name}") for name in questions]), questions.values(), strict=True):
        with tab:
            render(screen, commune)
