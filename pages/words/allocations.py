"""Allocations of a budget in words: whom each serves, what it leaves, why one cannot be."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.allocation import Allocation, AllocationPlan, gentlest
from analytics.allocation_problem import InfeasibleError
from analytics.allocation_reading import list_places, list_units
from analytics.model import Indicator
from analytics.ratios import value_of_pressure
from analytics.resources import Means
from analytics.situation import Situation
from data.i18n import NO_VALUE, Translator, rounded
from pages.words.money import write_mad
from pages.words.view import View

LEAST_SHOWN = 0.0005


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


def write_gap(gap: float, t: Translator) -> str:
    """How far at most from the best plan; "proved" where that rounds to nothing."""
    return t("means.proved") if gap < LEAST_SHOWN else t("means.certified", gap=t.percent(gap, 1))


def write_outlay(plan: AllocationPlan, means: Means, t: Translator) -> str:
    """What the purchases of a plan cost at once, whatever they cost a year; empty where it buys none."""
    units = list_units(plan)
    total = sum(row.units * means.outlay(row.resource_id) for row in units.itertuples())
    return write_mad(total, t) if total else ""


def _short(pressure: float, t: Translator) -> str:
    return t("pressure.no_service") if np.isinf(pressure) else t.number(pressure, 2)


def served_by_kind(view: View, means: Means, plan: AllocationPlan) -> pd.DataFrame:
    """Demand that a plan brings back under the norm, out of what was above it, by kind of unit that is missing: ``share`` of 0–1
    and the same as ``text``."""
    t, places = view.t, list_places(plan)
    kinds = places.assign(kind=places["need_id"].map(lambda n: means.needs[n].unit))
    people = {n.unit: view.figures.definitions.indicators[n.indicator].people for n in means.needs.values()}
    totals = kinds.groupby("kind", sort=False)[["served", "gap"]].sum()
    above = totals[totals["gap"] > 0]
    text = [
        t("means.served_of", served=t.number(r.served, 0), count=rounded(r.gap), people=t.quantity(r.gap, people[r.Index]))
        for r in above.itertuples()
    ]
    return above.assign(share=above["served"] / above["gap"], text=text)


def _served(view: View, means: Means, plan: AllocationPlan) -> list[dict[str, object]]:
    return [
        {"kind": view.t(f"means.kind_{row.Index}"), "text": row.text, "share": round(100 * row.share)}
        for row in served_by_kind(view, means, plan).itertuples()
    ]


def state_plans(view: View, allocation: Allocation) -> str:
    """The finding: how far down the highest pressure comes, and by which plan."""
    t = view.t
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


def write_pressure(view: View, means: Means, situation: Situation, need_id: str, pressure: float) -> str:
    """A need's pressure in words; the value itself where the class follows from the value."""
    indicator = view.figures.definitions.indicators[means.needs[need_id].indicator]
    if indicator.goalposts is None or not np.isfinite(pressure):
        return write_times(pressure, view.t)
    return view.t.quantity(_value(view, situation, indicator, pressure), indicator.unit, indicator.decimals)


def write_short(view: View, means: Means, situation: Situation, need_id: str, pressure: float) -> str:
    """The figure of ``write_pressure`` without its unit."""
    indicator = view.figures.definitions.indicators[means.needs[need_id].indicator]
    if indicator.goalposts is None or not np.isfinite(pressure):
        return _short(pressure, view.t)
    return view.t.number(_value(view, situation, indicator, pressure), indicator.decimals)


def _value(view: View, situation: Situation, indicator: Indicator, pressure: float) -> float:
    """What a pressure is on the scale of its indicator."""
    norm = view.figures.definitions.norms[indicator.terms[0].norm]
    limit = norm.in_force(situation.month.date(), situation.assumptions.profile).value
    return float(value_of_pressure(np.array(pressure), indicator, limit))


def write_times(pressure: float, t: Translator) -> str:
    """A pressure in times the norm; "service absent" where nothing is there."""
    if np.isnan(pressure):
        return NO_VALUE
    return t("pressure.no_service") if np.isinf(pressure) else t("pressure.times", times=t.number(pressure, 2))
