"""Means: what is missing and what it costs, how to share a budget or units fairly, where mobile units go, unit costs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.allocation import PlanName
from analytics.allocation_problem import InfeasibleError
from analytics.resource_gap import total_cost
from analytics.resources import Means
from pages.ui import (
    means_choices,
    means_costs,
    means_equity,
    means_gap,
    means_mobile,
    means_plan_detail,
    means_plans,
    selection,
)
from pages.ui.screen import Screen


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, means = screen.t, means_costs.current_means()
    means_choices.restore(means)
    rows = means_gap.gap_table(screen, means)
    shown = means_gap.counted(screen, means, rows)
    total = total_cost(shown)
    st.title(means_gap.state_finding(screen, total))
    st.caption(t("means.lead", month=t.month(screen.chosen.month)))
    part = means_choices.choose_part(t)
    if part in ("gap", "allocation"):
        means_choices.choose_answer(t)
    if part in ("gap", "allocation") and not total.is_known:
        _render_empty(screen)
    elif part == "gap":
        means_gap.render_gap(screen, means, shown)
    elif part == "allocation":
        _render_allocation(screen, means, rows)
    elif part == "mobile":
        means_mobile.render_mobile(screen, means, rows)
    else:
        means_costs.render_costs(screen)


def _render_empty(screen: Screen) -> None:
    """What to send so that something can be computed."""
    st.info(screen.t("means.empty"))
    st.page_link(screen.pages["data"], label=screen.t("means.empty_link"), icon=":material/upload_file:")


def _render_allocation(screen: Screen, means: Means, rows: pd.DataFrame) -> None:
    """Limits, three plans side by side, then the one that the reader opens."""
    t = screen.t
    choices = means_choices.choose_limits(screen, means)
    try:
        allocation = means_plans.solve(screen, means, rows, choices)
    except InfeasibleError as refused:
        st.error(means_plans.write_refusal(refused, t))
        return
    means_plans.render_cards(screen, means, allocation)
    equity = means_equity.equity_of_plans(screen, means, rows, allocation)
    means_equity.render_equity(screen, equity)
    names = [name.value for name in allocation.plans]
    selection.keep_valid("means_plan", names, PlanName.FAIRNESS.value)
    plan = st.segmented_control(
        t("means.open_plan"),
        names,
        format_func=lambda name: t(f"plan.{name}"),
        required=True,
        **means_choices.kept("means_plan"),
    )
    means_plan_detail.render_detail(screen, means, allocation.plans[PlanName(str(plan))], rows, choices, equity)
