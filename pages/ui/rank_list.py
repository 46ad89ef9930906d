"""The ten communes to look at first: rank and rank interval, why, score split into structural and due to displacement, class."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from analytics.ranking import unranked_communes
from analytics.summary import displacement_share
from pages.ui import notices
from pages.ui.certainty import write_ranks
from pages.ui.clickable import render_clickable
from pages.ui.html import fill
from pages.ui.screen import Screen

SHOWN = 10


def render_first_communes(screen: Screen, results: pd.DataFrame) -> None:
    """Draw the list for one month's results, or say what to look at when no commune can be ranked."""
    ranks = fill_first_communes(screen, results)
    if not ranks:
        notices.render_nothing_assessed(screen)
        return
    screen.open_commune(render_clickable(ranks, key="first-communes"))


def fill_first_communes(screen: Screen, results: pd.DataFrame) -> Markup:
    """The list as HTML, each commune a link to its profile; empty when no commune can be ranked."""
    ranked = screen.in_order_of_rank(results)
    if ranked.empty:
        return Markup()
    rows = [rank_row(screen, row) for _, row in ranked.head(SHOWN).iterrows()]
    provenance = screen.figures.provenance_of_result(screen.chosen.indicator, screen.chosen.month)
    return fill("rank_list", screen.t, rows=rows, unranked_count=len(unranked_communes(results)), provenance=provenance)


def commune_link(screen: Screen, commune_code: str) -> str:
    """Address of a commune's profile in the current selection."""
    return "commune?" + urlencode({**screen.chosen.address(), "commune": commune_code})


def rank_row(screen: Screen, row: pd.Series) -> dict[str, object]:
    """One ranked commune in the reader's words: between which ranks, why, score, class."""
    t, legend = screen.t, screen.figures.definitions.legend
    displaced = displacement_share(row["score"], row["score_without_displaced"])
    severity = int(row["severity_class"])
    known = pd.notna(displaced)
    return {
        "rank": t.number(row["rank"]),
        "ranks": write_ranks(t, row),
        "name": screen.name(row["commune_code"]),
        "why": _why(screen, row),
        "code": row["commune_code"],
        "href": commune_link(screen, row["commune_code"]),
        "structural": round(row["score"] - displaced, 1) if known else round(row["score"], 1),
        "displacement": round(displaced, 1) if known else 0,
        "detail": t("rank.detail", score=t.number(row["score"], 0), displaced=t.number(displaced, 0)),
        "severity": severity,
        "color": legend.color(severity),
        "class_label": t.label(legend.classes[severity - 1].labels),
    }


def _why(screen: Screen, row: pd.Series) -> str:
    """The sector or indicator that weighs most, with its figure against the norm where it has one."""
    t, figures = screen.t, screen.figures
    worst = row["worst_indicator"] or row["indicator_id"]
    if worst in figures.definitions.sector_labels:
        worst = figures.of_month(worst, screen.chosen.month).at[row["commune_code"], "worst_indicator"] or worst
    if worst not in figures.definitions.indicators:
        return screen.result_label(worst)
    result = figures.of_month(worst, screen.chosen.month).loc[row["commune_code"]]
    return t("rank.why", indicator=screen.result_label(worst), times=screen.figure_against_norm(worst, result))
