"""The ranking with its intervals: rank by the median, between which ranks, with whom it is tied."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.ranking import count_ties, tied_communes
from pages.ui.certainty import write_ranks
from pages.ui.html import fill
from pages.ui.picture_charts import intervals_chart
from pages.ui.pictures import show_places
from pages.ui.rank_list import commune_link
from pages.ui.screen import Screen

SCORE_SCALE = 100.0
SHOWN_AT_FIRST = 20
ORDERS = ("rank", "probability_high", "people_above_norm", "name")


def read_ranking(screen: Screen) -> pd.DataFrame:
    """The communes of the territory that have a rank on the chosen result, the first first: interval, ranks, ties, people."""
    figures, chosen = screen.figures, screen.chosen
    intervals = figures.intervals(chosen.month).loc[chosen.indicator]
    everyone = intervals[intervals["rank"].notna()]
    # Nobody stays nobody: a column of all communes would bring them into a table without rows.
    results = figures.of_month(chosen.indicator, chosen.month).reindex(everyone.index)
    return (
        everyone.assign(
            ties=count_ties(everyone),
            people_above_norm=figures.people_above_norm(chosen.indicator, chosen.month).reindex(everyone.index),
            severity_class=results["severity_class"],
            reliability=results["reliability"],
            name=[screen.name(code) for code in everyone.index],
        )
        .loc[[code for code in screen.codes if code in everyone.index]]
        .sort_values(["rank", "people_above_norm"], ascending=[True, False], kind="stable")
    )


def state_finding(screen: Screen, ranking: pd.DataFrame) -> str:
    """The first commune, and how many cannot be told from it."""
    if ranking.empty:
        return screen.t("finding.nothing_assessed", result=screen.result_label(screen.chosen.indicator))
    first = ranking.iloc[0]
    return screen.t("compare.finding", name=first["name"], count=int(first["ties"]))


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


def is_score(screen: Screen) -> bool:
    """Whether the chosen result is a score, not a pressure."""
    return screen.chosen.indicator not in screen.figures.definitions.indicators


def scale_of(screen: Screen, ranking: pd.DataFrame) -> float:
    """End of the bars: 100 for a score, the highest interval otherwise, so that all bars share it."""
    return SCORE_SCALE if is_score(screen) else max(1.5, float(ranking["high"].quantile(0.95)))


def decimals_of(screen: Screen) -> int:
    """With how many decimals the chosen result is written."""
    return 0 if is_score(screen) else 1


def unit_of(screen: Screen) -> str:
    """What the scale of the ranking counts."""
    t, definitions = screen.t, screen.figures.definitions
    if is_score(screen):
        return t("compare.unit_score")
    indicator = definitions.indicators[screen.chosen.indicator]
    return t(f"unit.{indicator.unit}") if indicator.goalposts else t("compare.unit_norm")
