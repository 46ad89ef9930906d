"""Chapters 7, 8 and 9: what each service does and by when, what is missing, what it costs and who may pay."""

from __future__ import annotations

import pandas as pd

from analytics.model import Sector
from analytics.resource_gap import CostRange, costs_by, sum_answers, total_cost
from analytics.response_phases import phase_of
from data.i18n import NO_VALUE
from pages.print.marks import mark
from pages.print.plan.blocks import Align, Block, Cell, Heading, Paragraph, Table, TableColumn, make_table
from pages.print.plan.context import PlanContext
from pages.print.plan.words import cost_cells, sector_label
from pages.words.faces import state_nothing_missing
from pages.words.gaps import decimals_of, state_deducted, write_answer
from pages.words.money import write_mad, write_range
from pages.words.needs_known import write_share_of_need
from pages.words.support import read_own_actions
from pages.words.support_actions import list_actions


def build_response(plan: PlanContext) -> list[Block]:
    """For each service: measures by phase, those of any plan and those that its figures ask for."""
    t = plan.t
    blocks: list[Block] = [Paragraph(t("contingency.response_lead", month=t.month(plan.month)))]
    for sector in plan.figures.services:
        blocks += [Heading(sector_label(plan, sector)), _tabulate_measures(plan, sector)]
    return [*blocks, Paragraph(t("contingency.response_rule"), "small")]


def _tabulate_measures(plan: PlanContext, sector: Sector) -> Table:
    t, outline = plan.t, plan.outline
    asked = plan.answers[(plan.answers["sector"] == sector.value) & (plan.answers["resource_units"] > 0)]
    rows: list[list[Cell | str]] = []
    for phase in outline.phases:
        name = t(f"contingency.phase_{phase.id}")
        standing = [m for m in outline.measures if (m.sector, m.phase) == (sector, phase.id)]
        rows += [[name, t.label(dict(m.labels)), t(f"actor.{m.actor}"), NO_VALUE] for m in standing]
        there = [r for _, r in asked.iterrows() if phase_of(float(r["delay_days"]), outline.phases) == phase]
        rows += [[name, _describe_measure(plan, r), t(f"actor.{r['responsible']}"), _cost(plan, r)] for r in there]
    columns = (
        TableColumn(t("contingency.phase"), 1),
        TableColumn(t("contingency.measure"), 3.4),
        TableColumn(t("contingency.who"), 1.6),
        TableColumn(t("sheet.cost"), 1.4, "end"),
    )
    return make_table(t("contingency.measures_caption", service=sector_label(plan, sector)), columns, rows)


def _describe_measure(plan: PlanContext, row: pd.Series) -> Cell:
    """What is asked for and for which need; whether it is the quick answer or another one to the same need."""
    t, need = plan.t, plan.t.label(plan.means.needs[row["need_id"]].labels)
    return Cell(write_answer(plan.view, plan.means, row), t(f"contingency.role_{row['role']}", need=need))


def _cost(plan: PlanContext, row: pd.Series) -> Cell:
    t = plan.t
    return Cell(
        write_mad(row["cost_central_mad"], t),
        write_range(row["cost_low_mad"], row["cost_high_mad"], t),
    )


def build_resources(plan: PlanContext) -> list[Block]:
    """The gap table: need by the norm, functional, missing, measure, delay, cost, competence, who decides and who may pay."""
    t = plan.t
    widths: dict[str, tuple[float, Align]] = {
        "need": (1.9, "start"),
        "needed": (1, "end"),
        "available": (1.2, "end"),
        "missing": (1.05, "end"),
        "answer": (1.8, "start"),
        "cost": (1.4, "end"),
        "decides": (2.2, "start"),
        "reliability": (0.9, "center"),
    }
    columns = [TableColumn(t(f"contingency.gap_{key}"), share, align) for key, (share, align) in widths.items()]
    rows = [_need_row(plan, row) for _, row in plan.needs.iterrows()]
    return [
        Paragraph(t("contingency.resources_lead", month=t.month(plan.month))),
        make_table(t("contingency.gap_caption", name=plan.name, month=t.month(plan.month)), columns, rows),
        Paragraph(t("means.order_of_magnitude"), "small"),
        *_list_support(plan),
    ]


