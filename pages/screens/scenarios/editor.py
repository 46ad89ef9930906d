"""The scenario, changed by hand: horizon, returns, norms, one change at a time; what cannot be is refused with its remedy."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.assumptions import OFFERED_PROFILES, NormProfile
from analytics.scenario import (
    ALL,
    LONGEST_HORIZON,
    CapacityChange,
    PeopleChange,
    Scenario,
    ScenarioError,
    capacity_variables,
)
from analytics.scenario_people import HOSTED
from pages.screens.scenarios import shock
from pages.widgets import store_action
from pages.widgets.confirm import confirmed
from pages.widgets.scenario_session import _reset, keep_edit
from pages.widgets.screen import Screen
from pages.words.scenario import ScenarioChoice
from pages.words.scenario_changes import describe_change, describe_problem, place_label

LARGEST_PERCENT = 300


def render_editor(screen: Screen, choice: ScenarioChoice) -> None:
    """The controls, folded until they are asked for; a change is kept at once and drawn in the same run."""
    t = screen.t
    with st.expander(t("scenario.edit"), icon=":material/tune:", expanded=bool(st.session_state.get("edit"))):
        edited = _course(screen, choice.scenario)
        edited = _list_changes(screen, edited)
        edited = _add_change(screen, edited)
        edited = shock.render_switch(screen, edited)
        sure, icon = t("scenario.reset_sure"), ":material/restart_alt:"
        if st.session_state.get("edit") and confirmed(t, "scenario-reset", t("scenario.reset"), sure, icon=icon):
            _reset()
    edited = shock.render_shock(screen, edited)
    if edited != choice.scenario:
        keep_edit(choice.base, edited)
        st.rerun()


def key(name: str) -> str:
    """Key of a control: another one for each scenario that is opened, so that it starts from what is written there."""
    return f"scenario-{name}-{store_action.edition('scenario')}"


def _places(screen: Screen) -> list[str]:
    groups = list(dict.fromkeys(screen.figures.communes["group_code"]))
    return [ALL, *sorted(groups), *screen.figures.territory]


def _course(screen: Screen, scenario: Scenario) -> Scenario:
    """Horizon, returns, norms, probability and impact."""
    first, second, third = st.columns(3, gap="medium")
    with first:
        horizon = st.slider(
            screen.t("scenario.horizon_label"), 1, LONGEST_HORIZON, _clamped(scenario.horizon_months), key=key("horizon")
        )
    with second:
        returns, profile = _choose_returns(screen, scenario), _choose_profile(screen, scenario)
    with third:
        probability, impact = (
            st.select_slider(
                screen.t(f"scenario.{name}_label"),
                [1, 2, 3, 4, 5],
                value=min(5, max(1, getattr(scenario, name))),
                key=key(name),
            )
            for name in ("probability", "impact")
        )
    return replace(
        scenario,
        horizon_months=int(horizon),
        returns=returns,
        profile=profile,
        probability=int(probability),
        impact=int(impact),
    )


def _choose_returns(screen: Screen, scenario: Scenario) -> str:
    """The curve along which displaced people return; empty for none."""
    t, presets = screen.t, screen.figures.scenario_setting.presets
    options = ["", *presets]
    chosen = st.selectbox(
        t("scenario.returns_label"),
        options,
        index=options.index(scenario.returns) if scenario.returns in options else 0,
        format_func=lambda p: t.label(presets[p].labels) if p else t("scenario.returns_none"),
        key=key("returns"),
    )
    return str(chosen)


def _choose_profile(screen: Screen, scenario: Scenario) -> NormProfile | None:
    """The norms of the scenario; None for those of the reader."""
    t, profiles = screen.t, ["", *(p.value for p in OFFERED_PROFILES)]
    chosen = st.selectbox(
        t("scenario.profile_label"),
        profiles,
        index=profiles.index(scenario.profile.value if scenario.profile else ""),
        format_func=lambda p: t(f"norms.{p}") if p else t("scenario.profile_mine"),
        key=key("profile"),
    )
    return NormProfile(chosen) if chosen else None


def _clamped(months: int) -> int:
    return min(LONGEST_HORIZON, max(1, months))


def _list_changes(screen: Screen, scenario: Scenario) -> Scenario:
    """Each change in a line, with the button that takes it away."""
    t = screen.t
    changes: list[PeopleChange | CapacityChange] = [*scenario.people, *scenario.capacity]
    for position, change in enumerate(changes):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(describe_change(screen, change))
            if st.button(t("scenario.remove"), key=key(f"remove-{position}-{len(changes)}"), type="tertiary"):
                if isinstance(change, PeopleChange):
                    return replace(scenario, people=tuple(c for c in scenario.people if c is not change))
                return replace(scenario, capacity=tuple(c for c in scenario.capacity if c is not change))
    return scenario


def _add_change(screen: Screen, scenario: Scenario) -> Scenario:
    """One more change; it is tried before it is kept."""
    t, variables = screen.t, screen.figures.definition_set.variables
    options = [HOSTED, *capacity_variables(screen.figures.definitions)]
    with st.form(key("add"), clear_on_submit=False, border=True):
        st.markdown(f"**{t('scenario.add')}**")
        left, right = st.columns(2, gap="medium")
        what = left.selectbox(
            t("scenario.what"), options, format_func=lambda v: t.label(variables[v].labels), key=key("what")
        )
        where = right.selectbox(
            t("scenario.where_label"), _places(screen), format_func=lambda p: place_label(screen, p), key=key("where")
        )
        first, second, third, fourth = st.columns(4, gap="small")
        percent = first.number_input(t("scenario.percent"), -100, LARGEST_PERCENT, 0, step=5, key=key("percent"))
        units = second.number_input(t("scenario.units"), value=0, step=1, key=key("units"))
        start = third.number_input(t("scenario.start"), 1, scenario.horizon_months, 1, key=key("start"))
        end = fourth.number_input(
            t("scenario.end"), 0, scenario.horizon_months, 0, help=t("scenario.end_help"), key=key("end")
        )
        if not st.form_submit_button(t("scenario.add_button"), icon=":material/add:"):
            return scenario
    period = {"where": str(where), "percent": float(percent), "first_month": int(start), "last_month": int(end) or None}
    if not percent and not units:
        st.warning(t("scenario.nothing_to_add"))
        return scenario
    if what == HOSTED:
        grown = replace(scenario, people=(*scenario.people, PeopleChange(persons=float(units), **period)))  # type: ignore[arg-type]
    else:
        change = CapacityChange((str(what),), units=float(units), **period)  # type: ignore[arg-type]
        grown = replace(scenario, capacity=(*scenario.capacity, change))
    return _tried(screen, scenario, grown)


def _tried(screen: Screen, scenario: Scenario, grown: Scenario) -> Scenario:
    """The grown scenario when it can be; the one before, with the reason and the remedy, when it cannot."""
    try:
        screen.figures.projection(grown)
    except ScenarioError as error:
        st.error(describe_problem(screen, error))
        return scenario
    return grown
