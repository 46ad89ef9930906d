"""Charts of means that leave the screen: what each need costs, three ways to share, where units and mobile teams go."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analytics.allocation import Allocation, AllocationPlan
from analytics.allocation_reading import units_by_commune
from analytics.faces import ClassKind
from analytics.mobile_units import Rounds
from analytics.provenance import least_firm
from analytics.resource_gap import summarise_needs
from analytics.resources import Means
from analytics.situation import Situation
from analytics.summary import row_counts
from geo.palette import GREY, INK, LINE, MUTED
from pages.print.charts import canvas
from pages.print.charts.bars import Bar, draw_bars
from pages.print.charts.canvas import Words
from pages.print.charts.maps import disc, draw_discs
from pages.print.charts.places import class_handles
from pages.print.charts.words import write_source
from pages.words import allocations, gaps, mobile_rounds
from pages.words.class_words import list_kind
from pages.words.money import MILLION, write_mad, write_range
from pages.words.sources import cite_needs, cite_variables
from pages.words.totals import cost_at_least
from pages.words.view import View

NEEDS = 12
_PLAN_FILLS = (MUTED, GREY, LINE)


def draw_needs(view: View, means: Means, situation: Situation, rows: pd.DataFrame, form: str) -> bytes:
    """What closing each need of a gap table costs, the dearest first, from the low to the high cost; at least so much where
    communes lack figures."""
    t, needs = view.t, summarise_needs(rows)
    dearest = needs[needs["missing_units"] > 0].sort_values("cost_central_mad", ascending=False).head(NEEDS)
    words = Words(
        gaps.state_finding(view, situation, rows),
        t("chart.needs_subtitle", month=t.month(situation.month)),
        write_source(
            view,
            cite_needs(view, means, rows["need_id"].unique(), situation),
            least_firm(rows["provenance"]),
            t("chart.unit_costs"),
        ),
    )
    bars = [
        Bar(
            f"{t.label(means.needs[row.need_id].labels)} · {_missing(view, row)}",
            row.cost_central_mad / MILLION,
            f"{cost_at_least(t, row.cost_central_mad, row.missing_count)} ({_range(view, row)})",
            row.cost_low_mad / MILLION,
            row.cost_high_mad / MILLION,
        )
        for row in dearest.itertuples()
    ]

    def plot(axes: Axes) -> None:
        draw_bars(axes, t, bars, unit=t("chart.millions"))
        handles = [
            Patch(facecolor=GREY, label=t("chart.central_cost")),
            Line2D([], [], color=INK, lw=2, marker="|", markersize=12, label=t("chart.cost_range")),
        ]
        canvas.write_legend(axes, t, handles)

    return canvas.draw(words, t, form, plot, known=bool(bars))


def draw_plans(view: View, means: Means, situation: Situation, allocation: Allocation, provenance: str, form: str) -> bytes:
    """The share of what is above the norm that each plan brings back under it, by kind of unit, the plans side by side."""
    t = view.t
    served = {name: allocations.served_by_kind(view, means, plan) for name, plan in allocation.plans.items()}
    words = Words(
        allocations.state_plans(view, allocation),
        t("chart.plans_subtitle", month=t.month(situation.month)),
        write_source(
            view, cite_needs(view, means, set(allocation.problem.need_ids), situation), provenance, t("chart.unit_costs")
        ),
    )
    kinds = list(dict.fromkeys(kind for table in served.values() for kind in table.index))
    bars = [
        Bar(f"{t(f'means.kind_{kind}')} · {t(f'plan.{name}')}", row["share"], row["text"], fill=fill)
        for kind in kinds
        for (name, table), fill in zip(served.items(), _PLAN_FILLS, strict=False)
        for row in [table.loc[kind]]
    ]

    def plot(axes: Axes) -> None:
        draw_bars(axes, t, bars, end=1.0)
        axes.xaxis.set_major_formatter(lambda value, _: t.percent(value) if value <= 1 else "")
        handles = [
            Patch(
                facecolor=fill,
                edgecolor=INK,
                label=t("chart.plan_cost", plan=t(f"plan.{name}"), cost=write_mad(plan.cost_mad, t)),
            )
            for (name, plan), fill in zip(allocation.plans.items(), _PLAN_FILLS, strict=False)
        ]
        canvas.write_legend(axes, t, handles)

    return canvas.draw(words, t, form, plot)


def draw_units(
    view: View, situation: Situation, plan: AllocationPlan, classes: Mapping[str, int | str], provenance: str, form: str
) -> bytes:
    """Units of a plan given to each commune in discs, on the heaviest class before them."""
    t, units = view.t, units_by_commune(plan)
    words = Words(
        t(
            "chart.units_title", plan=t(f"plan.{plan.name}"), units=sum(units.values()), communes=len(units),
            cost=write_mad(plan.cost_mad, t),
        ),
        t("chart.units_subtitle", month=t.month(situation.month)),
        write_source(
            view,
            cite_needs(view, view.figures.definition_set.means, set(plan.problem.need_ids), situation),
            provenance,
            t("chart.unit_costs"),
            f"{view.figures.attribution}.",
        ),
    )  # fmt: skip
    load = list_kind(view.figures.definitions, ClassKind.LOAD, t)
    legend = [disc(t("chart.units_disc")), *class_handles(view, [row_counts(classes)], load)]
    return draw_discs(view, classes, units, legend, words, form)


def draw_rounds(view: View, rounds: Rounds, whom: str, form: str) -> bytes:
    """Where mobile teams are based, and the communes that they visit: in the colour of the first class, which means none."""
    t, legend = view.t, view.figures.definitions.legend
    visited = set(rounds.table()["commune_code"])
    words = Words(
        mobile_rounds.state_rounds(view, rounds, whom).replace("**", "").rstrip("."),
        f"{t('mobile.title')} · {t(f'mobile.whom_{whom}')}",
        write_source(
            view,
            cite_variables(view, mobile_rounds.variables_of(view, whom)),
            mobile_rounds.provenance_of(view, whom),
            t("chart.distances"),
            f"{view.figures.attribution}.",
        ),
    )
    handles = [
        disc(t("chart.rounds_disc")),
        Patch(facecolor=legend.color(1), edgecolor=MUTED, label=t("chart.visited")),
        Patch(facecolor=legend.no_data_color, edgecolor=MUTED, hatch="..", label=t("chart.not_visited")),
    ]
    rows: dict[str, int | str] = {code: 1 if code in visited else "no_data" for code in rounds.commune_codes}
    bases = {code: int(n) for code, n in zip(rounds.commune_codes, rounds.bases, strict=True) if n}
    return draw_discs(view, rows, bases, handles, words, form)


def _missing(view: View, row: pd.Series) -> str:
    return view.t.quantity(row.missing_units, row.unit)


def _range(view: View, row: pd.Series) -> str:
    return write_range(row.cost_low_mad, row.cost_high_mad, view.t)
