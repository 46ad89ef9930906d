"""The charts of means, plans and mobile teams that screens offer as pictures (see ``catalogue``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analytics.resources import Means
from analytics.situation import Situation
from pages.print.charts.chart import Chart
from pages.words.sources import cite_needs
from pages.words.view import View

if TYPE_CHECKING:
    from analytics.allocation import Allocation, AllocationPlan
    from analytics.mobile_units import Rounds


def needs_chart(view: View, means: Means, situation: Situation, rows: pd.DataFrame) -> Chart:
    """What each need of a gap table costs."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.means import draw_needs

        return draw_needs(asked, means, situation, rows, form)

    return Chart(
        view.t("chart.needs"), "besoins", draw, lambda asked: cite_needs(asked, means, rows["need_id"].unique(), situation)
    )


def plans_chart(view: View, means: Means, situation: Situation, allocation: Allocation, provenance: str) -> Chart:
    """The plans side by side."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.means import draw_plans

        return draw_plans(asked, means, situation, allocation, provenance, form)

    return Chart(
        view.t("chart.plans"),
        "plans",
        draw,
        lambda asked: cite_needs(asked, means, set(allocation.problem.need_ids), situation),
    )


def units_chart(
    view: View, situation: Situation, plan: AllocationPlan, classes: Mapping[str, int | str], provenance: str
) -> Chart:
    """Where the units of a plan go."""
    label = view.t("means.map_title", plan=view.t(f"plan.{plan.name}"))

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.means import draw_units

        return draw_units(asked, situation, plan, classes, provenance, form)

    return Chart(label, f"unites-{plan.name}", draw)


def rounds_chart(view: View, rounds: Rounds, whom: str) -> Chart:
    """Where mobile teams are based and whom they visit."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.means import draw_rounds

        return draw_rounds(asked, rounds, whom, form)

    return Chart(view.t("chart.rounds"), "equipes-mobiles", draw)
