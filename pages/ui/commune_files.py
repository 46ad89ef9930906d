"""What a commune takes away from its profile: the printable sheet, charts, tables."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from analytics.model import SECTORS
from pages.assumption_address import write_assumptions
from pages.ui import downloads
from pages.ui.html import show
from pages.ui.screen import Screen


def render_actions(screen: Screen, commune: str) -> None:
    """The sheet as a page and as a PDF, the history of every indicator as a picture, the month's results as tables."""
    chosen, definitions = screen.chosen, screen.figures.definitions
    query = urlencode({"lang": chosen.lang, "month": f"{chosen.month:%Y-%m}", **write_assumptions(chosen.assumptions)})
    with st.container(horizontal=True, vertical_alignment="center"):
        show("commune_actions", screen.t, sheet=f"sheet/{commune}?{query}", pdf=f"sheet/{commune}.pdf?{query}")
        indicators = [i for s in SECTORS for i in definitions.of_sector(s) if i.has_pressure]
        downloads.render_charts(screen, [downloads.history_chart(screen, commune, i.id) for i in indicators])
        downloads.render_tables(screen, [commune], f"resultats-{commune}")
