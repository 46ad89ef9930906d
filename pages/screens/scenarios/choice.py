"""Which scenario is looked at, against which other one, how many months ahead: kept in the session, mirrored in the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.assessment import BASELINE
from analytics.projection import Projection
from data.records.scenarios import OWN, Difference
from data.source_words import write_source
from pages.figures.figures import Figures
from pages.widgets import store_action
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.scenario import ScenarioChoice, all_scenarios, differences_of, label, write_difference, write_risk


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
            # A newly chosen scenario starts without edits.
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
