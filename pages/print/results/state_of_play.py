"""The state of play of the territory on one page, and the paragraph of a newsletter: the same sentences as the report."""

from __future__ import annotations

from analytics.resource_gap import MAIN, total_cost
from data.records.animator_posts import ANIMATOR_POSTS
from pages.print.half_year.changes import headlines, state_service
from pages.print.half_year.context import Report
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph
from pages.print.results import logframe, meetings, network, work_plan
from pages.print.results.papers import Paper
from pages.words.gaps import quick_gap
from pages.words.registers import read_rows
from pages.words.totals import cost_at_least


def build_state_of_play(report: Report) -> Paper:
    """One page: services, what is missing, activities, results, network, commitments."""
    t, view = report.t, report.view
    services = tuple(state_service(report, indicator) for indicator in headlines(report))
    gaps = quick_gap(view, view.figures.definition_set.means, view.codes)
    cost = total_cost(gaps[gaps["role"] == MAIN])
    blocks: list[Block] = [Heading(t("papers.services")), Bullets(services)]
    blocks.append(Paragraph(t("papers.missing_cost", cost=cost_at_least(t, cost.central_mad, cost.missing_count))))
    for heading, sentence in _registers(report):
        blocks += [Heading(heading), Paragraph(sentence)]
    return Paper(t("papers.state"), t("papers.state_of", place=report.place, month=t.month(report.last)), tuple(blocks))


def write_newsletter(report: Report) -> str:
    """A paragraph for a newsletter: the change of each service, then activities and results."""
    t = report.t
    opening = t("papers.news_opening", place=report.place, first=t.month(report.first), last=t.month(report.last))
    said = [state_service(report, indicator) for indicator in headlines(report)]
    said += [sentence for _, sentence in _registers(report)[:2]]
    closing = [t("papers.news_simulated")] if report.view.figures.has_demonstration else []
    return " ".join((opening, *said, *closing))


def _registers(report: Report) -> list[tuple[str, str]]:
    """Activities, results, network and commitments in a sentence each; those without a row are left out."""
    t, view, day = report.t, report.view, report.day
    activities, results = work_plan.read_activities(view, day), logframe.read_results(view, day)
    posts, commitments = read_rows(view, ANIMATOR_POSTS, day), meetings.read_commitments(view, day)
    found = [
        (activities, "results.part_work", lambda: work_plan.state_activities(view, activities)),
        (results, "results.part_logframe", lambda: logframe.state_results(view, results)),
        (posts, "results.part_network", lambda: network.state_network(view, posts)),
        (commitments, "results.commitments", lambda: meetings.state_commitments(view, commitments)),
    ]
    return [(t(key), say()) for rows, key, say in found if len(rows)]
