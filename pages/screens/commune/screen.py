"""Commune: its profile, service by service, against the norm, its group and the province; what is behind each figure."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.assessment import COMPOSITE_ID
from analytics.model import Sector
from pages.html import fill
from pages.screens.commune import baseline, correction, files, head, note, service, sign_off, tabs
from pages.widgets import commune_choice
from pages.widgets.screen import Screen
from pages.words import services, titles


def fill_first_view(screen: Screen) -> Markup:
    """Finding, head, sheet and services as HTML: what is read before the application has started."""
    commune, figures = screen.chosen.commune, screen.figures
    results = figures.of_commune(commune, screen.chosen.month)
    composite = results.loc[COMPOSITE_ID]
    return fill(
        "commune_first_view",
        screen.t,
        address=screen.chosen.address(),
        communes=[(code, screen.name(code)) for code in commune_choice.communes_to_choose_from(screen)],
        chosen=commune,
        title=titles.head_commune(screen, commune, results),
        head=head.fill_head(screen, commune, composite, results),
        actions=files.fill_sheet_links(screen, commune),
        services=[_first_service(screen, sector, results) for sector in screen.figures.services],
    )


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, figures, chosen = screen.t, screen.figures, screen.chosen
    commune = commune_choice.choose_commune(screen)
    results = figures.of_commune(commune, chosen.month)
    head.render_head(screen, commune, results.loc[COMPOSITE_ID], results)
    files.render_actions(screen, commune)
    for column, sector in zip(st.columns(len(screen.figures.services), gap="large"), screen.figures.services, strict=True):
        with column:
            service.render_service(screen, commune, sector, results)
    st.subheader(t("baseline.title"))
    baseline.render_baseline(screen, commune, results)
    tabs.render_tabs(screen, commune)
    sign_off.render_sign_off(screen, commune)
    correction.render_correction(screen, commune)
    note.render_note(screen, commune)
    st.subheader(t("commune.behind"))
    service.render_behind(screen, commune, results)
    st.subheader(t("commune.missing"))
    service.render_missing(screen, results)


def _first_service(screen: Screen, sector: Sector, results: pd.DataFrame) -> dict[str, str]:
    """A service as it is first shown: by the indicator that stands for it."""
    indicator = services.first_indicator(screen.figures.definitions, sector, results)
    return {
        "label": screen.result_label(sector.value),
        "class": service.fill_service_class(screen, sector, results),
        "indicator": screen.result_label(indicator.id),
        "figures": service.fill_indicator(screen, screen.chosen.commune, indicator, results),
    }
