"""What is missing for one need or in one commune at a time, with its totals; the whole list for whoever asks for it."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.resource_gap import ALTERNATIVE, MAIN, summarise_needs, total_cost
from analytics.resources import Means
from pages.html import fill
from pages.widgets.screen import Screen
from pages.widgets.session import MEANS_KEYS
from pages.words.gaps import commune_row, need_row, write_answer
from pages.words.money import write_range
from pages.words.totals import cost_at_least

SHOWN = 40
SORTS: dict[str, tuple[str, bool]] = {
    "gap": ("gap", False),
    "pressure": ("pressure", False),
    "cost": ("cost_central_mad", False),
    "commune": ("commune_code", True),
}
NEED, COMMUNE, ALL = KINDS = ("need", "commune", "all")
# ``need:<id>``, ``commune:<code>`` or ``all``, as the session and the address hold it.
(_ONLY,) = MEANS_KEYS


def address() -> dict[str, str]:
    """What is looked at alone, where the reader or an address said."""
    return {_ONLY: str(st.session_state[_ONLY])} if st.session_state.get(_ONLY) else {}


def render_detail(screen: Screen, means: Means, rows: pd.DataFrame, mark: tuple[Hashable, ...]) -> None:
    """A need or a commune with its total, then its lines, sorted by what the reader asks.

    Args:
        mark: all that the rows depend on besides the selection (``View.keep``).
    """
    t = screen.t
    lacking, offered = screen.keep("means-lacking", lambda: _list_lacking(screen, rows), *mark)
    kind, chosen = _current(offered)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choose(screen, means, offered, kind, chosen)
        order = st.selectbox(t("means.sort"), list(SORTS), format_func=lambda o: t(f"means.sort_{o}"), width=260)
        everything = kind == COMMUNE or st.toggle(t("means.all_rows"))
    column = {NEED: "need_id", COMMUNE: "commune_code"}.get(kind)

    def write() -> tuple[str, str, Markup]:
        own, counted = ((part if column is None else part[part[column] == chosen]) for part in (lacking, rows))
        said = _total(screen, means, kind, chosen, counted, len(own)) if column and len(own) else ("", "")
        return *said, _fill_rows(screen, means, own, rows, str(order), everything=bool(everything))

    total, uncounted, lines = screen.keep("means-detail", write, kind, chosen, order, everything, *mark)
    if total:
        st.markdown(f"**{total}**")
    if uncounted:
        st.caption(uncounted)
    st.html(lines)


def _list_lacking(screen: Screen, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """The lines in which something is missing or not known, and by kind what may be looked at alone."""
    lacking = rows[(rows["role"] == MAIN) & ((rows["missing_units"] > 0) | (rows["status"] == "missing"))]
    costs = lacking.groupby("need_id")["cost_central_mad"].sum()
    return lacking, {
        NEED: list(costs.sort_values(ascending=False, kind="stable").index),
        COMMUNE: sorted(lacking["commune_code"].unique(), key=screen.name),
    }


def _current(offered: dict[str, list[str]]) -> tuple[str, str]:
    """What the session asks for where it can be shown; else the need that costs the most."""
    kind, _, chosen = str(st.session_state.get(_ONLY, "")).partition(":")
    if kind == ALL:
        return ALL, ""
    if kind in offered and chosen in offered[kind]:
        return kind, chosen
    return NEED, next(iter(offered[NEED]), "")


def _choose(screen: Screen, means: Means, offered: dict[str, list[str]], kind: str, chosen: str) -> None:
    t = screen.t
    st.session_state["means_only_kind"] = kind
    st.segmented_control(
        t("means.only"), KINDS, format_func=lambda k: t(f"means.only_{k}"), key="means_only_kind", required=True,
        on_change=_keep_kind, args=(offered, screen.chosen.commune),
    )  # fmt: skip
    if kind == ALL or not offered[kind]:
        return
    st.session_state["means_only"] = chosen
    st.selectbox(
        t("means.need" if kind == NEED else "means.commune"),
        offered[kind],
        format_func=lambda it: t.label(means.needs[it].labels) if kind == NEED else screen.name(it),
        key="means_only",
        on_change=_keep,
        width=320,
    )


def _keep_kind(offered: dict[str, list[str]], commune: str) -> None:
    """The first of the kind, or the commune that the reader follows."""
    kind = st.session_state["means_only_kind"]
    known = offered.get(kind, [])
    first = commune if commune in known else next(iter(known), "")
    st.session_state[_ONLY] = f"{kind}:{first}" if first else kind


def _keep() -> None:
    st.session_state[_ONLY] = f"{st.session_state['means_only_kind']}:{st.session_state['means_only']}"


def _total(screen: Screen, means: Means, kind: str, chosen: str, rows: pd.DataFrame, lines: int) -> tuple[str, str]:
    """What is missing in all and what that costs, at least where figures are missing from it; and whom it does not count."""
    t = screen.t
    if kind == NEED:
        summary = summarise_needs(rows).iloc[0]
        row = need_row(screen, means, summary, list(rows["commune_code"].unique()))
        said = {"name": row["label"], "missing": row["missing"], "cost": _cost(screen, str(row["cost"]), str(row["range"]))}
        return t("means.only_need_total", **said, count=int(summary["communes"])), str(row["left_out"])
    cost = total_cost(rows)
    written = cost_at_least(t, cost.central_mad, cost.missing_count)
    span = write_range(cost.low_mad, cost.high_mad, t)
    return t("means.only_commune_total", name=screen.name(chosen), count=lines, cost=_cost(screen, written, span)), ""


def _cost(screen: Screen, cost: str, span: str) -> str:
    return screen.t("means.only_cost", cost=cost, range=span) if span else cost


def _fill_rows(
    screen: Screen, means: Means, own: pd.DataFrame, rows: pd.DataFrame, order: str, *, everything: bool
) -> Markup:
    column, ascending = SORTS[order]
    ordered = own.sort_values([column, "commune_code", "need_id"], ascending=[ascending, True, True], na_position="last")
    shown = ordered if everything else ordered.head(SHOWN)
    others = rows[(rows["role"] == ALTERNATIVE) & (rows["resource_units"] > 0)]
    beside: dict[tuple[str, str], list[str]] = {(row.commune_code, row.need_id): [] for row in shown.itertuples()}
    for _, row in others.iterrows():
        if (row["commune_code"], row["need_id"]) in beside:
            beside[row["commune_code"], row["need_id"]].append(write_answer(screen, means, row))
    lines = [commune_row(screen, means, row, beside[row["commune_code"], row["need_id"]]) for _, row in shown.iterrows()]
    return fill("means_gap", screen.t, rows=lines, shown=len(shown), total=len(ordered))
