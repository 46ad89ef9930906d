"""The ranking with its intervals: rank, possible ranks, whether among the first, and how surely above a followed commune."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.ranking import Tier, tier_of
from pages.html import fill
from pages.print.charts.catalogue import intervals_chart
from pages.print.tables.ranking import build_ranking_table, write_ranking_notes
from pages.widgets.commune_choice import search_commune
from pages.widgets.downloads import offer_workbook
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.certainty import write_ranks, write_sure_tier
from pages.words.class_words import sign_of
from pages.words.links import commune_link
from pages.words.ranks import count_in_words, decimals_of, is_score, say_out_of_class, scale_of, unit_of

SHOWN_AT_FIRST = 20
ORDERS = ("rank", "probability_high", "people_above_norm", "name")


def render_ranking(screen: Screen, ranking: pd.DataFrame) -> None:
    """The list in the chosen order; how surely each commune is above the one that the reader follows stands beside it."""
    t = screen.t
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    order = left.selectbox(t("compare.order"), ORDERS, format_func=lambda o: t(f"compare.order_{o}"), key="compare_order")
    with middle:
        placeholder = t("compare.follow_placeholder")
        followed = search_commune(screen, t("compare.follow"), list(ranking.index), "compare_follow", placeholder)
    everything = right.toggle(t("compare.all"), key="compare_all", disabled=len(ranking) <= SHOWN_AT_FIRST)
    st.caption(count_in_words(screen, ranking))
    above = _above(screen, ranking, followed) if followed else None
    if above is not None:
        st.caption(_compare_with(screen, str(followed), above))
    ordered = ranking.sort_values(order, ascending=order in ("rank", "name"), na_position="last", kind="stable")
    shown = ordered if everything else ordered.head(SHOWN_AT_FIRST)
    if order == "rank" and (out_of_class := say_out_of_class(screen, shown)):
        st.caption(out_of_class)
    html = screen.keep("ranking", lambda: _fill(screen, ranking, shown, followed, above), order, followed, everything)
    show_places(screen, html, [intervals_chart(screen)], key="compare-ranking")
    sheet = lambda: {t("rank.sheet"): build_ranking_table(screen, ranking)}  # noqa: E731
    name = ("classement", screen.chosen.indicator, f"{screen.chosen.month:%Y-%m}")
    offer_workbook(screen, sheet, write_ranking_notes(screen, ranking), *name)


def _fill(
    screen: Screen, ranking: pd.DataFrame, shown: pd.DataFrame, followed: str | None, above: pd.Series | None
) -> Markup:
    scale, chosen = scale_of(screen, ranking), screen.chosen
    rows = [_row(screen, row, scale, above) for _, row in shown.iterrows()]
    return fill(
        "ranking", screen.t, rows=rows, unit=unit_of(screen), total=len(ranking), left_out=len(screen.codes) - len(ranking),
        provenance=screen.figures.provenance_of_result(chosen.indicator, chosen.month),
        norm=None if is_score(screen) else 100 / scale, size=screen.figures.definitions.uncertainty.first_communes[0],
        followed=screen.name(followed) if followed else "",
    )  # fmt: skip


def _above(screen: Screen, ranking: pd.DataFrame, followed: str) -> pd.Series:
    """Probability of each commune of the list of being under more pressure than the followed one, NaN for itself."""
    pairs = screen.figures.pairs(screen.chosen.indicator, screen.chosen.month)
    return pairs[followed].reindex(ranking.index).where(ranking.index != followed)


def _compare_with(screen: Screen, followed: str, above: pd.Series) -> str:
    """Of how many communes it can be said whether they are above the followed one."""
    rules = screen.figures.definitions.uncertainty
    tiers = [tier_of(chance, rules) for chance in above.dropna()]
    counts = {str(tier): tiers.count(tier) for tier in Tier}
    return screen.t("compare.against", name=screen.name(followed), **counts)


def _row(screen: Screen, row: pd.Series, scale: float, above: pd.Series | None) -> dict[str, object]:
    t, decimals = screen.t, decimals_of(screen)
    rules, code = screen.figures.definitions.uncertainty, row["commune_code"]
    severity, color = sign_of(row, screen.figures.definitions.legend)
    chance = None if above is None else above[code]
    is_open = chance is not None and pd.notna(chance) and tier_of(chance, rules) is Tier.OPEN
    return {
        "code": code,
        "name": row["name"],
        "href": commune_link(screen, code),
        "rank": t.number(int(row["rank"])),
        "expected": t.number(row["expected_rank"], 0),
        "ranks": write_ranks(t, row),
        "tier": write_sure_tier(screen, row),
        "first": t.percent(row[f"first_{rules.first_communes[0]}"]),
        "above": "" if chance is None or pd.isna(chance) else t.percent(chance),
        "estimate": t.number(row["estimate"], decimals),
        **_interval(screen, row, scale, decimals),
        "probability": t.percent(row["probability_high"]),
        "people": t.number(row["people_above_norm"], 0),
        "severity": severity,
        "color": color,
        "kind": screen.figures.definitions.class_kind(screen.chosen.indicator).value,
        "reliability": row["reliability"],
        "mark": "followed" if chance is not None and pd.isna(chance) else "open" if is_open else "",
    }


def _interval(screen: Screen, row: pd.Series, scale: float, decimals: int) -> dict[str, object]:
    """The interval in words and as a bar, in percent of the scale; where there is no service, beyond every number."""
    t, (low, estimate, high) = screen.t, (row[name] for name in ("low", "estimate", "high"))
    if pd.isna(estimate):
        return {"interval": t("pressure.no_service"), "start": 100, "width": 0, "dot": 100}
    start, middle, end = (round(100 * min(figure, scale) / scale, 1) for figure in (low, estimate, high))
    words = t("compare.between", low=t.number(low, decimals), high=t.number(high, decimals))
    return {"interval": words, "start": start, "width": round(end - start, 1), "dot": middle}
