"""Severity against people: a heavy class for few and a light one for many are different tasks."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.ranking import Quadrant, split_quadrant
from geo.palette import AXIS, GRID, INK, WHITE
from pages.print.charts.catalogue import quadrant_chart
from pages.widgets.pictures import show_plot
from pages.widgets.plots import THOUSANDS, number_separators
from pages.widgets.screen import Screen

# The same marks as in the picture for print, lightest to darkest class.
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")


def render_quadrant(screen: Screen, ranking: pd.DataFrame) -> None:
    """Draw the communes that have both figures, or say that none has."""
    t, quadrant = screen.t, split_quadrant(ranking)
    if quadrant.known.empty:
        st.info(t("compare.quadrant_empty"))
        return
    st.caption(t("compare.quadrant_lead"))
    show_plot(
        screen, _build(screen, quadrant), quadrant_chart(screen), key="compare-quadrant", alt=t("compare.quadrant_alt")
    )


def _build(screen: Screen, quadrant: Quadrant) -> go.Figure:
    t, legend, known = screen.t, screen.figures.definitions.legend, quadrant.known
    figure = go.Figure(layout=_layout(screen))
    for severity in legend.classes:
        members = known[known["severity_class"] == severity.id]
        figure.add_scatter(
            x=members["estimate"], y=members["people_above_norm"], mode="markers+text", name=f"{severity.id}",
            # Names of those that stand out; the others are named under the pointer and in the list.
            text=[str(row.name) if row.Index in quadrant.leading else "" for row in members.itertuples()],
            textposition="top center", textfont={"size": 12}, cliponaxis=False,
            marker={"color": severity.color, "size": 11, "line": {"color": INK, "width": 1}, "symbol": _SYMBOLS[severity.id - 1]},
            customdata=members["name"], hovertemplate="%{customdata}<br>%{x:.1f} · %{y:,.0f}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=quadrant.median_severity, line={"color": AXIS, "dash": "dot", "width": 1})
    figure.add_hline(y=quadrant.median_people, line={"color": AXIS, "dash": "dot", "width": 1})
    figure.update_xaxes(title=screen.result_label(screen.chosen.indicator))
    figure.update_yaxes(title=t("compare.people"))
    return figure


def _layout(screen: Screen) -> dict[str, object]:
    return {
        "height": 420,
        # Room for the half of a name over the last point.
        "margin": {"l": 56, "r": 44, "t": 16, "b": 44},
        "font": {"family": "Noto Sans, Noto Naskh Arabic, sans-serif", "size": 13, "color": INK},
        "separators": number_separators(screen.t),
        "plot_bgcolor": WHITE,
        "showlegend": False,
        "xaxis": {"gridcolor": GRID, "zeroline": False},
        "yaxis": {"gridcolor": GRID, "type": "log", "dtick": 1, **THOUSANDS},
    }
