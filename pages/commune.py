"""Commune: its profile, service by service, against the norm, its group and the province; what is behind each figure."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.assessment import COMPOSITE_ID
from analytics.model import SECTORS, Sector
from pages.ui import commune_files, commune_head, commune_note, commune_tabs, service_column
from pages.ui.html import fill
from pages.ui.screen import Screen


def fill_first_view(screen: Screen) -> Markup:
    """Finding, head, sheet and services as HTML: what is read before the application has started."""
    commune, figures = screen.chosen.commune, screen.figures
    results = figures.of_commune(commune, screen.chosen.month)
    composite = results.loc[COMPOSITE_ID]
    return fill(
        "commune_first_view",
        screen.t,
        address=screen.chosen.address(),
        communes=[(code, screen.name(code)) for code in commune_head.communes_to_choose_from(screen)],
        chosen=commune,
        title=commune_head.state_finding(screen, commune, composite, results),
        head=commune_head.fill_head(screen, commune, composite),
        actions=commune_files.fill_sheet_links(screen, commune),
        services=[_first_service(screen, sector, results) for sector in SECTORS],
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


def _first_service(screen: Screen, sector: Sector, results: pd.DataFrame) -> dict[str, str]:
    """A service as it is first shown: by the indicator that stands for it."""
    indicator = service_column.first_indicator(screen.figures.definitions, sector, results)
    return {
        "label": screen.result_label(sector.value),
        "class": service_column.fill_service_class(screen, sector, results),
        "indicator": screen.result_label(indicator.id),
        "figures": service_column.fill_indicator(screen, screen.chosen.commune, indicator, results),
    }
