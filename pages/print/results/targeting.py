"""Targeting in aggregate: the rules as criteria, how many were looked at and meet them, appeals. No list of people, ever."""

from __future__ import annotations

from datetime import date

from data.i18n import NO_VALUE
from data.programme_files import load_rules
from data.records.eligibility import ELIGIBILITY
from pages.print.plan.blocks import Block, Bullets, Cell, Heading, Paragraph
from pages.print.results.parts import first_cell, table_of
from pages.words.registers import Row, read_rows, write_people, write_word
from pages.words.view import View

_COLUMNS = (
    ("commune", 1.4), ("rule", 1.5), ("assessed", 0.9, "end"), ("eligible", 0.9, "end"), ("main_reason", 1.8), ("appeals", 1, "end"),
)  # fmt: skip


def build_counts(view: View, day: date) -> list[Block]:
    """Counts by commune or douar; small ones withheld."""
    t, rows = view.t, read_rows(view, ELIGIBILITY, day)
    cells = [_cells(view, row) for row in rows.to_dict("records")]
    return [*table_of(t, t("results.eligibility"), _COLUMNS, cells, rows), Paragraph(t("results.eligibility_note"), "small")]


def build_rules(view: View) -> list[Block]:
    """Each rule with its criteria, and whether somebody confirmed it."""
    t = view.t
    blocks: list[Block] = []
    for rule in load_rules(view.figures.province).values():
        said = t("results.is_verified" if rule.verified else "results.not_verified")
        blocks.append(Heading(f"{t.label(dict(rule.labels))} ({said})"))
        blocks.append(Bullets(tuple(t.label(dict(labels)) for labels in rule.criteria), numbered=True))
    return blocks


def _cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    place = view.name(row["commune_code"])
    cell = first_cell(row, t("results.douar_of", douar=row["douar"], name=place) if row["douar"] else place, t)
    upheld = t("results.appeals_upheld", count=write_people(view, row["appeals_upheld"]))
    return [
        cell,
        write_word(view, "rule", row["rule"]),
        write_people(view, row["assessed"]),
        write_people(view, row["eligible"]),
        row["main_reason"] or NO_VALUE,
        Cell(write_people(view, row["appeals"]), upheld if row["appeals_upheld"] >= 0 else ""),
    ]
