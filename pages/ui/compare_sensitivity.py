"""What moves the ranking: one assumption at a time, as bars, the most moving first; computed when asked for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui.html import show
from pages.ui.picture_charts import sensitivity_chart
from pages.ui.pictures import offer_charts
from pages.ui.screen import Screen

SHOWN = 12


def render_sensitivity(screen: Screen) -> None:
    """A switch, then the bars."""
    t = screen.t
    st.caption(t("compare.sensitivity_lead"))
    if not st.toggle(t("compare.sensitivity_show"), key="compare_sensitivity"):
        return
    with st.spinner(t("compare.sensitivity_wait")):
        moves = screen.figures.sensitivity(screen.chosen.month)
    if moves["rank_shift"].isna().all():
        st.info(t("notice.nothing_assessed"))
        return
    longest = float(moves["rank_shift"].max()) or 1.0
    show("tornado", t, rows=[_row(screen, move, longest) for _, move in moves.head(SHOWN).iterrows()])
    offer_charts(screen, [sensitivity_chart(screen)], key="compare-sensitivity-chart")


def _row(screen: Screen, move: pd.Series, longest: float) -> dict[str, object]:
    t = screen.t
    return {
        "label": label_move(screen, move),
        "shift": t.number(move["rank_shift"], 1),
        "width": round(100 * move["rank_shift"] / longest, 1),
        "classes": t.number(int(move["class_changes"])),
        "score": t(
            "compare.signed", sign="+" if move["score_shift"] >= 0 else "−", value=t.number(abs(move["score_shift"]), 1)
        ),
    }


def label_move(screen: Screen, move: pd.Series) -> str:
    """An assumption and the way it was moved, in words."""
    t, definitions = screen.t, screen.figures.definitions
    kind, name, way = move["kind"], move["id"], move["way"]
    if kind == "norm":
        return t(f"compare.norm_{way}", label=t.label(definitions.norms[name].labels))
    if kind == "weight":
        return t(f"compare.weight_{way}", label=screen.result_label(name))
    if kind == "rule":
        return t(f"compare.rule_{way}")
    return t(f"compare.{kind}", label=t(f"census.{way}" if kind == "counting" else f"norms.{way}"))
