"""A scenario in words: which one is looked at, beside which other one, what differs from the snapshot that it was saved on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.model import Sector
from analytics.projection import Projection
from analytics.scenario import Scenario, ScenarioError
from data.records.scenarios import Difference, SavedScenario, compare_figures
from pages.figures.figures import Figures
from pages.words.figure_cards import above_norm_label
from pages.words.view import View

DEFAULT = "trend"
ABOVE_NORM = "above_norm_"


def read_pair(
    view: View, choice: ScenarioChoice, mine: Projection, other: Projection | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The chosen result of the chosen territory in the month looked at: in the other scenario or today, and in this one."""
    indicator, month = view.chosen.indicator, choice.month(mine)
    before = other.of_month(indicator, month) if other else view.figures.of_month(indicator, mine.observed)
    return before.loc[view.codes], mine.of_month(indicator, month).loc[view.codes]


@dataclass(frozen=True, slots=True)
class ScenarioChoice:
    """The scenario as it was before any edit, as it is now, the one it is compared with (None: today), and the month looked at."""

    base: Scenario
    scenario: Scenario
    other: Scenario | None
    ahead: int
    problem: ScenarioError | None = None

    def month(self, projection: Projection) -> pd.Timestamp:
        """The month looked at."""
        return projection.months[self.ahead - 1]


def all_scenarios(figures: Figures) -> dict[str, Scenario]:
    """The library, then the saved ones, by id."""
    return figures.definition_set.library | {key: saved.scenario for key, saved in figures.records.scenarios.items()}


def label(view: View, scenario: Scenario | None) -> str:
    """Name of a scenario; today where there is none."""
    return view.t("scenario.today") if scenario is None else view.t.label(dict(scenario.labels))


def differences_of(view: View, scenario_id: str) -> list[Difference]:
    """What today's figures say otherwise than those a saved scenario was saved on; nothing for a scenario of the library."""
    saved: SavedScenario | None = view.figures.records.scenarios.get(scenario_id)
    return compare_figures(saved.base_figures, base_figures(view.figures)) if saved else []


def write_risk(view: View, scenario: Scenario) -> str:
    """Level of risk, with probability and impact."""
    values = {"risk": scenario.risk, "probability": scenario.probability, "impact": scenario.impact}
    return view.t(f"scenario.risk_{scenario.risk_level}", **values)


def write_difference(view: View, difference: Difference) -> dict[str, str]:
    """A figure that is not what it was: its name, what it was, what it is now."""

    def write(value: float | str | None) -> str:
        if isinstance(value, str):
            return view.t.month(pd.Timestamp(value))
        return view.t.number(value)

    return {
        "figure": _name_figure(view, difference.figure),
        "before": write(difference.before),
        "now": write(difference.now),
    }


def _name_figure(view: View, figure: str) -> str:
    if figure.startswith(ABOVE_NORM):
        return above_norm_label(view, Sector(figure.removeprefix(ABOVE_NORM)))
    return view.t(f"scenario.figure_{figure}")


def base_figures(figures: Figures) -> dict[str, float | str]:
    """What a snapshot says, in a few figures: last month, displaced persons, people above the norm on each service."""
    last = figures.months[-1]
    above = {
        f"{ABOVE_NORM}{sector}": float(round(figures.of_month(headline, last)["gap_to_norm"].sum()))
        for sector, headline in figures.definitions.headlines.items()
    }
    displaced = float(round(figures.column("displaced_persons", last).sum()))
    return {"month": f"{last:%Y-%m}-01", "displaced_persons": displaced, **above}
