"""Words and cells that several chapters of a plan share."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analytics.bounds import BOUNDS, CENTRAL
from analytics.model import ResultStatus, Sector
from analytics.resource_gap import CostRange
from data.i18n import NO_VALUE
from pages.print.plan.blocks import Cell
from pages.print.plan.context import PlanContext
from pages.words.money import write_range
from pages.words.totals import cost_at_least


def class_cell(plan: PlanContext, result: pd.Series) -> Cell:
    """Number and name of a class on its colour; why there is none otherwise."""
    severity, legend = result["severity_class"], plan.figures.definitions.legend
    if pd.isna(severity):
        is_range = pd.notna(result["severity_class_low"]) and result["status"] == ResultStatus.PARTIAL
        return Cell(plan.view.describe_absence(result), fill=legend.range_color if is_range else "")
    return Cell(plan.view.describe_class(result), fill=legend.color(int(severity)))


def range_cell(plan: PlanContext, values: Mapping[str, float], decimals: int) -> Cell:
    """The central figure, and between which bounds it lies."""
    t = plan.t
    if math.isnan(values[CENTRAL]):
        return Cell(NO_VALUE)
    low, central, high = (t.number(round(float(values[b]), decimals), decimals) for b in BOUNDS)
    return Cell(central, t("certainty.between", low=low, high=high) if low != high else "")


def cost_cells(plan: PlanContext, cost: CostRange, strong: bool = False) -> tuple[Cell, ...]:
    """Low, central and high cost; "at least" where a figure is missing."""
    amounts = (cost.low_mad, cost.central_mad, cost.high_mad)
    return tuple(Cell(cost_at_least(plan.t, amount, cost.missing_count), strong=strong) for amount in amounts)


def write_central(plan: PlanContext, cost: CostRange) -> str:
    """The central cost in words; "at least" where a figure is missing."""
    return cost_at_least(plan.t, cost.central_mad, cost.missing_count)


def write_cost(plan: PlanContext, cost: CostRange) -> str:
    """The central cost in words, with its range."""
    t, central = plan.t, write_central(plan, cost)
    interval = write_range(cost.low_mad, cost.high_mad, t)
    return t("contingency.with_range", central=central, range=interval) if interval else central


def write_headline(plan: PlanContext, sector: Sector) -> str:
    """The headline of a service in the chosen month, against its norm, on the same basis as in the month of the plan beside it."""
    headline = plan.figures.definitions.headlines[sector]
    return plan.view.figure_with_whole(headline, plan.results.loc[headline])


def write_over(plan: PlanContext) -> str:
    """That the period of the plan has passed, or that none has begun, and what to do about it; empty as long as it runs."""
    t, projection = plan.t, plan.projection
    if plan.rests_on_census:
        return t("contingency.only_census", observed=t.month(projection.observed))
    if not plan.is_over:
        return ""
    return t("contingency.over", observed=t.month(projection.observed), last=t.month(projection.months[-1]))


def write_period(plan: PlanContext) -> str:
    """The months that the plan is for; that they are to be set where nobody has reported a month yet."""
    t, months = plan.t, plan.projection.months
    if plan.rests_on_census:
        return t("contingency.period_to_set")
    return t("contingency.period", first=t.month(months[0]), last=t.month(months[-1]))


def sector_label(plan: PlanContext, sector: Sector | str) -> str:
    """Name of a service."""
    return plan.view.result_label(str(sector))
