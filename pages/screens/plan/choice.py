"""Which plan is open: its commune, its version or the draft, its scenario; kept in the session, mirrored in the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from analytics.baseline_rules import BASELINE_ID
from data.records.plan_texts import texts_in_force
from data.records.plan_versions import PlanVersion
from data.records.scenarios import compare_figures
from pages.address.assumptions import read_assumptions
from pages.figures.load import load_figures, load_history
from pages.print.plan.context import PlanContext
from pages.print.plan.words import write_over, write_period
from pages.screens.plan.definitions import asked_definitions, render_definitions
from pages.widgets.html import plain_markdown, show
from pages.widgets.scenario_session import address as scenario_address
from pages.widgets.scenario_session import current_choice
from pages.widgets.screen import Screen
from pages.widgets.session import PLAN_KEYS, keep_valid
from pages.widgets.session_costs import current_means, with_edits
from pages.words.scenario import all_scenarios, base_figures, label, write_difference
from pages.words.sources import date_result
from pages.words.titles import mark_title

# Name of this screen's store action: a chapter's words, or a version.
PLAN, VERSION = "plan", "plan-version"
DRAFT = ""


def address() -> dict[str, str]:
    """The parameters of the address that reopen this plan: the scenario with its edit, the chapter, the version."""
    return scenario_address() | {key: str(st.session_state[key]) for key in PLAN_KEYS if st.session_state.get(key)}


def versions_of(screen: Screen, commune: str) -> tuple[PlanVersion, ...]:
    """The saved versions of a commune, the newest first."""
    return tuple(reversed(screen.figures.records.plan_versions.get(commune, ())))


def chosen_version(screen: Screen, commune: str) -> PlanVersion | None:
    """The version that is open; None for the draft."""
    known = {str(v.number): v for v in versions_of(screen, commune)}
    return known.get(keep_valid("version", [DRAFT, *known], DRAFT))


def choose_version(screen: Screen, commune: str) -> None:
    """The draft or one of the versions; nothing to choose where none was saved."""
    t, known = screen.t, {str(v.number): v for v in versions_of(screen, commune)}
    if not known:
        return
    chosen_version(screen, commune)
    st.session_state["version_chosen"] = st.session_state["version"]

    def write(number: str) -> str:
        if number == DRAFT:
            return t("contingency.current")
        day = t.date(known[number].saved_at.date())
        return t("contingency.version_option", number=number, day=day)

    def take() -> None:
        st.session_state["version"] = st.session_state["version_chosen"]

    st.selectbox(
        t("contingency.choose_version"), [DRAFT, *known], format_func=write, key="version_chosen", on_change=take, width=300
    )


def choose_scenario(screen: Screen, commune: str) -> None:
    """The scenario of the draft, the one of the Scenarios screen with its edit; a version keeps its own."""
    if chosen_version(screen, commune):
        return
    t, known = screen.t, all_scenarios(screen.figures)
    now = current_choice(screen.figures)
    st.session_state["plan_scenario"] = now.base.id

    def write(scenario_id: str) -> str:
        name = label(screen, known[scenario_id])
        edited = scenario_id == now.base.id and now.scenario != now.base
        return f"{name} · {t('scenario.edited')}" if edited else name

    def take() -> None:
        st.session_state["scenario"] = st.session_state["plan_scenario"]
        st.session_state["edit"] = st.session_state["ahead"] = ""

    st.selectbox(
        t("contingency.choose_scenario"), list(known), format_func=write, key="plan_scenario", on_change=take, width=380
    )


def read_plan(screen: Screen, commune: str, today: date) -> PlanContext:
    """The plan that is open: the draft on the figures of the screen, a version on those that it was saved on where they are kept.

    Raises:
        ScenarioError: the scenario that was edited cannot be.
    """
    version = chosen_version(screen, commune)
    texts = texts_in_force(screen.figures.records.plan_texts, commune, version)
    if version is None:
        choice = current_choice(screen.figures)
        if choice.problem:
            raise choice.problem
        scenario = choice.scenario
        if scenario != choice.base:
            marked = {code: f"{text} · {screen.t.into(code)('scenario.edited')}" for code, text in scenario.labels.items()}
            scenario = replace(scenario, labels=marked)
        return PlanContext(screen, commune, scenario, current_means(screen.figures), today, texts)
    then = _as_saved(screen, version)
    means = with_edits(then.figures, version.draft.costs)
    return PlanContext(then, commune, version.draft.scenario, means, today, texts, version)


def is_kept(screen: Screen, version: PlanVersion) -> bool:
    """Whether the snapshot that a version was saved on is still there."""
    return version.draft.base_snapshot_id in {snapshot.id for snapshot in load_history(screen.figures.province)}


def _as_saved(screen: Screen, version: PlanVersion) -> Screen:
    """The screen on the snapshot, definitions, assumptions and month of a version; on the newest figures where the snapshot has
    gone, with the definitions of today where they are asked for."""
    draft = version.draft
    assumptions = read_assumptions(dict(draft.assumptions))
    snapshot = draft.base_snapshot_id if is_kept(screen, version) else str(screen.figures.store.snapshot_id())
    figures = load_figures(
        snapshot, assumptions, screen.figures.province, asked_definitions(screen, version), viewer=screen.person.viewer
    )
    month = pd.Timestamp(draft.month)
    known = month if month in figures.months else figures.default_month
    return replace(screen, figures=figures, chosen=replace(screen.chosen, month=known, assumptions=assumptions))


def render_title(plan: PlanContext) -> None:
    """Whose plan this is, for which period, in which scenario.

    Raises:
        ScenarioError: the scenario cannot be.
    """
    t = plan.t
    if plan.rests_on_census:
        finding, dated = t("contingency.finding_first", name=plan.name), date_result(plan.view, BASELINE_ID)
    else:
        scenario = label(plan.view, plan.scenario)
        finding = t("contingency.finding", name=plan.name, period=write_period(plan), scenario=scenario)
        dated = t("title.from", month=t.month(plan.projection.observed))
    st.title(plain_markdown(mark_title(plan.view, finding, dated)))
    st.caption(t("contingency.lead"))


def render_over_notice(screen: Screen, plan: PlanContext) -> None:
    """That the period of the plan has passed, with the way to newer figures; nothing as long as it runs.

    Raises:
        ScenarioError: the scenario cannot be.
    """
    said = write_over(plan)
    if said:
        st.warning(said)
        screen.link("data", screen.t("means.empty_link"), ":material/upload_file:")


def render_version_notice(screen: Screen, plan: PlanContext) -> None:
    """That a version cannot be changed, and what differs where it had to be reopened on other figures."""
    t, version = screen.t, plan.version
    if version is None:
        return
    if is_kept(screen, version):
        st.info(t("contingency.old_version", number=version.number))
        render_definitions(screen, version)
        return
    st.warning(t("contingency.snapshot_gone", number=version.number))
    found = compare_figures(version.draft.base_figures, base_figures(plan.figures))
    lines = [t("contingency.what_differs", **write_difference(screen, difference)) for difference in found]
    show("plan_differences", t, lines=lines or [t("contingency.same_figures")])
    render_definitions(screen, version)
