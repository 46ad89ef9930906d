"""Choosing communes by stated criteria: the adviser weights them, sees the short list and how firmly each commune is on it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.assessment import COMPOSITE_ID
from analytics.selection_criteria import list_unknown, select_places
from pages.html import fill
from pages.print.charts.catalogue import short_list_chart
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.links import commune_link

CRITERIA = ("severity", "people", "displaced", "health_distance", "school_distance", "booklet", "intensity")
FIRST_WEIGHTS = {"severity": 3, "people": 3, "displaced": 2}
MOST, SIZES = 5, (3, 30)
FIRST_SIZE = 10


def render_criteria(screen: Screen) -> None:
    """Weights at one side, the short list at the other."""
    t = screen.t
    st.caption(t("compare.criteria_lead"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        weights = {name: _weight(screen, name) for name in CRITERIA}
        size = st.slider(t("compare.size"), *SIZES, FIRST_SIZE, key="compare_size")
    with right:
        criteria = read_criteria(screen)
        if not any(weights.values()):
            st.info(t("compare.no_weight"))
            return
        _render_list(screen, criteria, weights, size)


def _weight(screen: Screen, name: str) -> int:
    return st.slider(
        screen.t(f"compare.criterion_{name}"), 0, MOST, FIRST_WEIGHTS.get(name, 0), key=f"compare_weight_{name}"
    )


def read_criteria(screen: Screen) -> pd.DataFrame:
    """Each criterion by commune of the territory, the higher the more in need."""
    figures, month = screen.figures, screen.chosen.month
    hosted = figures.column("displaced_from_elsewhere", month) / figures.column("population", month)
    columns = {
        "severity": figures.of_month(COMPOSITE_ID, month)["score"],
        "people": figures.people_above_norm(COMPOSITE_ID, month),
        "displaced": hosted,
        "health_distance": figures.of_month("HEA07", month)["value"],
        "school_distance": figures.of_month("EDU08", month)["value"],
        "booklet": figures.of_month("CIV10", month)["value"],
        "intensity": figures.column("mmi_intensity", month),
    }
    return pd.DataFrame(columns).loc[screen.codes]


def _render_list(screen: Screen, criteria: pd.DataFrame, weights: dict[str, int], size: int) -> None:
    t = screen.t
    listed = select_places(criteria, weights, size)
    shown = listed.head(size + size // 2)
    rows = [
        {
            "position": t.number(int(row.position)),
            "code": row.Index,
            "name": screen.name(row.Index),
            "href": commune_link(screen, row.Index),
            "points": t.number(100 * row.points, 0),
            "share": t.percent(row.share_selected),
            "width": round(100 * row.share_selected, 1),
            "selected": row.selected,
        }
        for row in shown.itertuples()
    ]
    html = fill("short_list", t, rows=rows, left_out=len(list_unknown(criteria, weights)))
    show_places(screen, html, [short_list_chart(screen, shown, weights)], key="compare-short-list")
