"""The ranking with its intervals: rank by the median, between which ranks, with whom it is tied."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.ranking import tied_communes
from pages.html import fill
from pages.print.charts.catalogue import intervals_chart
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.certainty import write_ranks
from pages.words.links import commune_link
from pages.words.ranks import decimals_of, is_score, scale_of, unit_of

SHOWN_AT_FIRST = 20
ORDERS = ("rank", "probability_high", "people_above_norm", "name")


def render_ranking(screen: Screen, ranking: pd.DataFrame) -> None:
    """The list in the chosen order; the communes tied with the one that the reader follows are marked."""
    t = screen.t
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    order = left.selectbox(t("compare.order"), ORDERS, format_func=lambda o: t(f"compare.order_{o}"), key="compare_order")
    followed = middle.selectbox(
        t("compare.follow"), list(ranking.index), index=None, format_func=screen.name, key="compare_follow",
        placeholder=t("compare.follow_placeholder"),
    )  # fmt: skip
    everything = right.toggle(t("compare.all"), key="compare_all", disabled=len(ranking) <= SHOWN_AT_FIRST)
    ties = tied_communes(ranking, followed) if followed else []
    if followed:
        st.caption(t("compare.tied_with", name=screen.name(followed), count=len(ties)))
    ordered = ranking.sort_values(order, ascending=order in ("rank", "name"), na_position="last", kind="stable")
    shown = ordered if everything else ordered.head(SHOWN_AT_FIRST)
    scale = scale_of(screen, ranking)
    rows = [_row(screen, row, scale, row.Index == followed, row.Index in ties) for row in shown.itertuples()]
    figures = screen.figures
    html = fill(
        "ranking", t, rows=rows, unit=unit_of(screen), total=len(ranking), left_out=len(screen.codes) - len(ranking),
        provenance=figures.provenance_of_result(screen.chosen.indicator, screen.chosen.month),
        norm=None if is_score(screen) else 100 / scale,
    )  # fmt: skip
    show_places(screen, html, [intervals_chart(screen)], key="compare-ranking")


def _row(screen: Screen, row, scale: float, followed: bool, tied: bool) -> dict[str, object]:  # type: ignore[no-untyped-def]
    t = screen.t
    decimals = decimals_of(screen)
    severity = None if pd.isna(row.severity_class) else int(row.severity_class)
    return {
        "code": row.Index,
        "name": row.name,
        "href": commune_link(screen, row.Index),
        "rank": t.number(int(row.rank)),
        "ranks": write_ranks(t, row),
        "median": t.number(row.median, decimals),
        **_interval(screen, row, scale, decimals),
        "probability": t.percent(row.probability_high),
        "ties": t.number(int(row.ties)),
        "people": t.number(row.people_above_norm, 0),
        "severity": severity,
        "color": screen.figures.definitions.legend.color(severity),
        "reliability": row.reliability,
        "mark": "followed" if followed else "tied" if tied else "",
    }


def _interval(screen: Screen, row, scale: float, decimals: int) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """The interval in words and as a bar, in percent of the scale; where there is no service, beyond every number."""
    t = screen.t
    if pd.isna(row.median):
        return {"interval": t("pressure.no_service"), "start": 100, "width": 0, "dot": 100}
    low, middle, high = (round(100 * min(figure, scale) / scale, 1) for figure in (row.low, row.median, row.high))
    words = t("compare.between", low=t.number(row.low, decimals), high=t.number(row.high, decimals))
    return {"interval": words, "start": low, "width": round(high - low, 1), "dot": middle}
