"""Training: levels missing, what the figures show of needs, sessions with women and men, how they were rated. No list of people."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.training_needs import places_by_skill, signs_of_figures, training_gaps
from data.i18n import NO_VALUE
from data.records.sign_offs import Step
from data.records.training_levels import TRAINING_LEVELS
from data.records.training_sessions import TRAINING_SESSIONS
from pages.print.plan.blocks import Block, Cell, Paragraph
from pages.print.results.parts import first_cell, table_of
from pages.words.registers import (
    Row,
    read_rows,
    round_findings,
    write_by_sex,
    write_day,
    write_parts,
    write_people,
    write_place,
    write_sums,
    write_word,
)
from pages.words.sign_offs import read_state
from pages.words.view import View

MONTHS = 6
_BACKLOG = "CIV03"
_GAP_COLUMNS = (
    ("commune", 1.3), ("post_kind", 1.6), ("skill", 1.6), ("level", 0.7, "end"), ("level_aimed", 0.7, "end"), ("gap", 0.7, "end"),
    ("agents", 0.8, "end"),
)  # fmt: skip
_SIGN_COLUMNS = (("commune", 1.5), ("skill", 1.6), ("sign", 3))
_SESSION_COLUMNS = (
    ("session", 2.2), ("skill", 1.4), ("day", 1.1), ("session_state", 0.9), ("seats", 0.7, "end"), ("attended", 1.3, "end"),
    ("rated", 1.4, "end"),
)  # fmt: skip
_PLACE_COLUMNS = (
    ("skill", 2), ("communes", 0.9, "end"), ("places", 1, "end"), ("seats_planned", 1.1, "end"), ("short", 1, "end"),
)  # fmt: skip


def build_gaps(view: View, day: date) -> list[Block]:
    """Levels missing by commune and post, and places to fill by skill."""
    t, levels = view.t, read_rows(view, TRAINING_LEVELS, day)
    gaps, sessions = training_gaps(levels), read_rows(view, TRAINING_SESSIONS, day)
    cells = [_gap_cells(view, row) for row in gaps.to_dict("records")]
    places = places_by_skill(gaps, sessions[sessions["state"] == "planned"])
    by_skill = [_place_cells(view, row) for row in places.to_dict("records")]
    return [
        *table_of(t, t("results.training_places"), _PLACE_COLUMNS, by_skill, levels),
        *table_of(t, t("results.training_gaps"), _GAP_COLUMNS, cells, levels.iloc[:0]),
    ]


def build_signs(view: View) -> list[Block]:
    """What the figures of communes show of training needs, in the chosen month and the half-year before it."""
    t, rows = view.t, read_signs(view)
    cells = [_sign_cells(view, row) for row in rows.to_dict("records")]
    table = table_of(t, t("results.training_signs"), _SIGN_COLUMNS, cells, rows.assign(provenance=""))
    return [*table, Paragraph(t("results.signs_rule"), "small")]


def read_signs(view: View) -> pd.DataFrame:
    """``analytics.training_needs.signs_of_figures`` of the chosen territory: a backlog of the registry, months that were sent back,
    months without a figure of the commune's own. Only communes that sent something are told to be without."""
    figures, codes = view.figures, view.codes
    months = [m for m in figures.months if m <= view.chosen.month][-MONTHS:]
    backlog = figures.of_month(_BACKLOG, view.chosen.month)["severity_class"].astype(float).reindex(codes)
    returned = pd.Series({code: _count_returned(view, code, months) for code in codes}, dtype=float)
    silent = pd.Series({code: _count_silent(view, code, months) for code in codes}, dtype=float)
    return signs_of_figures(backlog, returned, silent)


def _count_returned(view: View, code: str, months: list[pd.Timestamp]) -> int:
    steps = (view.figures.records.sign_offs.get((code, month.date())) for month in months)
    return sum(step is not None and step.step is Step.RETURNED for step in steps)


def _count_silent(view: View, code: str, months: list[pd.Timestamp]) -> int:
    states = [read_state(view.figures, code, month) for month in months]
    return sum(state is None for state in states) if any(states) else 0


def build_sessions(view: View, day: date) -> list[Block]:
    """Sessions planned and held, with who came and how they were rated."""
    t, rows = view.t, round_findings(view, read_rows(view, TRAINING_SESSIONS, day).sort_values("reference_date"))
    cells = [_session_cells(view, row) for row in rows.to_dict("records")]
    held = rows[rows["state"] == "held"]
    lead = t(
        "results.sessions_finding",
        held=len(held),
        planned=int((rows["state"] == "planned").sum()),
        **write_sums(view, held, ("women", "men")),
    )
    return [
        *([Paragraph(lead, "lead")] if len(rows) else []),
        *table_of(t, t("results.sessions"), _SESSION_COLUMNS, cells, rows),
    ]


def _gap_cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    return [
        first_cell(row, view.name(row["commune_code"]), t),
        write_word(view, "post", row["post"]),
        write_word(view, "skill", row["skill"]),
        t.number(row["level"]),
        t.number(row["target"]),
        t.number(row["gap"]),
        t.number(row["agents"]),
    ]


def _place_cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    unknown = t("results.agents_unknown", count=int(row["unknown"])) if row["unknown"] else ""
    return [
        write_word(view, "skill", row["skill"]),
        t.number(row["communes"]),
        Cell(t.number(row["places"]), unknown),
        t.number(row["seats"]),
        t.number(row["short"]),
    ]


def _sign_cells(view: View, row: Row) -> list[Cell | str]:
    t, skill = view.t, write_word(view, "skill", row["skill"])
    return [view.name(row["commune_code"]), skill, t(f"results.sign_{row['sign']}", figure=int(row["figure"]))]


def _session_cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    came = pd.Series([row["women"], row["men"]]).sum(min_count=2)
    beside = (write_place(view, row["place"]), first_cell(row, "", t).note)
    return [
        Cell(row["title"], t("sign.between").join(part for part in beside if part)),
        write_word(view, "skill", row["skill"]),
        write_day(row["reference_date"], t),
        write_word(view, "state", row["state"]),
        t.number(row["seats"]),
        Cell(write_people(view, came), write_by_sex(view, row)),
        _write_rating(view, row),
    ]


def _write_rating(view: View, row: Row) -> str:
    levels = ("good", "fair", "poor")
    counts = [row[f"rated_{level}"] for level in levels]
    if all(pd.isna(count) for count in counts):
        return NO_VALUE
    return view.t("results.rated_counts", **dict(zip(levels, write_parts(view, counts), strict=True)))
