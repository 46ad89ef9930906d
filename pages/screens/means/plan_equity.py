"""How evenly each plan leaves capacity shared, before and after, the three plans side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.allocation import Allocation, AllocationCriterion
from analytics.allocation_equity import BEFORE, lowest, measure_equity
from analytics.resources import Means
from analytics.situation import Situation
from data.i18n import Translator
from pages.widgets.html import show
from pages.widgets.screen import Screen

# Rows of the table: the measure, its decimals; None for a share.
MEASURES: dict[str, int | None] = {
    "gini": 3,
    "theil": 4,
    "between": 4,
    "within": 4,
    "quantile_ratio": 1,
    "people_in_high_class": None,
}
COLUMNS = (BEFORE, *(name.value for name in AllocationCriterion))


def equity_of_plans(
    screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame, allocation: Allocation
) -> pd.DataFrame:
    """Equity before and after each plan, by kind of unit (``analytics.allocation_equity``)."""
    figures = screen.figures
    groups = dict(figures.communes["group_code"])
    return measure_equity(allocation, rows, means, figures.definitions, groups, situation.month, situation.assumptions)


def render_equity(screen: Screen, measured: pd.DataFrame) -> None:
    """The finding in a sentence, then every measure for the kind of unit that the reader asks for."""
    t = screen.t
    kinds = list(measured["kind"].unique())
    st.subheader(state_equity(measured[measured["kind"] == kinds[0]], t))
    st.caption(t("equity.lead"))
    kind = st.selectbox(
        t("equity.kind"), kinds, format_func=lambda k: t(f"equity.kind_{k}"), key="means_equity_kind", width=360
    )
    own = measured[measured["kind"] == kind].set_index("plan")
    missing = int(own["missing_count"].max())
    show(
        "means_equity",
        t,
        columns=[t("equity.before" if c == BEFORE else f"plan.{c}") for c in COLUMNS],
        rows=[_row(own, measure, t) for measure in MEASURES],
        left_out=t("summary.left_out", count=missing) if missing else "",
    )


def state_equity(measured: pd.DataFrame, t: Translator) -> str:
    """Which plan leaves the most even share, and which the least demand in class 4 or 5; that none does where none does.

    Args:
        measured: the rows of one kind.
    """
    before = measured.set_index("plan").loc[BEFORE]
    if pd.isna(before["gini"]) and before["missing_count"]:
        known = int(before["concerned_count"] - before["missing_count"])
        return t("equity.too_few", known=known, concerned=int(before["concerned_count"]))
    even, high = lowest(measured), lowest(measured, "people_in_high_class")
    said = []
    if even is not None:
        figures = {"before": t.number(float(before["gini"]), 3), "after": t.number(float(even["gini"]), 3)}
        said.append(t("equity.finding", plan=t(f"plan.{even['plan']}"), **figures))
    if high is not None:
        shares = (t.percent(float(row["people_in_high_class"])) for row in (before, high))
        figures = dict(zip(("before", "after"), shares, strict=True))
        said.append(t("equity.finding_high", plan=t(f"plan.{high['plan']}"), **figures))
    return t("equity.both", first=said[0], second=said[1]) if len(said) > 1 else (said or [t("equity.finding_none")])[0]


def _row(own: pd.DataFrame, measure: str, t: Translator) -> dict[str, object]:
    decimals = MEASURES[measure]
    known = [float(own.at[c, measure]) if c in own.index else float("nan") for c in COLUMNS]
    return {
        "label": t(f"equity.{measure}"),
        "help": t(f"equity.{measure}_help"),
        "is_part": measure in ("between", "within"),
        "figures": [t.percent(v) if decimals is None else t.number(v, decimals) for v in known],
    }
