"""The charts behind the questions of a council's session, taken away before or after it: on the wall nothing stands in the way."""

from __future__ import annotations

from dataclasses import replace

from analytics.assessment import COMPOSITE_ID
from pages.print.charts import catalogue, means_catalogue
from pages.print.charts.chart import Chart
from pages.screens.council.questions import QUESTIONS
from pages.widgets.pictures import offer_charts
from pages.widgets.screen import Screen
from pages.widgets.session_costs import current_means
from pages.words import gaps, outlooks
from pages.words.first_breaks import has_figures
from pages.words.people_ahead import read_people
from pages.words.services import first_indicator


def render_charts(screen: Screen, subject: str) -> None:
    """The charts of every question for a commune (its code) or for the chosen territory, under the question that each answers."""
    on_index = replace(screen, chosen=replace(screen.chosen, indicator=COMPOSITE_ID))
    found = _of_commune(on_index, subject) if subject in screen.figures.territory else _of_territory(on_index)
    named = [
        replace(chart, label=f"{screen.t(f'council.ask_{question}')} {chart.label}")
        for question in QUESTIONS
        for chart in found.get(question, [])
    ]
    offer_charts(on_index, named, key="council")


def _of_commune(screen: Screen, commune: str) -> dict[str, list[Chart]]:
    results = screen.figures.of_commune(commune, screen.chosen.month)
    indicators = [first_indicator(screen.figures.definitions, sector, results) for sector in screen.figures.services]
    return {
        "where": [catalogue.surroundings_chart(screen, commune)],
        "why": [catalogue.history_chart(screen, commune, indicator.id) for indicator in indicators],
        "what_if": [catalogue.outlook_chart(screen, commune)],
        "who_pays": [_needs(screen, [commune])],
    }


def _of_territory(screen: Screen) -> dict[str, list[Chart]]:
    trend = screen.figures.definition_set.library[outlooks.SCENARIO]
    projection = screen.figures.projection(trend)
    ahead = [
        catalogue.people_chart(screen, read_people(screen, projection, None, sector), sector, (trend, None))
        for sector in screen.figures.services
        if has_figures(screen, projection)
    ]
    return {
        "where": [catalogue.map_chart(screen)],
        "why": [catalogue.ranking_chart(screen)],
        "what_if": ahead,
        "who_pays": [_needs(screen, screen.codes)],
    }


def _needs(screen: Screen, codes: list[str]) -> Chart:
    means = current_means(screen.figures)
    rows = gaps.quick_gap(screen, means, codes)
    return means_catalogue.needs_chart(screen, means, gaps.observed(screen), rows)
