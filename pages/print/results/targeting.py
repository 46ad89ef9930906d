"""Targeting in aggregate: the rules as criteria, how many were looked at and meet them, appeals. No list of people, ever."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.disclosure import DisclosureRule, is_small, second_part, withhold_share
from data.i18n import NO_VALUE
from data.programme_files import load_rules
from data.records.eligibility import ELIGIBILITY
from pages.print.plan.blocks import Block, Bullets, Cell, Heading, Paragraph
from pages.print.results.parts import first_cell, table_of
from pages.words.registers import Row, read_rows, round_findings, smallest, write_people, write_word
from pages.words.view import View

_COLUMNS = (
    ("commune", 1.4), ("rule", 1.5), ("assessed", 0.9, "end"), ("eligible", 0.9, "end"), ("main_reason", 1.8), ("appeals", 1, "end"),
)  # fmt: skip


def build_counts(view: View, day: date) -> list[Block]:
    """Counts by commune or douar; small ones withheld."""
    t, rows = view.t, read_rows(view, ELIGIBILITY, day)
    withheld = find_withheld(rows, smallest(view))
    pairs = zip(round_findings(view, rows).to_dict("records"), withheld.to_dict("records"), strict=True)
    cells = [_cells(view, row, hidden) for row, hidden in pairs]
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


def find_withheld(rows: pd.DataFrame, rule: DisclosureRule) -> pd.DataFrame:
    """Which counts of which rows may not be told: small ones; one whose rest is small; and where a commune is told beside its douars,
    a second douar where one alone is withheld."""
    found: dict[str, np.ndarray] = {}
    for part, whole in (("eligible", "assessed"), ("appeals_upheld", "appeals")):
        some, everybody = rows[[part, whole]].to_numpy(dtype=float).T
        found |= {part: withhold_share(some, everybody, rule), whole: is_small(everybody, rule)}
    hidden = pd.DataFrame(found, index=rows.index)
    for _, douars in rows[rows["douar"] != ""].groupby(["rule", "commune_code"]):
        for name in found:
            values, told = douars[[name]].to_numpy(dtype=float), hidden.loc[douars.index, [name]].to_numpy()
            hidden.loc[douars.index, name] |= second_part(values, told)[:, 0]
    return hidden


def _cells(view: View, row: Row, hidden: Row) -> list[Cell | str]:
    t = view.t
    said = {name: write_people(view, row[name], withheld=withheld) for name, withheld in hidden.items()}
    place = view.name(row["commune_code"])
    cell = first_cell(row, t("results.douar_of", douar=row["douar"], name=place) if row["douar"] else place, t)
    upheld = t("results.appeals_upheld", count=said["appeals_upheld"])
    return [
        cell,
        write_word(view, "rule", row["rule"]),
        said["assessed"],
        said["eligible"],
        row["main_reason"] or NO_VALUE,
        Cell(said["appeals"], upheld if row["appeals_upheld"] >= 0 else ""),
    ]
