"""Commune: its profile, service by service, against the norm, its group and the province; what is behind each figure."""

from __future__ import annotations

import streamlit as st

from analytics.assessment import COMPOSITE_ID
from analytics.model import SECTORS
from pages.ui import commune_files, commune_head, commune_note, commune_tabs, service_column
from pages.ui.screen import Screen


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, figures, chosen = screen.t, screen.figures, screen.chosen
    commune = commune_head.choose_commune(screen)
    results = figures.of_commune(commune, chosen.month)
    commune_head.render_head(screen, commune, results.loc[COMPOSITE_ID], results)
    commune_files.render_actions(screen, commune)
    for column, sector in zip(st.columns(len(SECTORS), gap="large"), SECTORS, strict=True):
        with column:
            service_column.render_service(screen, commune, sector, results)
    commune_tabs.render_tabs(screen, commune)
    commune_note.render_note(screen, commune)
    st.subheader(t("commune.behind"))
    service_column.render_behind(screen, commune, results)
    st.subheader(t("commune.missing"))
    service_column.render_missing(screen, results)
