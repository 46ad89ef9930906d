"""The ten communes to look at first: rank, possible ranks, whether among the first, why, score in two parts, class."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from analytics.baseline_rules import BASELINE_IDS
from analytics.provenance import least_firm
from analytics.ranking import unranked_communes
from pages.html import fill
from pages.widgets import notices
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.words.certainty import write_too_few
from pages.words.ranks import count_in_words, rank_row, say_out_of_class
from pages.words.sources import cite

SHOWN = 10


def render_first_communes(screen: Screen, results: pd.DataFrame) -> None:
    """Draw the list for one month's results, or say what to look at when no commune can be ranked."""
    ranks = fill_first_communes(screen, results)
    if not ranks:
        notices.render_nothing_assessed(screen, write_too_few(screen, screen.chosen.indicator))
        return
    screen.open_commune(render_clickable(ranks, key="first-communes"))


def fill_first_communes(screen: Screen, results: pd.DataFrame) -> Markup:
    """The list as HTML, each commune a link to its profile; empty when no commune can be ranked."""
    ranked = screen.in_order_of_rank(results)
    if ranked.empty:
        return Markup()
    first = ranked.head(SHOWN)
    rows = [rank_row(screen, row) for _, row in first.iterrows()]
    provenance = least_firm(results["provenance"])
    size = screen.figures.definitions.uncertainty.first_communes[0]
    return fill(
        "rank_list",
        screen.t,
        rows=rows,
        unranked_count=len(unranked_communes(results)),
        provenance=provenance,
        source=cite(screen, [screen.chosen.indicator]),
        size=size,
        has_parts=screen.chosen.indicator not in BASELINE_IDS,
        tiers=count_in_words(screen, ranked),
        out_of_class=say_out_of_class(screen, first),
    )
