"""Initiatives of the diaspora, and which need of a commune each offer may meet, by the rule of ``analytics.offers``."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.offers import Rule, match_offers
from analytics.resource_gap import MAIN
from data.i18n import NO_VALUE
from data.records.initiatives import INITIATIVES
from pages.print.plan.blocks import Block, Cell, Paragraph
from pages.print.results.parts import first_cell, table_of, write_total
from pages.words.gaps import quick_gap
from pages.words.money import write_mad
from pages.words.registers import Row, read_rows, write_word
from pages.words.view import View

# An initiative in one of these stages still looks for what it may do, or for how.
OPEN_STAGES = ("idea", "seeking")
_COLUMNS = (
    ("association", 1.8), ("commune", 1.1), ("project", 2), ("amount", 1, "end"), ("state_share", 1, "end"), ("stage", 0.9),
    ("seeks", 1),
)  # fmt: skip
_OFFER_COLUMNS = (
    ("association", 1.6), ("commune", 1.2), ("need", 1.8), ("offered", 0.8, "end"), ("missing", 0.8, "end"), ("met", 0.8, "end"),
    ("by_rule", 1.8),
)  # fmt: skip


def build_initiatives(view: View, day: date) -> list[Block]:
    """The table of initiatives with their sum."""
    t, rows = view.t, read_rows(view, INITIATIVES, day)
    cells = [_cells(view, row) for row in rows.to_dict("records")]
    lead = t(
        "results.initiatives_finding",
        count=len(rows),
        amount=write_total(t, rows["amount_mad"]),
        state=write_total(t, rows["state_share_mad"]),
    )
    return [
        *([Paragraph(lead, "lead")] if len(rows) else []),
        *table_of(t, t("results.initiatives"), _COLUMNS, cells, rows),
    ]


def build_offers(view: View, day: date) -> list[Block]:
    """Offers beside needs, with the rule."""
    t, rows = view.t, read_rows(view, INITIATIVES, day)
    rows = rows[rows["stage"].isin(OPEN_STAGES)]
    matches = read_matches(view, rows)
    known = rows.set_index("code")
    cells = [_offer_cells(view, row, known.loc[row["code"]]) for row in matches.to_dict("records")]
    return [
        *table_of(t, t("results.offers"), _OFFER_COLUMNS, cells, rows),
        Paragraph(t("results.offers_rule"), "small"),
    ]


def read_matches(view: View, initiatives: pd.DataFrame) -> pd.DataFrame:
    """``analytics.offers.match_offers`` of initiatives beside the gaps of the chosen territory in the chosen month."""
    gaps = quick_gap(view, view.figures.definition_set.means, view.codes)
    return match_offers(initiatives, gaps[gaps["role"] == MAIN])


def _cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    need = write_word(view, "need", row["need"]) if row["need"] else ""
    return [
        first_cell(row, row["association"], t),
        Cell(view.name(row["commune_code"]), row["country"]),
        Cell(row["project"], need),
        write_mad(row["amount_mad"], t),
        write_mad(row["state_share_mad"], t),
        write_word(view, "stage", row["stage"]),
        write_word(view, "seeks", row["seeks"]),
    ]


def _offer_cells(view: View, row: Row, offer: pd.Series) -> list[Cell | str]:
    t = view.t
    unit = view.figures.definition_set.means.needs[row["need_id"]].unit
    rule, whole = Rule(row["rule"]), unit.startswith("persons")
    figures = [
        NO_VALUE if pd.isna(row[name]) else t.quantity(row[name], unit, 0 if whole or float(row[name]).is_integer() else 1)
        for name in ("offered", "missing", "met")
    ]
    return [
        first_cell(offer.to_dict(), str(offer["association"]), t),
        view.name(row["commune_code"]),
        write_word(view, "need", row["need_id"]),
        *figures,
        t(f"results.rule_{rule.value}"),
    ]
