"""Three plans for the chosen limits: solved once for the same inputs, shown side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from analytics.allocation import Allocation, Plan, PlanName, allocate, gentlest
from analytics.allocation_problem import InfeasibleError, Limits, build_problem
from analytics.allocation_reading import list_places
from analytics.model import Indicator
from analytics.resource_basis import Basis
from analytics.resources import Means
from analytics.scenario import Scenario
from data.i18n import NO_VALUE, Translator, rounded
from pages.ui.html import show
from pages.ui.means_choices import Choices
from pages.ui.money import write_mad
from pages.ui.picture_charts import plans_chart
from pages.ui.pictures import offer_charts
from pages.ui.screen import Screen

LEAST_SHOWN = 0.0005


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the plans depend on; ``rows`` follow from the rest."""

    snapshot_id: str
    scenario: Scenario | None
    selection: tuple[object, ...]
    costs: tuple[tuple[str, float], ...]
    limits: Limits
    rows: pd.DataFrame = field(compare=False)
    means: Means = field(compare=False)


def solve(screen: Screen, means: Means, basis: Basis, rows: pd.DataFrame, choices: Choices) -> Allocation:
    """The plans for the chosen resources and limits, at central costs over the chosen months.

    Raises:
        InfeasibleError: limits that nothing can meet.
    """
    offered = offered_resources(means, choices)
    if not offered:
        raise InfeasibleError("no_resource")
    months = int(st.session_state["means_months"])
    asked = _Asked(
        screen.figures.snapshot_id,
        basis.scenario,
        (screen.chosen.assumptions, basis.assumptions, basis.month, screen.chosen.territory),
        tuple((r, means.unit_cost(r, months)[1]) for r in offered),
        choices.limits,
        rows[rows["resource_id"].isin(offered)],
        means,
    )
    with st.spinner(screen.t("means.solving")):
        return _solve(asked)


@lru_cache(maxsize=32)
def _solve(asked: _Asked) -> Allocation:
    needs = asked.means.needs.values()
    comparable = frozenset(need.id for need in needs if need.in_level)
    weights = {need.id: need.weight for need in needs}
    return allocate(build_problem(asked.rows, weights, comparable, dict(asked.costs), asked.limits))


def offered_resources(means: Means, choices: Choices) -> list[str]:
    """The chosen resources that the chosen competences allow, in the definitions' order."""
    return [
        r.id for r in means.resources.values() if r.id in choices.resources and r.competence.value in choices.competences
    ]


def write_refusal(refused: InfeasibleError, t: Translator) -> str:
    """The reason and the nearest choice that can be met, in words."""
    values = dict(refused.values)
    nearest = values.get("nearest")
    if refused.reason.startswith("floor") and nearest is not None:
        values["nearest"] = t.percent(float(nearest))
    elif refused.reason == "budget_buys_nothing":
        values["nearest"] = write_mad(float(values["nearest"]), t)
    elif refused.reason == "target_out_of_reach":
        values["nearest"] = write_times(float(values["nearest"]), t)
    if "budget" in values:
        values["budget"] = write_mad(float(values["budget"]), t)
    return t(f"refusal.{refused.reason}", **values)


def render_cards(screen: Screen, means: Means, basis: Basis, allocation: Allocation, provenance: str) -> None:
    """One card a plan: pressure before and after, people back under the norm by kind, communes served, cost, certified gap."""
    cards = [
        _plan_card(screen, means, allocation.plans[name])
        if name in allocation.plans
        else {
            "name": screen.t(f"plan.{name}"),
            "aim": screen.t(f"plan.{name}_aim"),
            "refusal": write_refusal(allocation.refusals[name], screen.t),
        }
        for name in PlanName
    ]
    show("means_plans", screen.t, cards=cards)
    offer_charts(screen, [plans_chart(screen, means, basis, allocation, provenance)], key="means-plans")


