"""Call for projects on one need: which communes lack it, how much, what it costs, and what an offer must say."""

from __future__ import annotations

import pandas as pd

from analytics.resource_gap import MAIN, total_cost
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, TableColumn, make_table
from pages.print.results.papers import Paper
from pages.words.gaps import quick_gap, state_deducted, write_answer, write_units
from pages.words.money import write_mad, write_range
from pages.words.totals import cost_at_least
from pages.words.view import View

ASKED = ("association", "need", "quantity", "funding", "delay", "upkeep")


def list_lacking(view: View) -> pd.DataFrame:
    """Main rows of the gap table of the chosen territory in which something is missing, the largest gap first."""
    gaps = quick_gap(view, view.figures.definition_set.means, view.codes)
    lacking = gaps[(gaps["role"] == MAIN) & (gaps["missing_units"] > 0)]
    return lacking.sort_values(["need_id", "gap", "commune_code"], ascending=[True, False, True], ignore_index=True)


def build_call(view: View, need_id: str) -> Paper:
    """The call, with a row for each commune that lacks the need."""
    t, means = view.t, view.figures.definition_set.means
    lacking = list_lacking(view)
    rows = lacking[lacking["need_id"] == need_id]
    cost = total_cost(rows)
    columns = (
        TableColumn(t("results.commune"), 1.6),
        TableColumn(t("results.missing"), 1.2, "end"),
        TableColumn(t("diaspora.answer"), 2.4),
        TableColumn(t("diaspora.cost"), 1.2, "end"),
        TableColumn(t("papers.call_range"), 1.6, "end"),
    )
    cells = [
        [
            view.name(row["commune_code"]),
            write_units(view, row["missing_units"], row["unit"]),
            write_answer(view, means, row),
            write_mad(row["cost_central_mad"], t),
            write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        ]
        for _, row in rows.iterrows()
    ]
    need = t.label(means.needs[need_id].labels)
    blocks: list[Block] = [
        Paragraph(t("papers.call_lead", month=t.month(view.chosen.month))),
        make_table(t("papers.call_table", need=need), columns, cells),
        Paragraph(t("papers.call_total", cost=cost_at_least(t, cost.central_mad, cost.missing_count))),
        Paragraph(state_deducted(view, rows) or t("support.deducted_none"), "small"),
        Heading(t("papers.call_asked")),
        Bullets(tuple(t(f"papers.call_{name}") for name in ASKED), numbered=True),
        Paragraph(t("papers.call_rule")),
        Paragraph(t("diaspora.call_never"), "small"),
    ]
    return Paper(t("papers.call"), need, tuple(blocks))
