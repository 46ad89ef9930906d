"""Chapters of a half-year report: what it gives to learn from, and the next half-year."""

from __future__ import annotations

from analytics.progress import Track
from data.i18n import NO_VALUE
from pages.print.half_year.changes import headlines, list_silent
from pages.print.half_year.context import Report
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph
from pages.print.results import meetings, work_plan

SILENT_SHOWN = 10


def build_lessons(report: Report) -> list[Block]:
    """What the figures give to learn from: what stopped and why, what lags, who did not report at both dates."""
    t, view = report.t, report.view
    activities = work_plan.read_activities(view, report.day)
    late = activities[activities["track"] == Track.LATE]
    stopped = activities[activities["track"] == Track.STOPPED]
    lines = [
        t("results.stopped_why", title=row["title"], why=row["reason"] or NO_VALUE) for row in stopped.to_dict("records")
    ]
    lines += [
        t(
            "half_year.late",
            title=row["title"],
            progress=t.percent(row["progress"]),
            planned=t.percent(row["planned"]),
        )
        for row in late.to_dict("records")
    ]
    for indicator in headlines(report):
        if silent := list_silent(report, indicator):
            names = t("sign.comma").join(silent[:SILENT_SHOWN])
            lines.append(t("half_year.silent", indicator=view.result_label(indicator), count=len(silent), names=names))
    return [Bullets(tuple(lines))] if lines else [Paragraph(t("half_year.no_lesson"), "small")]


def build_next(report: Report) -> list[Block]:
    """Activities planned in the next half-year, and commitments that are open."""
    t, view = report.t, report.view
    first, last = report.ahead
    activities = work_plan.within(work_plan.read_activities(view, report.day), first, last)
    left = work_plan.read_activities(view, report.day)
    left = left[left["track"].isin([Track.LATE]) & ~left["code"].isin(activities["code"])]
    open_ones = meetings.read_commitments(view, report.day)
    open_ones = open_ones[open_ones["followed"].isin([meetings.DUE, meetings.OVERDUE])]
    lines = [*work_plan.list_ahead(view, activities), *work_plan.list_ahead(view, left)]
    promised = [
        t("half_year.promised", actor=row["actor"], commitment=row["commitment"]) for row in open_ones.to_dict("records")
    ]
    found: Block = Bullets(tuple(lines)) if lines else Paragraph(t("results.none", what=t("results.part_work")), "small")
    kept: list[Block] = [Heading(t("results.commitments")), Bullets(tuple(promised))] if promised else []
    return [Paragraph(t("half_year.next_lead", first=t.date(first), last=t.date(last))), found, *kept]
