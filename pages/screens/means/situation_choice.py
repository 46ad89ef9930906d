"""Which figures the Means screen rests on: the observed ones, or a scenario in a month ahead; mirrored in the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.assessment import BASELINE
from analytics.scenario import Scenario, ScenarioError
from analytics.situation import Situation, observed_situation, scenario_situation
from data.records.scenarios import OWN
from pages.address.scenario import read_edit
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.widgets.session import BASIS_KEYS
from pages.words.scenario import all_scenarios, differences_of, label
from pages.words.scenario_changes import describe_problem

# The scenario and its month ahead, as the session and the address name them.
_SCENARIO, _AHEAD = BASIS_KEYS


def address() -> dict[str, str]:
    """The parameters of the address that reopen this choice, with the edit where the scenario is the one that was edited."""
    kept = {key: str(st.session_state[key]) for key in BASIS_KEYS if st.session_state.get(key)}
    if _is_edited(kept.get(_SCENARIO, "")):
        kept |= {"scenario": kept[_SCENARIO], "edit": str(st.session_state["edit"])}
    return kept


def _is_edited(scenario_id: str) -> bool:
    return bool(scenario_id and st.session_state.get("edit")) and st.session_state.get("scenario") == scenario_id


def chosen_scenario(screen: Screen) -> Scenario | None:
    """The scenario chosen, as it was edited on the Scenarios screen if it was; None for the observed figures.

    Raises:
        ScenarioError: the edit cannot be read.
    """
    scenario = all_scenarios(screen.figures).get(str(st.session_state.get(_SCENARIO, "")))
    if scenario is None or not _is_edited(scenario.id):
        return scenario
    edited = read_edit(scenario, str(st.session_state["edit"]))
    # What leaves the screen names the scenario by its label only: the label says that it is not the one of that name.
    marked = {code: f"{text} · {screen.t.into(code)('scenario.edited')}" for code, text in dict(scenario.labels).items()}
    return replace(edited, labels=marked)


def current_situation(screen: Screen) -> Situation:
    """What the session rests on; a scenario starts in the month looked at on the Scenarios screen, or in its last one.

    Raises:
        ScenarioError: the scenario cannot be, with the nearest feasible choice in its values.
    """
    scenario, chosen = chosen_scenario(screen), screen.chosen
    if scenario is None:
        return observed_situation(screen.figures.assessment, chosen.month, chosen.assumptions)
    situation = scenario_situation(screen.figures.projection(scenario), _months_ahead(scenario), chosen.assumptions)
    # Labels take no part in the cache key of a projection: it may have been cached under another label.
    return replace(situation, scenario=scenario)


def _months_ahead(scenario: Scenario) -> int:
    looked_at = st.session_state.get("ahead") if st.session_state.get("scenario") == scenario.id else None
    for asked in (st.session_state.get(_AHEAD), looked_at):
        if str(asked).isdecimal() and 1 <= int(str(asked)) <= scenario.horizon_months:
            return int(str(asked))
    return scenario.horizon_months


def render_situation(screen: Screen) -> Situation:
    """The two lists, and what a scenario's figures are; today's figures, with the reason, where the scenario cannot be."""
    t, known = screen.t, all_scenarios(screen.figures)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choose_scenario(screen, known)
        try:
            situation = current_situation(screen)
        except ScenarioError as error:
            st.error(f"{describe_problem(screen, error)} {t('basis.back')}")
            return observed_situation(screen.figures.assessment, screen.chosen.month, screen.chosen.assumptions)
        if situation.scenario:
            _choose_month(screen, situation)
    if situation.scenario:
        name = plain_markdown(label(screen, situation.scenario))
        st.caption(t("basis.caution", scenario=name, month=t.month(screen.figures.months[-1])))
        if differences_of(screen, situation.scenario.id):
            st.caption(t("scenario.base_differs"))
    return situation


def _choose_scenario(screen: Screen, known: dict[str, Scenario]) -> None:
    t = screen.t
    options = [BASELINE, *known]
    now = str(st.session_state.get(_SCENARIO, ""))
    st.session_state["means_on_chosen"] = now if now in known else BASELINE

    def write(option: str) -> str:
        marks = [t("scenario.own")] if option.startswith(OWN) else []
        marks += [t("scenario.edited")] if _is_edited(option) else []
        name = label(screen, known[option]) if option in known else t("basis.observed", month=t.month(screen.chosen.month))
        return " · ".join([name, *marks])

    def take() -> None:
        chosen = st.session_state["means_on_chosen"]
        st.session_state[_SCENARIO] = "" if chosen == BASELINE else chosen
        st.session_state[_AHEAD] = ""

    st.selectbox(
        t("basis.choose"), options, format_func=write, key="means_on_chosen", on_change=take, help=t("basis.help"), width=420
    )


def _choose_month(screen: Screen, situation: Situation) -> None:
    months = situation.assessment.panel.months
    st.session_state["means_at_chosen"] = months.index(situation.month) + 1

    def take() -> None:
        st.session_state[_AHEAD] = str(st.session_state["means_at_chosen"])

    st.selectbox(
        screen.t("basis.month"),
        range(1, len(months) + 1),
        format_func=lambda ahead: screen.t.month(months[ahead - 1]),
        key="means_at_chosen",
        on_change=take,
        width=220,
    )
