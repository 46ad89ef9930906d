"""What changed and why: each service over all communes together, then the communes that changed most."""

from __future__ import annotations

import math

import pandas as pd

from analytics.two_dates import Known
from analytics.whole_change import PARTS, WholeChange
from data.i18n import NO_VALUE
from pages.print.half_year.context import Report
from pages.print.plan.blocks import Block, Cell, Heading, Paragraph, TableColumn, make_table
from pages.words.titles import count_high
from pages.words.two_dates import list_changes, state_changes, write_signed

DECIMALS = 2
# Less than this is written as no change.
LEAST = 0.005
SHOWN = 5


def build_changes(report: Report) -> list[Block]:
    """One table of services with the part of each cause, then service by service the communes."""
    t = report.t
    if report.view.figures.has_demonstration:
        warning: list[Block] = [Paragraph(t("half_year.demonstration"), "warning")]
    else:
        warning = []
    return [
        *warning,
        Paragraph(t("half_year.changes_lead", first=t.month(report.first), last=t.month(report.last))),
        _tabulate_services(report),
        Paragraph(t("half_year.changes_rule"), "small"),
        *(block for indicator in headlines(report) for block in _list_communes(report, indicator)),
    ]


def headlines(report: Report) -> list[str]:
    """The indicator that stands for each service."""
    definitions = report.view.figures.definitions
    return [definitions.headlines[sector] for sector in report.view.figures.services]


def state_change(report: Report, indicator_id: str) -> str:
    """One service in a sentence: before, after, and the largest cause; that it is not known where it is not."""
    t, change = report.t, report.change(indicator_id)
    label = report.view.result_label(indicator_id)
    if math.isnan(change.change):
        return t("half_year.change_unknown", indicator=label)
    if not is_told(change.change):
        return t("half_year.change_none", indicator=label, after=t.number(change.after, DECIMALS))
    cause = max(PARTS, key=lambda part: abs(change.parts[part]))
    return t(
        "half_year.change",
        indicator=label,
        before=t.number(change.before, DECIMALS),
        after=t.number(change.after, DECIMALS),
        change=write_signed(report.view, change.change, DECIMALS),
        cause=t(f"half_year.part_{cause}"),
        part=write_signed(report.view, change.parts[cause], DECIMALS),
    )


def state_service(report: Report, indicator_id: str) -> str:
    """The change of one service over all communes together, then how many of them are under high pressure at the second date: one mean
    below the norm may hold communes far above it."""
    view = report.of_headline(indicator_id)
    results = view.figures.of_month(indicator_id, report.last).loc[view.codes]
    said = state_change(report, indicator_id)
    return said if results["severity_class"].isna().all() else f"{said} {count_high(view, results)}."


def is_told(change: float) -> bool:
    """Whether a change shows in the decimals that are written."""
    return abs(change) >= LEAST


def _tabulate_services(report: Report) -> Block:
    t = report.t
    columns = (
        TableColumn(t("half_year.service"), 2.2),
        TableColumn(t("half_year.before"), 0.9, "end"),
        TableColumn(t("half_year.after"), 0.9, "end"),
        TableColumn(t("half_year.difference"), 0.9, "end"),
        *(TableColumn(t(f"half_year.part_{part}"), 1.3 if part == PARTS[-1] else 1, "end") for part in PARTS),
    )
    rows = [_row(report, indicator, report.change(indicator)) for indicator in headlines(report)]
    return make_table(t("half_year.changes_caption", first=t.month(report.first), last=t.month(report.last)), columns, rows)


def _row(report: Report, indicator_id: str, change: WholeChange) -> list[Cell | str]:
    t, view = report.t, report.view
    indicator = view.figures.definitions.indicators[indicator_id]
    counted = t("half_year.communes", before=change.communes_before, after=change.communes_after, all=len(view.codes))
    figures = (change.before, change.after)
    return [
        Cell(view.result_label(indicator.sector.value), f"{view.result_label(indicator_id)} ({counted})"),
        *(t.number(figure, DECIMALS) for figure in figures),
        _signed(report, change.change, strong=True),
        *(_signed(report, change.parts[part]) for part in PARTS),
    ]


def _signed(report: Report, value: float, strong: bool = False) -> Cell:
    if math.isnan(value):
        return Cell(NO_VALUE)
    return Cell(
        write_signed(report.view, value, DECIMALS) if is_told(value) else report.t.number(0, DECIMALS), strong=strong
    )


def _list_communes(report: Report, indicator_id: str) -> list[Block]:
    t, view = report.t, report.of_headline(indicator_id)
    changes = report.changes(indicator_id)
    said = state_changes(view, changes, t("dates.from", since=t.month(report.first)))
    rows = [
        [str(row[name] or NO_VALUE) for name in ("name", "before", "after", "change", "why")]
        for row in list_changes(view, changes)[:SHOWN]
    ]
    columns = (
        TableColumn(t("results.commune"), 1.4),
        TableColumn(t("half_year.before"), 0.7, "end"),
        TableColumn(t("half_year.after"), 0.7, "end"),
        TableColumn(t("half_year.difference"), 0.7, "end"),
        TableColumn(t("dates.why"), 3),
    )
    label = view.result_label(indicator_id)
    table = [make_table(t("half_year.communes_caption", indicator=label), columns, rows)] if rows else []
    return [Heading(label), Paragraph(said), *table]


def list_silent(report: Report, indicator_id: str) -> list[str]:
    """Communes with a figure at one of the two dates only, by name."""
    changes = report.changes(indicator_id)
    known = changes["known"].isin([Known.FIRST.value, Known.SECOND.value])
    return [report.view.name(str(code)) for code in pd.Index(changes.index[known])]
