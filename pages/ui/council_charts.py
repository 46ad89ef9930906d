"""The charts behind the questions of a council's session, taken away before or after it: on the wall nothing stands in the way."""

from __future__ import annotations

from dataclasses import replace

from analytics.assessment import COMPOSITE_ID
from analytics.model import SECTORS
from data.loaders.today import load_library
from pages.ui import commune_outlook, means_gap, picture_charts
from pages.ui.council_questions import QUESTIONS
from pages.ui.means_costs import current_means
from pages.ui.pictures import Chart, offer_charts
from pages.ui.scenario_outlook import has_figures
from pages.ui.scenario_people import read_people
from pages.ui.screen import Screen
from pages.ui.service_column import first_indicator


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
    indicators = [first_indicator(screen.figures.definitions, sector, results) for sector in SECTORS]
    return {
        "where": [picture_charts.surroundings_chart(screen, commune)],
        "why": [picture_charts.history_chart(screen, commune, indicator.id) for indicator in indicators],
        "what_if": [picture_charts.outlook_chart(screen, commune)],
        "who_pays": [_needs(screen, [commune])],
    }


def _of_territory(screen: Screen) -> dict[str, list[Chart]]:
    trend = load_library()[commune_outlook.SCENARIO]
    projection = screen.figures.projection(trend)
    ahead = [
        picture_charts.people_chart(screen, read_people(screen, projection, None, sector), sector, (trend, None))
        for sector in SECTORS
        if has_figures(screen, projection)
    ]
    return {
        "where": [picture_charts.map_chart(screen)],
        "why": [picture_charts.ranking_chart(screen)],
        "what_if": ahead,
        "who_pays": [_needs(screen, screen.codes)],
    }


def _needs(screen: Screen, codes: list[str]) -> Chart:
    means = current_means()
    rows = means_gap.quick_gap(screen, means, codes)
    return picture_charts.needs_chart(screen, means, means_gap.observed(screen), rows)
