"""Short papers: minutes of a coordination meeting, state of play, terms of reference of a gap, convocation, monthly sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.records.commitments import COMMITMENTS
from data.records.training_levels import TRAINING_LEVELS
from data.records.training_sessions import TRAINING_SESSIONS
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, TableColumn, make_table
from pages.print.results import meetings
from pages.words.data_version import name_version
from pages.words.douars import douar_name, list_douars
from pages.words.registers import read_rows, write_day, write_place, write_word
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class Paper:
    """A short document: its title, of what, its blocks."""

    title: str
    subject: str
    blocks: tuple[Block, ...]


def write_docx(view: View, paper: Paper) -> bytes:
    """The paper as DOCX, with the data that it rests on in its foot."""
    # Lazy import of python-docx: only a request for a file pays for it.
    from pages.print.plan.docx import write_paper

    t, figures = view.t, view.figures
    foot = t("contingency.on_snapshot", snapshot=name_version(t, figures.snapshot_id), method=view.method)
    foot = f"{foot} · {t('deck.demonstration')}" if figures.has_demonstration else foot
    return write_paper(paper.title, paper.subject, paper.blocks, foot, t)


def build_minutes(view: View, meeting: date, today: date) -> Paper:
    """Minutes of a coordination meeting: organisations and functions, topics, commitments; then what earlier meetings left open."""
    t = view.t
    rows = read_rows(view, COMMITMENTS, today)
    of_meeting = rows[rows["meeting_date"] == meeting.isoformat()]
    earlier = meetings.read_commitments(view, today)
    earlier = earlier[
        (earlier["meeting_date"] < meeting.isoformat()) & earlier["followed"].isin([meetings.DUE, meetings.OVERDUE])
    ]
    left = tuple(
        t("half_year.promised", actor=row["actor"], commitment=row["commitment"]) for row in earlier.to_dict("records")
    )
    open_ones: list[Block] = [Heading(t("papers.left_open")), Bullets(left)] if left else []
    return Paper(
        t("papers.minutes"),
        t("papers.minutes_of", day=t.date(meeting)),
        (
            Heading(t("papers.present")),
            Paragraph(t("papers.functions_only"), "small"),
            Bullets(tuple(dict.fromkeys(of_meeting["actor"]))),
            Heading(t("papers.topics")),
            Bullets(tuple(dict.fromkeys(of_meeting["topic"])), numbered=True),
            Heading(t("results.commitments")),
            *meetings.build_commitments(view, today, meeting),
            *open_ones,
            Heading(t("papers.next_meeting")),
            Paragraph(t("papers.next_meeting_line")),
            Paragraph(t("papers.read_and_agreed")),
        ),
    )


def build_convocation(view: View, code: str, today: date) -> Paper:
    """Whom a session is for: functions and places by commune, from the levels missing. No name: each commune designates."""
    t = view.t
    sessions = read_rows(view, TRAINING_SESSIONS).set_index("code")
    session = sessions.loc[code]
    levels = read_rows(view, TRAINING_LEVELS, today)
    asked = levels[(levels["skill"] == session["skill"]) & (levels["target"] > levels["level"])].sort_values("commune_code")
    columns = (
        TableColumn(t("results.commune"), 1.6),
        TableColumn(t("results.post_kind"), 2),
        TableColumn(t("results.agents"), 1, "end"),
        TableColumn(t("papers.confirmed"), 1.4),
    )
    rows = [
        [view.name(row["commune_code"]), write_word(view, "post", row["post"]), t.number(row["agents"]), ""]
        for row in asked.to_dict("records")
    ]
    table: list[Block] = [make_table(t("papers.convened"), columns, rows)] if rows else []
    where = t(
        "papers.session_line",
        day=write_day(session["reference_date"], t),
        place=write_place(view, session["place"]),
        hours=t.number(session["hours"]),
        seats=t.number(session["seats"]),
    )
    return Paper(
        t("papers.convocation"),
        str(session["title"]),
        (Paragraph(where), *table, Paragraph(t("papers.no_name"), "small"), Paragraph(t("papers.attendance"))),
    )


def build_monthly_sheet(view: View, commune: str) -> Paper:
    """The sheet that an animator fills in a month: a row for each douar of the commune, largest first; then what was noticed."""
    t = view.t
    douars = list_douars(view, [commune]).sort_values("population", ascending=False, kind="stable")
    columns = (
        TableColumn(t("column.place_name"), 2.2),
        TableColumn(t("column.population"), 0.9, "end"),
        TableColumn(t("papers.visited_on"), 1.1),
        TableColumn(t("papers.households_seen"), 1.1, "end"),
        TableColumn(t("papers.seen_service"), 2.6),
    )
    rows = [
        [douar_name(view, str(code), row["place_name"]), t.number(row["population"]), "", "", ""]
        for code, row in douars.iterrows()
    ]
    table: list[Block] = [make_table(t("papers.sheet_table"), columns, rows)] if rows else [Paragraph(t("douar.none"))]
    return Paper(
        t("papers.sheet"),
        t("papers.sheet_of", name=view.name(commune)),
        (
            Paragraph(t("papers.sheet_month")),
            *table,
            Heading(t("papers.sheet_noticed")),
            Paragraph(t("papers.sheet_never"), "warning"),
            Paragraph(t("papers.sheet_lines")),
        ),
    )
