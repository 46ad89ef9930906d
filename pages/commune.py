"""Commune: its profile, service by service, against the norm, its group and the province; what is behind each figure."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.assessment import COMPOSITE_ID
from analytics.model import SECTORS
from pages.ui import commune_files, commune_head, commune_note, commune_tabs, service_column
from pages.ui.html import fill
from pages.ui.screen import Screen


def fill_first_view(screen: Screen) -> Markup:
    """Finding, head, sheet and services as HTML: what is read before the application has started."""
    commune, figures = screen.chosen.commune, screen.figures
    results = figures.of_commune(commune, screen.chosen.month)
    composite = results.loc[COMPOSITE_ID]
    services = [
        (screen.result_label(sector), service_column.fill_service(screen, commune, sector, first, results), first)
        for sector in SECTORS
        for first in [service_column.first_indicator(figures.definitions, sector, results)]
    ]
    return fill(
        "commune_first_view",
        screen.t,
        address=screen.chosen.address(),
        communes=[(code, screen.name(code)) for code in commune_head.communes_to_choose_from(screen)],
        chosen=commune,
        title=commune_head.state_finding(screen, commune, composite, results),
        head=commune_head.fill_head(screen, commune, composite),
        actions=commune_files.fill_sheet_links(screen, commune),
        services=[
            {"label": label, "figures": html, "indicator": screen.result_label(first.id)} for label, html, first in services
        ],
    )


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
