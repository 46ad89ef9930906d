"""Chapters of a half-year report: its summary, activities, indicators, decisions, supports, the network."""

from __future__ import annotations

from data.i18n import NO_VALUE
from data.records.decisions import Decision
from pages.print.half_year.changes import headlines, state_service
from pages.print.half_year.context import Report
from pages.print.plan.blocks import Block, Bullets, Cell, Heading, Paragraph, TableColumn, make_table
from pages.print.results import logframe, meetings, network, targeting, training, work_plan
from pages.words.registers import write_place


def build_summary(report: Report) -> list[Block]:
    """One line for each service, then activities, results, decisions, commitments."""
    t, view = report.t, report.view
    activities = work_plan.within(work_plan.read_activities(view, report.day), report.begins, report.day)
    results = logframe.read_results(view, report.day)
    lines = [
        *(state_service(report, indicator) for indicator in headlines(report)),
        *([work_plan.state_activities(view, activities)] if len(activities) else []),
        *([logframe.state_results(view, results)] if len(results) else []),
        t("half_year.decisions_count", count=len(list_decisions(report))),
    ]
    return [Bullets(tuple(lines))]


def build_activities(report: Report) -> list[Block]:
    """Activities planned in the half-year, beside their plan."""
    return work_plan.build_work_plan(report.view, report.day, report.begins)


def build_indicators(report: Report) -> list[Block]:
    """The logical frame at both dates, and a donor's common outputs."""
    t = report.t
    return [
        *logframe.build_logframe(report.view, report.day, report.before),
        Heading(t("results.donor_outputs")),
        *logframe.build_donor_outputs(report.view, report.day),
    ]


def list_decisions(report: Report) -> list[Decision]:
    """Decisions of councils of the territory noted in the half-year and still in force."""
    view = report.view
    inside = {view.chosen.territory, *view.codes}
    return [
        decision
        for decision in view.figures.records.decisions
        if decision.draft.subject in inside and report.begins <= decision.noted_at.date() <= report.day
    ]


def build_decisions(report: Report) -> list[Block]:
    """What councils decided, then what coordination meetings committed to."""
    t, decisions = report.t, list_decisions(report)
    columns = (
        TableColumn(t("results.place"), 1.2),
        TableColumn(t("annex.decision"), 3),
        TableColumn(t("annex.responsible"), 1.4),
        TableColumn(t("annex.due"), 1),
        TableColumn(t("annex.noted"), 1),
    )
    rows = [_decision_row(report, decision) for decision in decisions]
    table: list[Block] = [make_table(t("half_year.decisions"), columns, rows)] if rows else []
    return [
        *(table or [Paragraph(t("results.none", what=t("half_year.decisions")), "small")]),
        Heading(t("results.commitments")),
        *meetings.build_commitments(report.view, report.day),
    ]


def _decision_row(report: Report, decision: Decision) -> list[Cell | str]:
    t, draft = report.t, decision.draft
    due = t.date(draft.due_date) if draft.due_date else NO_VALUE
    overdue = t("results.follow_overdue") if draft.due_date and draft.due_date < report.day else ""
    return [
        write_place(report.view, draft.subject),
        draft.text,
        draft.responsible or NO_VALUE,
        Cell(due, overdue),
        t.date(decision.noted_at.date()),
    ]


def build_network(report: Report) -> list[Block]:
    """Animators, training, targeting in aggregate."""
    t, view, day = report.t, report.view, report.day
    return [
        Heading(t("results.part_network")),
        *network.build_posts(view, day),
        Heading(t("results.part_training")),
        *training.build_sessions(view, day),
        *training.build_gaps(view, day),
        *training.build_signs(view),
        Heading(t("results.part_targeting")),
        *targeting.build_counts(view, day),
    ]
