"""Which scenario is looked at, against which other one, how many months ahead: kept in the session, mirrored in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analytics.assessment import BASELINE
from analytics.projection import Projection
from analytics.scenario import Scenario, ScenarioError
from data.loaders.today import load_library
from data.saved_scenarios import OWN, Difference, SavedScenario, compare_figures
from data.source_words import write_source
from pages.figures import Figures
from pages.scenario_address import read_edit, write_edit
from pages.ui import store_action
from pages.ui.html import show
from pages.ui.screen import Screen
from pages.ui.selection import SCENARIO_KEYS

DEFAULT = "trend"


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
    return load_library() | {key: saved.scenario for key, saved in figures.written.scenarios.items()}


def current_choice(figures: Figures) -> ScenarioChoice:
    """The session's choice; what does not exist in these figures is replaced by its default, what cannot be read is left out."""
    known = all_scenarios(figures)
    base = known.get(str(st.session_state.get("scenario", DEFAULT)), known[DEFAULT])
    problem = None
    try:
        scenario = read_edit(base, str(st.session_state.get("edit", "")))
    except ScenarioError as error:
        scenario, problem = base, error
    other = known.get(str(st.session_state.get("compare", BASELINE)))
    asked = str(st.session_state.get("ahead", ""))
    # A horizon that cannot be is refused by the projection, with its remedy.
    horizon = max(1, scenario.horizon_months)
    ahead = int(asked) if asked.isdecimal() and 1 <= int(asked) <= horizon else horizon
    return ScenarioChoice(base, scenario, other, ahead, problem)


def address() -> dict[str, str]:
    """The parameters of the address that reopen this choice."""
    return {key: str(st.session_state[key]) for key in SCENARIO_KEYS if st.session_state.get(key)}


def keep_edit(base: Scenario, edited: Scenario) -> None:
    """Remember what was changed."""
    st.session_state["edit"] = write_edit(base, edited)


def label(screen: Screen, scenario: Scenario | None) -> str:
    """Name of a scenario; today where there is none."""
    return screen.t("scenario.today") if scenario is None else screen.t.label(dict(scenario.labels))


def render_choice(screen: Screen, choice: ScenarioChoice) -> None:
    """The two lists, then what the scenario says of itself."""
    t, known = screen.t, all_scenarios(screen.figures)
    left, right = st.columns(2, gap="medium")
    with left:
        _list(screen, "scenario", t("scenario.choose"), list(known), choice.base.id)
    with right:
        others = [BASELINE, *(key for key in known if key != choice.base.id)]
        chosen = choice.other.id if choice.other and choice.other.id in others else BASELINE
        _list(screen, "compare", t("scenario.compare"), others, chosen)
    show("scenario_head", t, **_head(screen, choice))


def _list(screen: Screen, key: str, title: str, options: list[str], chosen: str) -> None:
    known = all_scenarios(screen.figures)
    widget = f"{key}_chosen"
    st.session_state[widget] = chosen

    def write(option: str) -> str:
        own = f" · {screen.t('scenario.own')}" if option.startswith(OWN) else ""
        return label(screen, known.get(option)) + own

    def take() -> None:
        st.session_state[key] = st.session_state[widget]
        if key == "scenario":
            # Another scenario starts as it is written.
            st.session_state["edit"] = st.session_state["ahead"] = ""
            store_action.new_edition("scenario")

    st.selectbox(title, options, format_func=write, key=widget, on_change=take)


def _head(screen: Screen, choice: ScenarioChoice) -> dict[str, object]:
    t, scenario = screen.t, choice.scenario
    return {
        "description": t.label(dict(scenario.descriptions)) if scenario.descriptions else "",
        "risk": write_risk(screen, scenario),
        "is_edited": scenario != choice.base,
        "assumptions": [
            {
                "text": t.label(a.labels),
                "status": t(f"norm_status.{a.status}"),
                "source": write_source(a.source, t),
            }
            for a in scenario.assumptions
        ],
        "differences": [write_difference(screen, d) for d in differences(screen, choice)],
    }


def differences(screen: Screen, choice: ScenarioChoice) -> list[Difference]:
    """For a saved scenario, what today's figures say otherwise than those it was saved on."""
    return differences_of(screen, choice.base.id)


def differences_of(screen: Screen, scenario_id: str) -> list[Difference]:
    """What today's figures say otherwise than those a saved scenario was saved on; nothing for a scenario of the library."""
    saved: SavedScenario | None = screen.figures.written.scenarios.get(scenario_id)
    return compare_figures(saved.base_figures, base_figures(screen.figures)) if saved else []


def write_risk(screen: Screen, scenario: Scenario) -> str:
    """Level of risk, with probability and impact."""
    values = {"risk": scenario.risk, "probability": scenario.probability, "impact": scenario.impact}
    return screen.t(f"scenario.risk_{scenario.risk_level}", **values)


def write_difference(screen: Screen, difference: Difference) -> dict[str, str]:
    """A figure that is not what it was: its name, what it was, what it is now."""

    def write(value: float | str | None) -> str:
        if isinstance(value, str):
            return screen.t.month(pd.Timestamp(value))
        return screen.t.number(value)

    return {
        "figure": screen.t(f"scenario.figure_{difference.figure}"),
        "before": write(difference.before),
        "now": write(difference.now),
    }


def base_figures(figures: Figures) -> dict[str, float | str]:
    """What a snapshot says, in a few figures: last month, displaced persons, people above the norm on each service."""
    last = figures.months[-1]
    above = {
        f"above_norm_{sector}": float(round(figures.of_month(headline, last)["gap_to_norm"].sum()))
        for sector, headline in figures.definitions.headlines.items()
    }
    displaced = float(round(figures.column("displaced_persons", last).sum()))
    return {"month": f"{last:%Y-%m}-01", "displaced_persons": displaced, **above}


def project_both(figures: Figures, choice: ScenarioChoice) -> tuple[Projection, Projection | None]:
    """The projections of the scenario and of the one it is compared with, over the same months.

    Raises:
        ScenarioError: a change that cannot be.
    """
    mine = figures.projection(choice.scenario)
    if choice.other is None:
        return mine, None
    horizon = max(choice.other.horizon_months, choice.scenario.horizon_months)
    return mine, figures.projection(replace(choice.other, horizon_months=horizon))
