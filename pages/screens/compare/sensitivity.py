"""What moves the ranking: one assumption at a time, as bars, the most moving first; computed when asked for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.print.charts.catalogue import sensitivity_chart
from pages.widgets.html import show
from pages.widgets.pictures import offer_charts
from pages.widgets.screen import Screen
from pages.words.ranks import label_move

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
