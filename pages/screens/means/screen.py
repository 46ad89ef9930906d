"""Means: what is missing and what it costs, how to share a budget or units fairly, where mobile units go, unit costs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.allocation import AllocationCriterion
from analytics.allocation_problem import InfeasibleError
from analytics.provenance import least_firm
from analytics.resource_gap import total_cost
from analytics.resources import Means
from analytics.situation import Situation
from pages.screens.means import costs, gap, gap_detail, mobile, plan_detail, plan_equity, plans, settings, situation_choice
from pages.widgets import session, session_costs
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words import allocations, gaps
from pages.words.partial import write_coverage
from pages.words.titles import mark_title


def address() -> dict[str, str]:
    """On which figures it rests, and the need or the commune that is looked at alone."""
    return situation_choice.address() | gap_detail.address()


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, means = screen.t, session_costs.current_means(screen.figures)
    settings.restore(means)
    title = st.container()
    situation = situation_choice.render_situation(screen)
    rows = gap.gap_table(screen, means, situation)
    mark = gap.mark_of(means, situation)
    shown = screen.keep("means-counted", lambda: gap.counted(screen, means, rows), *mark)
    with title:
        finding, is_known = screen.keep("means-finding", lambda: _state(screen, situation, shown), *mark)
        st.title(plain_markdown(finding))
        st.caption(t("means.lead", month=t.month(situation.month)))
        st.caption(screen.keep("means-support", lambda: _say_support(screen, shown), *mark))
        if coverage := write_coverage(screen, screen.chosen.month):
            st.caption(coverage)
    part = settings.choose_part(t)
    if part in ("gap", "allocation"):
        settings.choose_answer(t)
        settings.choose_support(screen)
    if part in ("gap", "allocation") and not is_known:
        _render_empty(screen)
    elif part == "gap":
        gap.render_gap(screen, means, situation, shown)
    elif part == "allocation":
        _render_allocation(screen, means, situation, rows)
    elif part == "mobile":
        mobile.render_mobile(screen, means, rows)
    else:
        costs.render_costs(screen)


def _state(screen: Screen, situation: Situation, rows: pd.DataFrame) -> tuple[str, bool]:
    """The title, and whether any cost is known."""
    finding = gaps.state_finding(screen, situation, rows)
    return mark_title(screen, finding, screen.t.month(situation.month)), total_cost(rows).is_known


def _say_support(screen: Screen, rows: pd.DataFrame) -> str:
    """What was taken off for support, that nothing was there to take off, or that the reader left it in."""
    if st.session_state["means_without"]:
        return screen.t("support.not_deducted")
    return gaps.state_deducted(screen, rows) or screen.t("support.deducted_none")


def _render_empty(screen: Screen) -> None:
    """What to send so that something can be computed."""
    st.info(screen.t("means.empty"))
    screen.link("data", screen.t("means.empty_link"), ":material/upload_file:")


def _render_allocation(screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame) -> None:
    """Limits, three plans side by side, then the one that the reader opens."""
    t = screen.t
    choices = settings.choose_limits(screen, means)
    try:
        allocation = plans.solve(screen, means, situation, rows, choices)
    except InfeasibleError as refused:
        st.error(allocations.write_refusal(refused, t))
        return
    plans.render_cards(screen, means, situation, allocation, least_firm(rows["provenance"]))
    equity = plan_equity.equity_of_plans(screen, means, situation, rows, allocation)
    plan_equity.render_equity(screen, equity)
    names = [name.value for name in allocation.plans]
    session.keep_valid("means_plan", names, AllocationCriterion.FAIRNESS.value)
    plan = st.segmented_control(
        t("means.open_plan"),
        names,
        format_func=lambda name: t(f"plan.{name}"),
        required=True,
        **settings.kept("means_plan"),
    )
    plan_detail.render_detail(
        screen, means, situation, allocation.plans[AllocationCriterion(str(plan))], rows, choices, equity
    )
