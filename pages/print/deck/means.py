"""The slide of what is missing and what it costs: the gap table of one commune, as a native table."""

from __future__ import annotations

import pandas as pd

from analytics.provenance import least_firm
from analytics.resource_gap import MAIN, total_cost
from analytics.resources import Means
from pages.print.deck.page import CONTENT, LEAD_POINTS, MUTED, TABLE_POINTS, Box, Deck, Look
from pages.print.deck.service import LEAD, warn, write_source
from pages.words import gaps
from pages.words.faces import state_nothing_missing
from pages.words.support_actions import state_here
from pages.words.view import View

ROWS_SHOWN = 6
ROW_INCHES = 0.58
# What was taken off for support, between the table and what cannot be computed.
DEDUCTED = Box(CONTENT.start, 5.35, CONTENT.width, 0.6)
SHARES = (0.22, 0.11, 0.19, 0.29, 0.19)
COLUMNS = ("need", "missing", "above", "measure", "cost")


def add_means(deck: Deck, view: View, commune: str, means: Means) -> None:
    """What the commune lacks in the month, quick answers first, costs over a year."""
    t = view.t
    rows = gaps.quick_gap(view, means, [commune])
    total = total_cost(rows)
    lacking = lacking_rows(rows)
    page = deck.add_page()
    finding, nothing = gaps.state_finding(view, gaps.observed(view), rows), state_nothing_missing(view, [commune])
    page.write_title(finding if len(lacking) or not total.is_known else nothing[0])
    page.add_text(LEAD, t("deck.means_lead", month=t.month(view.chosen.month)), Look(LEAD_POINTS, color=MUTED))
    if deducted := gaps.state_deducted(view, rows):
        page.add_text(DEDUCTED, deducted, Look(TABLE_POINTS, color=MUTED))
    shown = [gaps.commune_row(view, means, row, []) for _, row in lacking.head(ROWS_SHOWN).iterrows()]
    if shown:
        words = [(str(row["need"]), str(row["missing"]), str(row["above"]), str(row["answer"]), _cost(row)) for row in shown]
        heading = tuple(t(f"deck.means_{column}") for column in COLUMNS)
        box = Box(CONTENT.start, CONTENT.top, CONTENT.width, ROW_INCHES * (len(words) + 1))
        page.add_table(box, [heading, *words], SHARES, t("deck.means_alt", name=view.name(commune)), DEDUCTED.top)
    else:
        page.add_text(CONTENT, t("means.empty") if not total.is_known else nothing[1] or t("means.nothing_missing"))
    unknown = write_unknown(view, means, rows)
    if shown and unknown:
        page.add_text(Box(CONTENT.start, 5.95, CONTENT.width, 0.36), unknown, Look(TABLE_POINTS, color=MUTED))
    provenance = least_firm(rows["provenance"])
    page.add_small_line(
        write_source(view, commune, provenance, [means.needs[need].indicator for need in rows["need_id"].unique()]),
        warn(view, provenance),
    )
    said = [t("sign.colon").join((str(r["need"]), t("sign.comma").join((str(r["missing"]), _cost(r))))) for r in shown]
    page.add_notes(
        t("deck.notes_say", text=t("sign.between").join(said) or nothing[1] or t("means.nothing_missing")),
        t("deck.notes_from", text=" ".join(p for p in (t("deck.means_from"), state_here(view, commune)) if p)),
        t(
            "deck.notes_sure",
            text=" ".join(p for p in (t("means.order_of_magnitude"), unknown, warn(view, provenance)) if p),
        ),
    )


def lacking_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The main answers to what is missing, the dearest first."""
    main = rows[(rows["role"] == MAIN) & (rows["missing_units"] > 0)]
    return main.sort_values(["cost_central_mad", "need_id"], ascending=[False, True], na_position="last")


def write_unknown(view: View, means: Means, rows: pd.DataFrame) -> str:
    """Which needs cannot be computed, so that a total is read as "at least"; empty when all can."""
    absent = rows[(rows["role"] == MAIN) & rows["missing_units"].isna() & (rows["status"] != "not_assessed")]
    labels = [view.t.label(means.needs[need].labels) for need in absent["need_id"]]
    return view.t("deck.means_unknown", needs=view.t("sign.between").join(labels)) if labels else ""


def _cost(row: dict[str, object]) -> str:
    return f"{row['cost']} ({row['range']})" if row["range"] else str(row["cost"])
