"""Means: what is missing and what it costs, how to share a budget or units fairly, where mobile units go, unit costs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.allocation import PlanName
from analytics.allocation_problem import InfeasibleError
from analytics.resource_basis import Basis
from analytics.resource_gap import total_cost
from analytics.resources import Means
from pages.ui import (
    means_basis,
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

address = means_basis.address


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, means = screen.t, means_costs.current_means()
    means_choices.restore(means)
    title = st.container()
    basis = means_basis.render_basis(screen)
    rows = means_gap.gap_table(screen, means, basis)
    shown = means_gap.counted(screen, means, rows)
    total = total_cost(shown)
    with title:
        st.title(means_gap.state_finding(screen, basis, total))
        st.caption(t("means.lead", month=t.month(basis.month)))
    part = means_choices.choose_part(t)
    if part in ("gap", "allocation"):
        means_choices.choose_answer(t)
    if part in ("gap", "allocation") and not total.is_known:
        _render_empty(screen)
    elif part == "gap":
        means_gap.render_gap(screen, means, basis, shown)
    elif part == "allocation":
        _render_allocation(screen, means, basis, rows)
    elif part == "mobile":
        means_mobile.render_mobile(screen, means, rows)
    else:
        means_costs.render_costs(screen)


def _render_empty(screen: Screen) -> None:
    """What to send so that something can be computed."""
    st.info(screen.t("means.empty"))
    st.page_link(screen.pages["data"], label=screen.t("means.empty_link"), icon=":material/upload_file:")


def _render_allocation(screen: Screen, means: Means, basis: Basis, rows: pd.DataFrame) -> None:
    """Limits, three plans side by side, then the one that the reader opens."""
    t = screen.t
    choices = means_choices.choose_limits(screen, means)
    try:
        allocation = means_plans.solve(screen, means, basis, rows, choices)
    except InfeasibleError as refused:
        st.error(means_plans.write_refusal(refused, t))
        return
    means_plans.render_cards(screen, means, basis, allocation, means_gap.least_firm(rows))
    equity = means_equity.equity_of_plans(screen, means, basis, rows, allocation)
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
    means_plan_detail.render_detail(screen, means, basis, allocation.plans[PlanName(str(plan))], rows, choices, equity)
