"""Three plans for the chosen limits: solved once for the same inputs, shown side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from analytics.allocation import Allocation, AllocationCriterion, AllocationPlan, allocate
from analytics.allocation_problem import InfeasibleError, Limits, build_problem
from analytics.allocation_reading import list_places
from analytics.resources import Means
from analytics.scenario import Scenario
from analytics.situation import Situation
from pages.print.charts.means_catalogue import plans_chart
from pages.screens.means.settings import Choices
from pages.widgets.html import show
from pages.widgets.pictures import offer_charts
from pages.widgets.screen import Screen
from pages.words.allocations import _served, _short, write_gap, write_outlay, write_refusal, write_times
from pages.words.money import write_mad


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the plans depend on; ``rows`` follow from the rest."""

    snapshot_id: str
    scenario: Scenario | None
    selection: tuple[object, ...]
    costs: tuple[tuple[str, float], ...]
    weights: tuple[tuple[str, float], ...]
    limits: Limits
    rows: pd.DataFrame = field(compare=False)
    means: Means = field(compare=False)


def solve(screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame, choices: Choices) -> Allocation:
    """The plans for the chosen resources, weights and limits, at the central costs of a year.

    Raises:
        InfeasibleError: limits that nothing can meet.
    """
    offered = offered_resources(means, choices)
    if not offered:
        raise InfeasibleError("no_resource")
    asked = _Asked(
        screen.figures.snapshot_id,
        situation.scenario,
        (screen.chosen.assumptions, situation.assumptions, situation.month, screen.chosen.territory),
        tuple((r, means.annual_cost(r)) for r in offered),
        tuple(means.weights(dict(choices.service_weights)).items()),
        choices.limits,
        rows[rows["resource_id"].isin(offered)],
        means,
    )
    with st.spinner(screen.t("means.solving")):
        return _solve(asked)


@lru_cache(maxsize=32)
def _solve(asked: _Asked) -> Allocation:
    comparable, weights = asked.means.comparable, dict(asked.weights)
    return allocate(build_problem(asked.rows, weights, comparable, dict(asked.costs), asked.limits))


def offered_resources(means: Means, choices: Choices) -> list[str]:
    """The chosen resources that the chosen competences allow, in the definitions' order."""
    return [
        r.id for r in means.resources.values() if r.id in choices.resources and r.competence.value in choices.competences
    ]


def render_cards(screen: Screen, means: Means, situation: Situation, allocation: Allocation, provenance: str) -> None:
    """One card a plan: pressure before and after, people back under the norm by kind, communes served, cost, certified gap."""
    cards = [
        _plan_card(screen, means, allocation.plans[name])
        if name in allocation.plans
        else {
            "name": screen.t(f"plan.{name}"),
            "aim": screen.t(f"plan.{name}_aim"),
            "refusal": write_refusal(allocation.refusals[name], screen.t),
        }
        for name in AllocationCriterion
    ]
    show("means_plans", screen.t, cards=cards)
    offer_charts(screen, [plans_chart(screen, means, situation, allocation, provenance)], key="means-plans")


def _plan_card(screen: Screen, means: Means, plan: AllocationPlan) -> dict[str, object]:
    t, places = screen.t, list_places(plan)
    nothing = np.zeros_like(plan.units)
    served = places[places["units"] > 0]
    return {
        "name": t(f"plan.{plan.name}"),
        "aim": t(f"plan.{plan.name}_aim"),
        "refusal": "",
        "before": _short(plan.problem.highest_pressure(nothing), t),
        "after": write_times(plan.problem.highest_pressure(plan.units), t),
        "served": _served(screen, means, plan),
        "communes": t.number(int(served["commune_code"].nunique())),
        "cost": write_mad(plan.cost_mad, t),
        "outlay": write_outlay(plan, means, t),
        "over": t("means.over_budget") if plan.over_budget else "",
        "gap": write_gap(plan.gap, t),
        "at_limit": "" if all(s.ended for s in plan.stages) else t("means.at_limit"),
    }
