"""Chapters 10 to 13: who does what, with which neighbours, what is said to whom, when the plan is looked at again."""

from __future__ import annotations

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Sector
from pages.figures.access import read_access, services_with_access
from pages.print.plan.blocks import Block, Bullets, Cell, Heading, Paragraph, Table, TableColumn, make_table
from pages.print.plan.context import PlanContext
from pages.print.plan.words import class_cell, sector_label, write_headline
from pages.words.titles import worst_label

SESSIONS_SHOWN = 3


def build_organisation(plan: PlanContext) -> list[Block]:
    """The communal unit by function, with room for names on paper; the matrix of responsibilities."""
    t, outline = plan.t, plan.outline
    unit = [(t(f"actor.{actor}"), "", "") for actor in outline.unit]
    columns = (
        TableColumn(t("contingency.function"), 2),
        TableColumn(t("contingency.holder"), 2),
        TableColumn(t("contingency.telephone"), 1.4),
    )
    return [
        Paragraph(t("contingency.organisation_lead")),
        make_table(t("contingency.unit_caption"), columns, unit),
        Paragraph(t("contingency.unit_rule"), "small"),
        Heading(t("contingency.responsibilities_heading")),
        _tabulate_responsibilities(plan),
        Paragraph(
            t("sign.between").join(f"{at} {t(f'actor.{actor}')}" for at, actor in enumerate(outline.actors, 1)), "small"
        ),
        Paragraph(t("contingency.roles_key", status=t(f"norm_status.{outline.status}")), "small"),
        Paragraph(t("contingency.orsec")),
    ]


def _tabulate_responsibilities(plan: PlanContext) -> Table:
    t, outline = plan.t, plan.outline
    columns = [
        TableColumn(t("contingency.action"), 4),
        *(TableColumn(str(at), 0.7, "center") for at in range(1, len(outline.actors) + 1)),
    ]
    rows: list[list[Cell | str]] = [
        [t.label(dict(r.labels)), *(Cell(role, strong="A" in role) for role in r.roles)] for r in outline.responsibilities
    ]
    return make_table(t("contingency.responsibilities_caption"), columns, rows)


def build_neighbours(plan: PlanContext) -> list[Block]:
    """The communes around: class, displaced persons, service that weighs most; people who cross; what is done together."""
    t, figures, month = plan.t, plan.figures, plan.view.chosen.month
    rows = []
    for code in figures.neighbours(plan.commune):
        results = figures.of_commune(code, month)
        composite = results.loc[COMPOSITE_ID]
        worst = worst_label(plan.view, composite, results)
        rows.append((plan.view.name(code), class_cell(plan, composite), worst, plan.view.count("displaced_persons", code)))
    columns = (
        TableColumn(t("commune.choose"), 1.6),
        TableColumn(t("behind.class"), 1.6),
        TableColumn(t("contingency.worst_service"), 1.4),
        TableColumn(t("overview.displaced"), 1, "end"),
    )
    return [
        make_table(t("contingency.neighbours_caption", name=plan.name, month=t.month(month)), columns, rows),
        Heading(t("contingency.crossing_heading")),
        Bullets(tuple(_describe_crossing(plan, sector) for sector in services_with_access(plan.figures))),
        Heading(t("contingency.together_heading")),
        Bullets(tuple(t.label(dict(labels)) for labels in plan.outline.coordination)),
    ]


def _describe_crossing(plan: PlanContext, sector: Sector) -> str:
    t = plan.t
    row = read_access(plan.figures, sector, plan.view.chosen.month).loc[plan.commune]
    if pd.isna(row["imported"]) and pd.isna(row["exported"]):
        return t("contingency.crossing_unknown", service=sector_label(plan, sector))
    imported, exported = (t.number(row[column], 0) for column in ("imported", "exported"))
    return t("contingency.crossing", service=sector_label(plan, sector), imported=imported, exported=exported)


def build_communication(plan: PlanContext) -> list[Block]:
    """What households are told and how they are heard."""
    return [Bullets(tuple(plan.t.label(dict(labels)) for labels in plan.outline.communication))]


def build_follow_up(plan: PlanContext) -> list[Block]:
    """When the plan is looked at again, and at which figures."""
    t, outline = plan.t, plan.outline
    sessions = plan.next_sessions(SESSIONS_SHOWN)
    dated = t("sign.comma").join(t.month(day) for day in sessions)
    headlines = plan.figures.definitions.headlines
    columns = (
        TableColumn(t("contingency.service"), 1),
        TableColumn(t("behind.indicator"), 2),
        TableColumn(t("contingency.now"), 1, "end"),
    )
    rows = [
        (sector_label(plan, sector), plan.view.result_label(headlines[sector]), write_headline(plan, sector))
        for sector in plan.figures.services
    ]
    return [
        Bullets(tuple(t.label(dict(labels)) for labels in outline.follow_up)),
        Paragraph(t("contingency.next_sessions", sessions=dated)),
        Heading(t("contingency.watch_heading")),
        make_table(t("contingency.watch_caption", name=plan.name), columns, rows),
    ]
