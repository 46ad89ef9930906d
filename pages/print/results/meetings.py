"""Commitments of coordination meetings: who committed to what by when, and whether it is kept, late or dropped."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd

from data.records.commitments import COMMITMENTS
from pages.print.plan.blocks import Block, Cell, Paragraph
from pages.print.results.parts import first_cell, table_of
from pages.words.registers import Row, read_rows, write_day, write_place
from pages.words.view import View

KEPT, DUE, OVERDUE, DROPPED = "kept", "due", "overdue", "dropped"
_COLUMNS = (("actor", 1.8), ("commitment", 2.8), ("topic", 1.2), ("due", 1.1), ("followed", 1.1))


def read_commitments(view: View, day: date, meeting: date | None = None) -> pd.DataFrame:
    """Commitments on a day with ``followed``: kept, due, overdue, dropped; of one meeting where its day is given."""
    rows = read_rows(view, COMMITMENTS, day)
    rows = rows if meeting is None else rows[rows["meeting_date"] == meeting.isoformat()]
    return rows.assign(followed=[_follow(row, day) for row in rows.to_dict("records")])


def build_commitments(view: View, day: date, meeting: date | None = None) -> list[Block]:
    """The table, with how many are kept."""
    t, rows = view.t, read_commitments(view, day, meeting)
    lead = state_commitments(view, rows)
    cells = [_cells(view, row) for row in rows.to_dict("records")]
    return [
        *([Paragraph(lead, "lead")] if len(rows) else []),
        *table_of(t, t("results.commitments"), _COLUMNS, cells, rows),
    ]


def state_commitments(view: View, rows: pd.DataFrame) -> str:
    """How many commitments are kept, still due, overdue."""
    counts = Counter(rows["followed"])
    return view.t("results.commitments_finding", all=len(rows), kept=counts[KEPT], due=counts[DUE], overdue=counts[OVERDUE])


def meetings_of(view: View) -> list[date]:
    """Days of the meetings with a commitment, the newest first."""
    return sorted({date.fromisoformat(day) for day in read_rows(view, COMMITMENTS)["meeting_date"]}, reverse=True)


def _follow(row: Row, day: date) -> str:
    if row["state"] == "done":
        return KEPT
    if row["state"] == "dropped":
        return DROPPED
    return OVERDUE if row["due_date"] and date.fromisoformat(row["due_date"]) < day else DUE


def _cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    return [
        first_cell(row, row["actor"], t),
        Cell(row["commitment"], row["verification"]),
        Cell(row["topic"], write_place(view, row["place"])),
        write_day(row["due_date"], t),
        t(f"results.follow_{row['followed']}"),
    ]
