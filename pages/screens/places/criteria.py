"""Choosing communities by stated criteria: the adviser weights them, sees which douars come first and how firmly."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.douars import criteria_of
from analytics.selection_criteria import list_unknown, select_places
from pages.html import fill
from pages.print.charts.catalogue import chosen_douars_chart
from pages.widgets.douar_files import render_files
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words import douars as words

FIRST_WEIGHTS = {"people": 2, "health_centre_km": 3, "other_dwelling_pct": 3}
MOST, SIZES, FIRST_SIZE = 5, (5, 60), 20


def render_criteria(screen: Screen) -> None:
    """Weights at one side, the short list at the other."""
    t, douars = screen.t, words.list_douars(screen, screen.codes)
    st.title(t("douar.criteria"))
    if douars.empty:
        st.info(t("douar.none"))
        return
    criteria = criteria_of(douars)
    st.caption(t("douar.criteria_lead"))
    left, right = st.columns([1, 2], gap="large")
    with left:
        weights = {name: _weight(screen, name) for name in criteria.columns if criteria[name].notna().any()}
        size = st.slider(t("douar.size"), *SIZES, FIRST_SIZE, key="douar_size")
    with right:
        if not any(weights.values()):
            st.info(t("compare.no_weight"))
            return
        _render_list(screen, douars, weights, size)


def _weight(screen: Screen, name: str) -> int:
    return st.slider(screen.t(f"douar.criterion_{name}"), 0, MOST, FIRST_WEIGHTS.get(name, 0), key=f"douar_weight_{name}")


def _render_list(screen: Screen, douars: pd.DataFrame, weights: dict[str, int], size: int) -> None:
    t, criteria = screen.t, criteria_of(douars)
    listed = select_places(criteria, weights, size)
    chosen = douars.loc[listed.index[listed["selected"]]]
    rows = [
        {**row, "position": t.number(int(place["position"])), "share": t.percent(place["share_selected"]),
         "width": round(100 * place["share_selected"], 1)}
        for row, place in zip(words.list_rows(screen, chosen, ()), listed.loc[chosen.index].to_dict("records"), strict=True)
    ]  # fmt: skip
    html = fill("douar_short_list", t, rows=rows, left_out=len(list_unknown(criteria, weights)))
    show_places(screen, html, [chosen_douars_chart(screen, douars, chosen)], key="douar-short-list")
    st.caption(t("douar.chosen_total", count=len(chosen), people=t.number(chosen["population"].sum())))
    render_files(screen, chosen, "douars-retenus")
