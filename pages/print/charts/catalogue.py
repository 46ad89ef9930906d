"""The charts that screens offer as pictures, by what they show.

Each one imports what draws it when a picture is asked for: Matplotlib takes a third of a second to load, and only whoever asks
for a picture waits for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Sector
from pages.print.charts.chart import Chart
from pages.words.outlooks import read_outlook
from pages.words.sources import cite, cite_variables
from pages.words.view import View

if TYPE_CHECKING:
    from analytics.projection import Projection
    from analytics.scenario import Scenario
    from analytics.shock_effects import ShockEffects
    from pages.words.map_pair import AskedPair
    from pages.words.people_ahead import PeopleAhead
    from pages.words.scenario import ScenarioChoice


_OF_CHOSEN = lambda asked: cite(asked, [asked.chosen.indicator])  # noqa: E731


def map_chart(view: View, layers: Sequence[str] = ()) -> Chart:
    """The map of the chosen result, territory and month, with the layers that are shown on it."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.maps import draw_map

        return draw_map(asked, form, layers)

    return Chart(view.t("chart.map"), f"carte-{view.chosen.indicator}", draw, _OF_CHOSEN)


def map_pair_chart(view: View, asked: AskedPair, layers: Sequence[str]) -> Chart:
    """Both maps as they stand beside each other, with the layers that are shown on them."""

    def draw(asker: View, form: str) -> bytes:
        from pages.print.charts.map_pair import draw_map_pair

        return draw_map_pair(asker, asked, layers, form)

    name = f"cartes-{view.chosen.indicator}-{asked.beside.replace(':', '-')}"
    return Chart(view.t("chart.pair"), name, draw, _OF_CHOSEN)


def surroundings_chart(view: View, commune: str) -> Chart:
    """A commune among those around it."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.maps import draw_surroundings

        return draw_surroundings(asked, commune, form)

    return Chart(view.t("chart.map"), f"{commune}-carte", draw, _OF_CHOSEN)


def ranking_chart(view: View) -> Chart:
    """The communes under most pressure for the chosen result, territory and month."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.scores import draw_ranking

        return draw_ranking(asked, form)

    return Chart(view.t("chart.ranking"), f"classement-{view.chosen.indicator}", draw, _OF_CHOSEN)


def intervals_chart(view: View) -> Chart:
    """The ranking with its intervals."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.compare import draw_intervals

        return draw_intervals(asked, form)

    return Chart(view.t("chart.intervals"), f"intervalles-{view.chosen.indicator}", draw, _OF_CHOSEN)


def quadrant_chart(view: View) -> Chart:
    """Severity against people."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.compare import draw_quadrant

        return draw_quadrant(asked, form)

    return Chart(view.t("compare.quadrant"), f"gravite-{view.chosen.indicator}", draw, _OF_CHOSEN)


def short_list_chart(view: View, listed: pd.DataFrame, weights: Mapping[str, float]) -> Chart:
    """A list by criteria."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.compare import draw_short_list

        return draw_short_list(asked, listed, weights, form)

    return Chart(view.t("compare.criteria"), "communes-retenues", draw)


def sensitivity_chart(view: View) -> Chart:
    """What moves the ranking."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.compare import draw_sensitivity

        return draw_sensitivity(asked, form)

    source = lambda asked: cite(asked, [COMPOSITE_ID])  # noqa: E731
    return Chart(view.t("compare.sensitivity"), "sensibilite", draw, source)


def history_chart(view: View, commune: str, indicator_id: str) -> Chart:
    """The months of one indicator of a commune."""
    label = view.result_label(indicator_id)

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.commune import draw_history

        return draw_history(asked, commune, indicator_id, form)

    source = lambda asked: cite(asked, [indicator_id], [commune])  # noqa: E731
    return Chart(label, f"{commune}-{indicator_id}", draw, source)


def services_chart(view: View, commune: str) -> Chart:
    """The services of a commune."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.scores import draw_services

        return draw_services(asked, commune, form)

    source = lambda asked: cite(asked, [COMPOSITE_ID], [commune])  # noqa: E731
    return Chart(view.t("chart.services"), f"{commune}-services", draw, source)


def displaced_chart(view: View, commune: str) -> Chart:
    """Displaced people of a commune by month, and what may stay."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.commune import draw_displaced

        return draw_displaced(asked, commune, form)

    return Chart(
        view.t("chart.displaced"),
        f"{commune}-deplaces",
        draw,
        lambda asked: cite_variables(asked, ["displaced_persons"], [commune]),
    )


def outlook_chart(view: View, commune: str) -> Chart:
    """Where the trend leads the service of a commune that is under most pressure."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.scenario import draw_outlook

        return draw_outlook(asked, commune, form)

    return Chart(
        view.t("chart.outlook"),
        f"{commune}-tendance",
        draw,
        lambda asked: _of_headlines(
            asked, asked.figures.services, read_outlook(asked, commune).projection.observed, [commune]
        ),
    )


def people_chart(view: View, people: PeopleAhead, sector: Sector, scenarios: tuple[Scenario, Scenario | None]) -> Chart:
    """People above the norm under a scenario, by month, beside another one where there is one."""
    label = view.t("scenario.chart_alt", service=view.t.label(view.figures.definitions.sector_labels[sector]))

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.scenario import draw_people

        return draw_people(asked, people, sector, scenarios, form)

    return Chart(label, f"scenario-{sector}", draw, lambda asked: _of_headlines(asked, [sector], people.observed.index[-1]))


def pair_chart(view: View, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> Chart:
    """The map of a scenario beside the one that it is compared with."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.scenario import draw_pair

        return draw_pair(asked, choice, mine, other, form)

    source = lambda asked: cite(asked, [asked.chosen.indicator], month=mine.observed)  # noqa: E731
    return Chart(view.t("chart.pair"), "scenario-cartes", draw, source)


def _of_headlines(view: View, services: Iterable[Sector], month: pd.Timestamp, codes: Collection[str] | None = None) -> str:
    """What a look ahead rests on: the headlines of services in the last month that is observed, whichever month is chosen."""
    return cite(view, [view.figures.definitions.headlines[sector] for sector in services], codes, month)


def dates_chart(view: View, finding: str, frames: Sequence[pd.DataFrame], names: Sequence[str]) -> Chart:
    """The chosen result at two dates, side by side."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.dates import draw_dates

        return draw_dates(asked, finding, frames, names, form)

    return Chart(view.t("chart.pair"), "deux-dates", draw, _OF_CHOSEN)


def shock_chart(view: View, scenario: Scenario, effects: ShockEffects) -> Chart:
    """The communes where an earthquake would displace most people."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.shock import draw_shock

        return draw_shock(asked, scenario, effects, form)

    return Chart(view.t("shock.where"), "seisme-communes", draw)
