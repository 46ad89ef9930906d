"""Chapters 2, 3 and 5: context and diagnosis, risks, pressure on the services."""

from __future__ import annotations

import pandas as pd

from analytics.bounds import BOUNDS, CENTRAL
from analytics.model import Sector
from analytics.scenario import risk_level
from data.i18n import NO_VALUE
from geo.palette import RISK_FILLS
from pages.figures.access import read_access, services_with_access
from pages.print.history_svg import HistoryText
from pages.print.outlook_svg import draw_outlook_line, outlook_top
from pages.print.plan.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Table,
    TableColumn,
    make_table,
)
from pages.print.plan.context import PlanContext
from pages.print.plan.words import class_cell, range_cell, sector_label
from pages.print.sheet.parts import describe_indicator, list_facts
from pages.words.outlooks import state_outlook
from pages.words.scenario import label, write_risk

EVERY_MONTHS = 3
SCALE = range(1, 6)
_DAMAGE = ("mmi_intensity", "shelter_proxy_households", "shelter_proxy_persons", "dwelling_rural_pct", "dwelling_basic_pct")
# Colours of the matrix of risks: they carry no more than the number in the cell.


def build_context(plan: PlanContext) -> list[Block]:
    """Who lives there and who came, what the services offer, what was damaged, how good the figures are."""
    t, month = plan.t, plan.view.chosen.month
    facts = list_facts(plan.view, plan.commune, plan.composite)
    return [
        make_table(
            t("contingency.facts_caption", name=plan.name, month=t.month(month)),
            (
                TableColumn(t("contingency.fact"), 2),
                TableColumn(t("contingency.figure"), 1, "end"),
                TableColumn(t("contingency.remark"), 2),
            ),
            [(fact.label, Cell(fact.value, fact.mark), fact.note) for fact in facts],
        ),
        Heading(t("contingency.services_heading")),
        _tabulate_indicators(plan),
        Heading(t("contingency.damage_heading")),
        _tabulate_damage(plan),
        Heading(t("contingency.quality_heading")),
        Bullets(tuple(_describe_quality(plan))),
    ]


def _tabulate_indicators(plan: PlanContext) -> Table:
    t, definitions = plan.t, plan.figures.definitions
    rows = [describe_indicator(plan.view, i.id, plan.results) for i in definitions.indicators.values() if i.in_brief]
    widths = {"indicator": 3.2, "value": 1, "norm": 1.1, "pressure": 1.3, "class": 1.6, "gap": 1, "reliability": 0.9}
    ends = ("value", "norm", "pressure", "gap")
    columns = [TableColumn(t(f"behind.{key}"), share, "end" if key in ends else "start") for key, share in widths.items()]
    return make_table(
        t("contingency.services_caption", name=plan.name, month=t.month(plan.view.chosen.month)),
        columns,
        [
            (
                # The unit stands with the name, as on the sheet: beside the figure a count of one would take a plural.
                Cell(f"{row['id']} {row['label']} ({row['unit']})", str(row["mark"])),
                str(row["value"]),
                Cell(str(row["norm"]), str(row["norm_status"])),
                str(row["pressure"]),
                class_cell(plan, plan.results.loc[str(row["id"])]),
                str(row["gap"]),
                str(row["reliability"]) or NO_VALUE,
            )
            for row in rows
        ],
    )


def _tabulate_damage(plan: PlanContext) -> Table:
    t, variables = plan.t, plan.view.variables
    rows = []
    for name in _DAMAGE:
        kind = plan.figures.provenance(name, plan.view.chosen.month, plan.commune)
        said = t(f"provenance.{kind}") if kind else ""
        rows.append((t.label(variables[name].labels), plan.view.count(name, plan.commune), said))
    columns = (
        TableColumn(t("contingency.fact"), 3),
        TableColumn(t("contingency.figure"), 1, "end"),
        TableColumn(t("contingency.kind"), 1.5),
    )
    return make_table(t("contingency.damage_caption", name=plan.name), columns, rows)


def _describe_quality(plan: PlanContext) -> list[str]:
    """Reliability, what is missing, and whether anything is simulated."""
    t, grade = plan.t, plan.composite["reliability"]
    absent = plan.results[plan.results["status"].isin(["missing", "insufficient"])].index
    graded = t("sheet.graded", grade=t(f"reliability.{grade}")) if grade else t("contingency.grade_unknown")
    names = t("sign.comma").join(plan.view.result_label(i) for i in absent)
    return [
        t("contingency.quality_grade", grade=graded),
        t("contingency.quality_missing", names=names) if names else t("contingency.quality_complete"),
        t("sheet.demonstration" if plan.has_demonstration else "sheet.without_demonstration"),
    ]


