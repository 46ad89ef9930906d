"""Map: every commune by indicator, sector or index, month by month; click one for its card."""

from __future__ import annotations

import streamlit as st

from pages.ui import findings, map_panel
from pages.ui.screen import Screen


def address() -> dict[str, str]:
    """That no card is open: every address names a commune, which would open its card when the view is reopened."""
    return {} if st.session_state.get("card") else {"card": ""}


def render(screen: Screen) -> None:
    """Draw the screen."""
    st.title(findings.state_overview(screen, screen.month_results()))
    st.caption(screen.t("map.lead", result=screen.result_label(screen.chosen.indicator)))
    map_panel.render_months(screen)
    map_panel.render_panel(screen)
    map_panel.run_player()