def _plan_card(screen: Screen, means: Means, plan: Plan) -> dict[str, object]:
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
        "over": t("means.over_budget") if plan.over_budget else "",
        "gap": write_gap(plan.gap, t),
        "at_limit": "" if all(s.ended for s in plan.stages) else t("means.at_limit"),
    }


def write_gap(gap: float, t: Translator) -> str:
    """How far at most from the best plan; "proved" where that rounds to nothing."""
    return t("means.proved") if gap < LEAST_SHOWN else t("means.certified", gap=t.percent(gap, 1))


def _short(pressure: float, t: Translator) -> str:
    return t("pressure.no_service") if np.isinf(pressure) else t.number(pressure, 2)


def served_by_kind(screen: Screen, means: Means, plan: Plan) -> pd.DataFrame:
    """Demand that a plan brings back under the norm, out of what was above it, by kind of unit that is missing: ``share`` of 0–1
    and the same as ``text``."""
    t, places = screen.t, list_places(plan)
    kinds = places.assign(kind=places["need_id"].map(lambda n: means.needs[n].unit))
    people = {n.unit: screen.figures.definitions.indicators[n.indicator].people for n in means.needs.values()}
    totals = kinds.groupby("kind", sort=False)[["served", "gap"]].sum()
    above = totals[totals["gap"] > 0]
    text = [
        t("means.served_of", served=t.number(r.served, 0), count=rounded(r.gap), people=t.quantity(r.gap, people[r.Index]))
        for r in above.itertuples()
    ]
    return above.assign(share=above["served"] / above["gap"], text=text)


def _served(screen: Screen, means: Means, plan: Plan) -> list[dict[str, object]]:
    return [
        {"kind": screen.t(f"means.kind_{row.Index}"), "text": row.text, "share": round(100 * row.share)}
        for row in served_by_kind(screen, means, plan).itertuples()
    ]


def state_plans(screen: Screen, allocation: Allocation) -> str:
    """The finding: how far down the highest pressure comes, and by which plan."""
    t = screen.t
    best = gentlest(allocation)
    if best is None:
        return t("means.plans_none")
    before = best.problem.highest_pressure(np.zeros_like(best.units))
    return t(
        "means.plans_finding",
        plan=t(f"plan.{best.name}"),
        before=write_times(before, t),
        after=write_times(best.problem.highest_pressure(best.units), t),
        cost=write_mad(best.cost_mad, t),
    )


def write_pressure(screen: Screen, means: Means, basis: Basis, need_id: str, pressure: float) -> str:
    """A need's pressure in words; the value itself where the class follows from the value."""
    indicator = screen.figures.definitions.indicators[means.needs[need_id].indicator]
    if indicator.goalposts is None or not np.isfinite(pressure):
        return write_times(pressure, screen.t)
    return screen.t.quantity(_value(screen, basis, indicator, pressure), indicator.unit, indicator.decimals)


def write_short(screen: Screen, means: Means, basis: Basis, need_id: str, pressure: float) -> str:
    """The figure of ``write_pressure`` without its unit."""
    indicator = screen.figures.definitions.indicators[means.needs[need_id].indicator]
    if indicator.goalposts is None or not np.isfinite(pressure):
        return _short(pressure, screen.t)
    return screen.t.number(_value(screen, basis, indicator, pressure), indicator.decimals)


def _value(screen: Screen, basis: Basis, indicator: Indicator, pressure: float) -> float:
    """What a pressure is on the scale of its indicator."""
    norm = screen.figures.definitions.norms[indicator.terms[0].norm]
    return pressure * norm.in_force(basis.month.date(), basis.assumptions.profile).value


def write_times(pressure: float, t: Translator) -> str:
    """A pressure in times the norm; "service absent" where nothing is there."""
    if np.isnan(pressure):
        return NO_VALUE
    return t("pressure.no_service") if np.isinf(pressure) else t("pressure.times", times=t.number(pressure, 2))
