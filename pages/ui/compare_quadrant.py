"""Severity against people: a heavy class for few and a light one for many are different tasks."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui.history_chart import INK, MUTED, number_separators
from pages.ui.screen import Screen

LABELLED = 3


def render_quadrant(screen: Screen, ranking: pd.DataFrame) -> None:
    """Draw the communes that have both figures, or say that none has."""
    t = screen.t
    known = ranking[ranking["people_above_norm"] > 0]
    if known.empty:
        st.info(t("compare.quadrant_empty"))
        return
    st.caption(t("compare.quadrant_lead"))
    st.plotly_chart(
        _build(screen, known), key="compare-quadrant", config={"displayModeBar": False}, alt=t("compare.quadrant_alt")
    )


def _build(screen: Screen, known: pd.DataFrame) -> go.Figure:
    t, legend = screen.t, screen.figures.definitions.legend
    figure = go.Figure(layout=_layout(screen))
    for severity in legend.classes:
        members = known[known["severity_class"] == severity.id]
        figure.add_scatter(
            x=members["median"], y=members["people_above_norm"], mode="markers+text", name=f"{severity.id}",
            text=[_label(row, known) for row in members.itertuples()], textposition="top center", textfont={"size": 12},
            marker={"color": severity.color, "size": 11, "line": {"color": INK, "width": 1}, "symbol": severity.id - 1},
            customdata=members["name"], hovertemplate="%{customdata}<br>%{x:.1f} · %{y:,.0f}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=float(known["median"].median()), line={"color": MUTED, "dash": "dot", "width": 1})
    figure.add_hline(y=float(known["people_above_norm"].median()), line={"color": MUTED, "dash": "dot", "width": 1})
    figure.update_xaxes(title=screen.result_label(screen.chosen.indicator))
    figure.update_yaxes(title=t("compare.people"))
    return figure


def _label(row, known: pd.DataFrame) -> str:  # type: ignore[no-untyped-def]
    """Names of those that stand out; the others are named under the pointer and in the list."""
    leading = set(known.nlargest(LABELLED, "people_above_norm").index) | set(known.nlargest(LABELLED, "median").index)
    return str(row.name) if row.Index in leading else ""


def _layout(screen: Screen) -> dict[str, object]:
    return {
        "height": 420,
        "margin": {"l": 56, "r": 12, "t": 12, "b": 44},
        "font": {"family": "Noto Sans, Noto Naskh Arabic, sans-serif", "size": 13, "color": INK},
        "separators": number_separators(screen.t),
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
        "xaxis": {"gridcolor": "#edf0f3", "zeroline": False},
        "yaxis": {"gridcolor": "#edf0f3", "type": "log", "dtick": 1},
    }
