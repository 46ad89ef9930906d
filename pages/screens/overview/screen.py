"""Overview: where the pressure is at a glance, the ten communes to look at first and why, how fresh the figures are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.baseline_rules import BASELINE_IDS
from pages.address.selection import file_part
from pages.html import fill
from pages.print.charts import catalogue
from pages.screens.overview import alerts, bag
from pages.widgets import cards, downloads, pictures, province_map, rank_list
from pages.widgets.screen import Screen
from pages.words import titles
from pages.words.sign_offs import write_states


def fill_first_view(screen: Screen) -> Markup:
    """Finding, figures, map and first communes as HTML: what is read before the application has started."""
    results = screen.month_results()
    finding, coverage = titles.head_territory(screen, results)
    return fill(
        "overview_first_view",
        screen.t,
        title=finding,
        lead=_lead(screen, coverage),
        map_title=_map_title(screen),
        cards=cards.fill_overview_cards(screen),
        map=province_map.fill_map(screen, results),
        legend=province_map.fill_legend(screen, results),
        shown=rank_list.SHOWN,
        ranks=rank_list.fill_first_communes(screen, results),
    )


def render(screen: Screen) -> None:
    """Draw the screen."""
    t = screen.t
    results = screen.month_results()
    finding, coverage = titles.head_territory(screen, results)
    st.title(finding)
    st.caption(_lead(screen, coverage))
    if states := write_states(screen):
        st.caption(states)
    figures_place = st.container()
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader(_map_title(screen))
        province_map.render_province_map(screen, results)
    # The map is the heaviest thing on the screen and the first that people look for: it is sent before the figures above it.
    with figures_place:
        cards.render_overview_cards(screen)
    with right:
        st.subheader(t("overview.first_communes", n=rank_list.SHOWN))
        rank_list.render_first_communes(screen, results)
    with st.container(horizontal=True, vertical_alignment="center"):
        pictures.offer_charts(screen, [catalogue.ranking_chart(screen), catalogue.map_chart(screen)])
        downloads.render_tables(screen, screen.codes, f"resultats-{file_part(screen.chosen.territory)}")
    bag.render_bag(screen)
    st.subheader(t("alerts.overview"))
    alerts.render_alerts(screen)
    st.subheader(t("overview.freshness"))
    cards.render_freshness(screen)


def _map_title(screen: Screen) -> str:
    return screen.t("baseline.map_title" if screen.chosen.indicator in BASELINE_IDS else "overview.map_title")


def _lead(screen: Screen, coverage: str) -> str:
    """Of how many communes the finding is known, what is shown and in which order."""
    text = "baseline.overview_lead" if screen.chosen.indicator in BASELINE_IDS else "overview.lead"
    return " ".join(filter(None, (coverage, screen.t(text))))