def _list_support(plan: PlanContext) -> list[Block]:
    """What was taken off for support, and who does what here."""
    t, actions = plan.t, read_own_actions(plan.view, [plan.commune])
    deducted = state_deducted(plan.view, plan.answers)
    columns = (
        TableColumn(t("support.who_short"), 1.6),
        TableColumn(t("support.what"), 2.6),
        TableColumn(t("support.where"), 1.2),
        TableColumn(t("support.stage"), 1.6),
        TableColumn(t("support.source"), 1.8),
    )
    rows = [
        [
            Cell(str(row["organisation"])),
            Cell(str(row["activity"]), str(row["quantity"])),
            Cell(str(row["place"])),
            Cell(str(row["status"]), str(row["days"])),
            Cell(str(row["shown"]), t("sign.comma").join((str(row["kind"]), str(row["date"])))),
        ]
        for row in list_actions(plan.view, actions)
    ]
    return [
        Heading(t("support.here")),
        Paragraph(deducted or t("support.deducted_none")),
        *([make_table(t("support.who"), columns, rows)] if rows else [Paragraph(t("support.nobody_here"))]),
    ]


def _need_row(plan: PlanContext, row: pd.Series) -> list[Cell | str]:
    t = plan.t
    known, lacks = pd.notna(row["missing_units"]), bool(row["missing_units"] > 0)
    missing = t.number(row["missing_units"], decimals_of(row["missing_units"]))
    decides = t("sign.between").join((t(f"competence.{row['competence']}"), t(f"actor.{row['responsible']}")))
    need = plan.means.needs[row["need_id"]]
    counted = write_share_of_need(plan.view, need.indicator, [plan.commune]) if known else ""
    return [
        Cell(t.label(need.labels), t("sign.between").join(filter(None, (mark(row["provenance"], t), counted)))),
        t.number(row["need_units"], 1),
        t.number(row["available_units"], 1),
        Cell(missing if known else t(f"status.{row['status']}"), strong=lacks),
        Cell(write_answer(plan.view, plan.means, row), t("means.delay", count=int(row["delay_days"])))
        if lacks
        else NO_VALUE,
        _cost(plan, row) if lacks else NO_VALUE,
        Cell(decides, _financing(plan, row)) if lacks else NO_VALUE,
        row["reliability"] or NO_VALUE,
    ]


def _financing(plan: PlanContext, row: pd.Series) -> str:
    return plan.t("sign.comma").join(plan.t(f"financing.{source}") for source in row["financing"].split())


def build_budget(plan: PlanContext) -> list[Block]:
    """What the main answers cost, by service, by competence and by who may pay."""
    t, needs = plan.t, plan.needs
    by_service = {sector_label(plan, s): total_cost(needs[needs["sector"] == s.value]) for s in plan.figures.services}
    by_competence = {t(f"competence.{c}"): cost for c, cost in costs_by(needs, "competence").items()}
    totals = [[Cell(t("contingency.total"), strong=True), *cost_cells(plan, total_cost(needs), strong=True)]]
    return [
        Paragraph(t("contingency.budget_lead", month=t.month(plan.month))),
        _tabulate_costs(plan, t("contingency.service"), by_service, t("contingency.budget_caption", name=plan.name), totals),
        Heading(t("contingency.by_competence")),
        _tabulate_costs(
            plan, t("contingency.competence"), by_competence, t("contingency.competence_caption", name=plan.name), totals
        ),
        Heading(t("contingency.by_source")),
        _tabulate_sources(plan),
        Paragraph(t("sheet.needs_terms"), "small"),
    ]


def _tabulate_costs(
    plan: PlanContext, first: str, costs: dict[str, CostRange], caption: str, totals: list[list[Cell]]
) -> Table:
    t = plan.t
    columns = [
        TableColumn(first, 2),
        *(TableColumn(t(f"contingency.cost_{bound}"), 1, "end") for bound in ("low", "central", "high")),
    ]
    rows: list[list[Cell]] = [[Cell(name), *cost_cells(plan, cost)] for name, cost in costs.items()]
    return make_table(caption, columns, [*rows, *totals])


def _tabulate_sources(plan: PlanContext) -> Table:
    """Each source of money with what it may be asked for; amounts are not shared out among them: that is negotiated."""
    t, asked = plan.t, dict[str, list[str]]()
    for _, row in sum_answers(plan.needs).iterrows():
        for source in row["financing"].split():
            asked.setdefault(source, []).append(write_answer(plan.view, plan.means, row))
    rows = [(t(f"financing.{source}"), t("sign.between").join(answers)) for source, answers in asked.items()]
    nothing = t("sign.between").join(part for part in state_nothing_missing(plan.view, [plan.commune]) if part)
    columns = (TableColumn(t("contingency.source_of_money"), 1), TableColumn(t("contingency.may_pay"), 3))
    return make_table(t("contingency.sources_caption"), columns, rows or [(NO_VALUE, nothing)])
