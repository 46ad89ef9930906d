"""Map: every commune by indicator, sector or index, month by month, with layers of people and places; click one for its card."""

from __future__ import annotations

import streamlit as st

from pages.screens.map import beside, layers, panel
from pages.widgets.screen import Screen
from pages.words import titles


def address() -> dict[str, str]:
    """The layers, what stands beside, and that no card is open: every address names a commune, which would open its card when the
    view is reopened."""
    return layers.address() | beside.address() | ({} if st.session_state.get("card") else {"card": ""})


def render(screen: Screen) -> None:
    """Draw the screen."""
    finding, coverage = titles.head_territory(screen, screen.month_results())
    with st.container(key="map-head"):
        st.title(finding)
        st.caption(" ".join(filter(None, (coverage, screen.t("map.lead")))))
    panel.render_panel(screen)
    panel.run_player()