def build_risks(plan: PlanContext) -> list[Block]:
    """The scenarios of the library by probability and impact, and what makes the commune vulnerable."""
    t, known = plan.t, plan.figures.definition_set.library
    numbered = {key: chr(ord("A") + at) for at, key in enumerate(known)}
    names = [(Cell(numbered[key], strong=True), label(plan.view, s), write_risk(plan.view, s)) for key, s in known.items()]
    columns = (TableColumn("", 0.4), TableColumn(t("contingency.scenario"), 3), TableColumn(t("contingency.risk"), 3))
    return [
        make_table(t("contingency.risks_caption"), columns, names),
        Paragraph(t("contingency.matrix_lead")),
        _draw_matrix(plan, numbered),
        Heading(t("contingency.vulnerability_heading")),
        Bullets(tuple(_describe_vulnerability(plan))),
    ]


def _draw_matrix(plan: PlanContext, numbered: dict[str, str]) -> Table:
    """Probability down, impact across; each scenario by its letter."""
    t, known = plan.t, plan.figures.definition_set.library
    rows = []
    for probability in reversed(SCALE):
        cells = [Cell(t("contingency.probability", probability=probability), strong=True)]
        for impact in SCALE:
            inside = [numbered[k] for k, s in known.items() if (s.probability, s.impact) == (probability, impact)]
            cells.append(Cell(" ".join(inside), str(probability * impact), RISK_FILLS[risk_level(probability * impact)]))
        rows.append(cells)
    columns = [TableColumn("", 1.6), *(TableColumn(t("contingency.impact", impact=i), 1, "center") for i in SCALE)]
    return make_table(t("contingency.matrix_caption"), columns, rows)


def _describe_vulnerability(plan: PlanContext) -> list[str]:
    """Distance to services, and how much of a service's use comes from neighbours."""
    t, lines = plan.t, []
    for sector in services_with_access(plan.figures):
        access = read_access(plan.figures, sector, plan.view.chosen.month).loc[plan.commune]
        beyond, reach = access["beyond_share"], plan.figures.definition_set.access[sector].reach_km
        parts = [
            t("contingency.beyond", share=t.percent(beyond), km=t.number(reach)) if pd.notna(beyond) else "",
            t("contingency.from_neighbours", share=t.percent(access["from_neighbours_share"]))
            if pd.notna(access["from_neighbours_share"])
            else "",
        ]
        said = t("sign.between").join(p for p in parts if p) or t("contingency.access_unknown")
        lines.append(f"{sector_label(plan, sector)}{t('sign.colon')}{said}")
    return lines


def build_pressure(plan: PlanContext) -> list[Block]:
    """Where the scenario leads each service, in words and as lines side by side; then the months of all of them."""
    t = plan.t
    drawn = tuple(p for p in (_draw_outlook(plan, sector) for sector in plan.figures.services) if p)
    lines: list[Block] = [Pictures(drawn), Paragraph(t("contingency.outlook_key"), "small")] if drawn else []
    return [
        Paragraph(t("contingency.pressure_lead", month=t.month(plan.projection.observed))),
        Bullets(tuple(_state_pressure(plan, sector) for sector in plan.figures.services)),
        *lines,
        _tabulate_months(plan),
        Paragraph(t("contingency.range_rule"), "small"),
    ]


def _state_pressure(plan: PlanContext, sector: Sector) -> str:
    if _is_projected(plan, sector):
        return state_outlook(plan.view, plan.outlook, sector, "contingency.outlook_finding")
    headline = plan.figures.definitions.headlines[sector]
    return plan.t("contingency.outlook_unknown", indicator=plan.view.result_label(headline))


def _is_projected(plan: PlanContext, sector: Sector) -> bool:
    return not pd.isna(plan.outlook.pressure[sector][CENTRAL]).all()


def _draw_outlook(plan: PlanContext, sector: Sector) -> Picture | None:
    """The observed months of a service's headline, then its range; None where nothing is projected."""
    if not _is_projected(plan, sector):
        return None
    t, headline = plan.t, plan.figures.definitions.headlines[sector]
    history = plan.figures.history(plan.commune, headline)
    past, pressure = history["pressure"].to_list(), plan.outlook.pressure[sector]
    months = [*history["reference_date"], *plan.projection.months]
    described = t("contingency.outlook_described", name=plan.name, indicator=plan.view.result_label(headline))
    top = t.number(outlook_top(past, pressure), 1)
    words = HistoryText(described, top, t.short_month(months[0]), t.short_month(months[-1]))
    caption = f"{sector_label(plan, sector)}{t('sign.colon')}{plan.view.result_label(headline)}"
    return Picture(draw_outlook_line(past, pressure, words), described, caption)


def _tabulate_months(plan: PlanContext) -> Table:
    """Every third month ahead and the last one."""
    t, months = plan.t, plan.projection.months
    shown = sorted({*range(EVERY_MONTHS - 1, len(months), EVERY_MONTHS), len(months) - 1})
    columns = [
        TableColumn(t("contingency.month"), 1.4),
        *(TableColumn(sector_label(plan, s), 1, "end") for s in plan.figures.services),
    ]
    rows = [
        [
            Cell(t.month(months[at])),
            *(range_cell(plan, {b: plan.outlook.pressure[s][b][at] for b in BOUNDS}, 1) for s in plan.figures.services),
        ]
        for at in shown
    ]
    return make_table(
        t("contingency.months_caption", name=plan.name, scenario=label(plan.view, plan.scenario)), columns, rows
    )
