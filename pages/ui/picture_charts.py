"""The charts that screens offer as pictures, by what they show; what draws them is loaded when a picture is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.model import Sector
from analytics.resource_basis import Basis
from analytics.resources import Means
from pages.ui.pictures import Chart
from pages.ui.screen import Screen

if TYPE_CHECKING:
    from analytics.allocation import Allocation, Plan
    from analytics.mobile_units import Rounds
    from analytics.projection import Projection
    from analytics.scenario import Scenario
    from pages.ui.scenario_choice import ScenarioChoice
    from pages.ui.scenario_people import PeopleAhead


def map_chart(screen: Screen) -> Chart:
    """The map of the chosen result, territory and month."""
    return _chart(screen.t("chart.map"), f"carte-{screen.chosen.indicator}", "charts_map.draw_map")


def surroundings_chart(screen: Screen, commune: str) -> Chart:
    """A commune among those around it."""
    return _chart(screen.t("chart.map"), f"{commune}-carte", "charts_map.draw_surroundings", commune)


def ranking_chart(screen: Screen) -> Chart:
    """The communes under most pressure for the chosen result, territory and month."""
    return _chart(screen.t("chart.ranking"), f"classement-{screen.chosen.indicator}", "charts_scores.draw_ranking")


def intervals_chart(screen: Screen) -> Chart:
    """The ranking with its intervals."""
    return _chart(screen.t("chart.intervals"), f"intervalles-{screen.chosen.indicator}", "charts_compare.draw_intervals")


def quadrant_chart(screen: Screen) -> Chart:
    """Severity against people."""
    return _chart(screen.t("compare.quadrant"), f"gravite-{screen.chosen.indicator}", "charts_compare.draw_quadrant")


def short_list_chart(screen: Screen, listed: pd.DataFrame, weights: Mapping[str, float]) -> Chart:
    """A list by criteria."""
    return _chart(screen.t("compare.criteria"), "communes-retenues", "charts_compare.draw_short_list", listed, weights)


def sensitivity_chart(screen: Screen) -> Chart:
    """What moves the ranking."""
    return _chart(screen.t("compare.sensitivity"), "sensibilite", "charts_compare.draw_sensitivity")


def history_chart(screen: Screen, commune: str, indicator_id: str) -> Chart:
    """The months of one indicator of a commune."""
    label = screen.result_label(indicator_id)
    return _chart(label, f"{commune}-{indicator_id}", "charts_commune.draw_history", commune, indicator_id)


def services_chart(screen: Screen, commune: str) -> Chart:
    """The services of a commune."""
    return _chart(screen.t("chart.services"), f"{commune}-services", "charts_scores.draw_services", commune)


def displaced_chart(screen: Screen, commune: str) -> Chart:
    """Displaced people of a commune by month, and what may stay."""
    return _chart(screen.t("chart.displaced"), f"{commune}-deplaces", "charts_commune.draw_displaced", commune)


def outlook_chart(screen: Screen, commune: str) -> Chart:
    """Where the trend leads the service of a commune that is under most pressure."""
    return _chart(screen.t("chart.outlook"), f"{commune}-tendance", "charts_scenario.draw_outlook", commune)


def people_chart(screen: Screen, people: PeopleAhead, sector: Sector, scenarios: tuple[Scenario, Scenario | None]) -> Chart:
    """People above the norm under a scenario, by month, beside another one where there is one."""
    label = screen.t("scenario.chart_alt", service=screen.t.label(screen.figures.definitions.sector_labels[sector]))
    return _chart(label, f"scenario-{sector}", "charts_scenario.draw_people", people, sector, scenarios)


def pair_chart(screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> Chart:
    """The map of a scenario beside the one that it is compared with."""
    return _chart(screen.t("chart.pair"), "scenario-cartes", "charts_scenario.draw_pair", choice, mine, other)


def needs_chart(screen: Screen, means: Means, basis: Basis, rows: pd.DataFrame) -> Chart:
    """What each need of a gap table costs."""
    return _chart(screen.t("chart.needs"), "besoins", "charts_means.draw_needs", means, basis, rows)


def plans_chart(screen: Screen, means: Means, basis: Basis, allocation: Allocation, provenance: str) -> Chart:
    """The plans side by side."""
    return _chart(screen.t("chart.plans"), "plans", "charts_means.draw_plans", means, basis, allocation, provenance)


def units_chart(screen: Screen, basis: Basis, plan: Plan, classes: Mapping[str, int | str], provenance: str) -> Chart:
    """Where the units of a plan go."""
    label = screen.t("means.map_title", plan=screen.t(f"plan.{plan.name}"))
    return _chart(label, f"unites-{plan.name}", "charts_means.draw_units", basis, plan, classes, provenance)


def rounds_chart(screen: Screen, rounds: Rounds, whom: str) -> Chart:
    """Where mobile teams are based and whom they visit."""
    return _chart(screen.t("chart.rounds"), "equipes-mobiles", "charts_means.draw_rounds", rounds, whom)


def _chart(label: str, name: str, drawing: str, *subject: Any) -> Chart:
    """A chart drawn by a function of ``pages.print`` (``module.function``) from a screen, a subject and a form.

    Matplotlib takes a third of a second to load: only whoever asks for a picture waits for it.
    """
    module, function = drawing.split(".")

    def draw(asked: Screen, form: str) -> bytes:
        picture: bytes = getattr(import_module(f"pages.print.{module}"), function)(asked, *subject, form)
        return picture

    return Chart(label, name, draw)
