"""What a commune takes away from its profile: the printable sheet, charts, slides, tables; and the way to its plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from pages.address.assumptions import write_assumptions
from pages.html import fill
from pages.print import media_types
from pages.print.charts import catalogue
from pages.widgets import downloads, pictures
from pages.widgets.screen import Screen
from pages.widgets.session_costs import current_means


def render_actions(screen: Screen, commune: str) -> None:
    """The sheet as a page and as a PDF, the history of every indicator as a picture, the slides, the month's results as tables."""
    definitions = screen.figures.definitions
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(fill_sheet_links(screen, commune))
        indicators = [i for s in screen.figures.services for i in definitions.of_sector(s) if i.has_pressure]
        pictures.offer_charts(screen, [catalogue.history_chart(screen, commune, i.id) for i in indicators])
        _render_deck(screen, commune)
        downloads.render_tables(screen, [commune], f"resultats-{commune}")
        screen.link("plan", screen.t("contingency.title"), ":material/assignment:")


def fill_sheet_links(screen: Screen, commune: str) -> Markup:
    """The ways to the printable sheet, as a page and as a PDF, as HTML."""
    chosen = screen.chosen
    asked = {
        "lang": chosen.lang,
        "month": f"{chosen.month:%Y-%m}",
        **write_assumptions(chosen.assumptions),
        **chosen.province,
    }
    query = urlencode(asked)
    return fill(
        "commune_actions",
        screen.t,
        sheet=f"sheet/{commune}?{query}",
        pdf=f"sheet/{commune}.pdf?{query}",
        portrait=f"portrait/{commune}?{query}",
        portrait_pdf=f"portrait/{commune}.pdf?{query}",
    )


def _render_deck(screen: Screen, commune: str) -> None:
    """The slides in the language that is asked for, built when they are."""
    t = screen.t

    def build(language: str) -> bytes:
        # Lazy import: python-pptx takes a tenth of a second to load; only a request for slides pays for it.
        from pages.print.deck.slides import build_deck

        return build_deck(replace(screen, t=screen.t.into(language)), commune, means, date.today())

    # Read the costs from session_state now: the download callback runs outside of the script run.
    means = current_means(screen.figures)
    with st.popover(t("deck.download"), icon=":material/slideshow:"):
        language = downloads.choose_language(t, "deck_language")
        st.download_button(
            t("deck.save"),
            partial(build, language),
            screen.name_file(commune, f"{screen.chosen.month:%Y-%m}", language, form="pptx"),
            media_types.PPTX,
            on_click="ignore",
            width="stretch",
            key="deck_save",
        )
