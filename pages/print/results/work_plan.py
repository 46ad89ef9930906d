"""The annual work plan: each activity with its quarters, budget line, responsible function, progress beside what was planned."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pandas as pd

from analytics.progress import Track, is_in_period, planned_share, quarters_of, track_activity
from data.i18n import NO_VALUE
from data.records.activities import ACTIVITIES
from pages.print.plan.blocks import Block, Bullets, Cell, Paragraph
from pages.print.results.parts import first_cell, table_of, write_total
from pages.words.money import write_mad
from pages.words.registers import Row, read_rows, write_place, write_word
from pages.words.view import View

_COLUMNS = (
    ("activity", 2.6), ("quarters", 0.8), ("responsible", 1.6), ("budget", 1.1, "end"), ("spent", 1, "end"),
    ("progress", 0.9, "end"), ("planned_progress", 0.9, "end"), ("track", 1),
)  # fmt: skip


def read_activities(view: View, day: date) -> pd.DataFrame:
    """Activities on a day with ``progress`` and ``planned`` as shares, ``track``, and ``quarter_numbers``."""
    rows = read_rows(view, ACTIVITIES, day)
    quarters = [quarters_of(written) for written in rows["quarters"]]
    years = [int(year) for year in rows["year"]]
    planned = [planned_share(year, each, day) for year, each in zip(years, quarters, strict=True)]
    progress = rows["progress_pct"] / 100
    progress = progress.where(rows["state"] != "done", progress.fillna(1.0))
    tracks = [track_activity(*each).value for each in zip(rows["state"], progress, planned, strict=True)]
    return rows.assign(quarter_numbers=quarters, planned=planned, progress=progress, track=tracks)


def within(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Activities with a planned quarter between two days."""
    planned = [is_in_period(int(row["year"]), row["quarter_numbers"], first, last) for row in rows.to_dict("records")]
    return rows[np.array(planned, dtype=bool)]


def build_work_plan(view: View, day: date, first: date | None = None) -> list[Block]:
    """The table on a day; only the activities planned between a first day and that one, where one is given."""
    t, rows = view.t, read_activities(view, day)
    rows = rows if first is None else within(rows, first, day)
    lead = [Paragraph(state_activities(view, rows), "lead")] if len(rows) else []
    stopped = rows[rows["track"] == Track.STOPPED]
    why = tuple(
        t("results.stopped_why", title=row["title"], why=row["reason"] or NO_VALUE) for row in stopped.to_dict("records")
    )
    cells = [_cells(view, row) for row in rows.to_dict("records")]
    table = table_of(t, t("results.work_plan", day=t.date(day)), _COLUMNS, cells, rows)
    return [*lead, *table, *([Bullets(why)] if why else [])]


def state_activities(view: View, rows: pd.DataFrame) -> str:
    """How many activities are done, on time, late, stopped; what is spent of what was planned."""
    counts, t = Counter(rows["track"]), view.t
    said = t(
        "results.work_finding",
        all=len(rows),
        done=counts[Track.DONE],
        on_track=counts[Track.ON_TRACK],
        late=counts[Track.LATE],
        stopped=counts[Track.STOPPED],
    )
    spent = t("results.spent_of", spent=write_total(t, rows["spent_mad"]), budget=write_total(t, rows["budget_mad"]))
    return f"{said} {spent}"


def list_ahead(view: View, rows: pd.DataFrame) -> list[str]:
    """One line for each activity that is not done: what, where, in which quarters, by which function."""
    t = view.t
    left = rows[~rows["track"].isin([Track.DONE, Track.STOPPED])]
    return [
        t(
            "results.ahead_line",
            title=row["title"],
            place=write_place(view, row["place"]),
            quarters=write_quarters(view, row),
            responsible=row["responsible"],
        )
        for row in left.to_dict("records")
    ]


def write_quarters(view: View, row: Row) -> str:
    """Quarters and year in the reader's language."""
    t = view.t
    named = t("sign.comma").join(t("results.quarter", quarter=quarter) for quarter in row["quarter_numbers"])
    return f"{named} {row['year']}"


def _cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    where = t("sign.between").join(part for part in (row["code"], write_place(view, row["place"])) if part)
    cell = first_cell(row, row["title"], t)
    note = t("sign.between").join(part for part in (where, cell.note) if part)
    return [
        Cell(cell.text, note),
        write_quarters(view, row),
        row["responsible"],
        Cell(write_mad(row["budget_mad"], t), row["budget_line"]),
        write_mad(row["spent_mad"], t),
        t.percent(row["progress"]),
        t.percent(row["planned"]),
        _write_standing(view, row),
    ]


def _write_standing(view: View, row: Row) -> Cell:
    """What is done or stopped is said as such; everything else beside its quarters, with what was declared under it."""
    state = write_word(view, "state", row["state"])
    if row["track"] in (Track.DONE, Track.STOPPED):
        return Cell(state)
    return Cell(view.t(f"results.track_{row['track']}"), state)
