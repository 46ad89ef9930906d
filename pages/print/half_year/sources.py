"""The annex of a half-year report: what each figure can be checked by, and the address that gives those of services."""

from __future__ import annotations

import pandas as pd

from data.i18n import NO_VALUE
from data.records.achievements import ACHIEVEMENTS
from pages.print.half_year.changes import headlines
from pages.print.half_year.context import Report
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, TableColumn, make_table
from pages.print.results import logframe, work_plan
from pages.words.registers import read_rows
from pages.words.sources import cite

_SAID = ["code", "said", "verification", "source"]


def build_sources(report: Report) -> list[Block]:
    """Sources of verification by indicator, figure and activity; sources of the figures of services with their addresses."""
    t = report.t
    columns = (
        TableColumn(t("results.code"), 0.8),
        TableColumn(t("results.indicator"), 2.4),
        TableColumn(t("results.verification"), 2),
        TableColumn(t("column.source"), 2.4),
    )
    rows = [[row[name] or NO_VALUE for name in _SAID] for row in _list_verified(report).to_dict("records")]
    table: list[Block] = [make_table(t("results.verification"), columns, rows)] if rows else []
    lines = tuple(_write_line(report, indicator) for indicator in headlines(report))
    return [*table, Heading(t("half_year.figures")), Bullets(lines), Paragraph(t("sheet.legal"), "small")]


def address_of(indicator_id: str, month: pd.Timestamp) -> str:
    """Where the API gives the figures of an indicator in a month, commune by commune."""
    return f"/api/v1/pressure?indicator={indicator_id}&date={month:%Y-%m}"


def _write_line(report: Report, indicator_id: str) -> str:
    t, view = report.t, report.view
    return t(
        "half_year.figure_source",
        indicator=view.result_label(indicator_id),
        sources=cite(view, [indicator_id]) or NO_VALUE,
        first=address_of(indicator_id, report.first),
        last=address_of(indicator_id, report.last),
    )


def _list_verified(report: Report) -> pd.DataFrame:
    """Results, what was reached in the half-year, activities."""
    view, t = report.view, report.t
    results, activities = logframe.read_results(view, report.day), work_plan.read_activities(view, report.day)
    reached = read_rows(view, ACHIEVEMENTS, report.day)
    days = pd.to_datetime(reached["reference_date"]).dt.date
    reached = reached[(days >= report.begins) & (days <= report.day)]
    labels = dict(zip(results["code"], results["indicator"], strict=True))
    said = [
        t(
            "half_year.reached",
            indicator=labels.get(row["result_code"], row["result_code"]),
            figure=t.number(row["achieved"]),
        )
        for row in reached.to_dict("records")
    ]
    parts = [
        results.assign(said=results["indicator"]),
        reached.assign(code=reached["result_code"], said=said),
        activities.assign(said=activities["title"]),
    ]
    return pd.concat([part[_SAID] for part in parts], ignore_index=True)
