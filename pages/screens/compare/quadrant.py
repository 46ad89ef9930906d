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
_UNSETTLED = "star"


def render_quadrant(screen: Screen, ranking: pd.DataFrame) -> None:
    """Draw the communes that have both figures, or say that none has."""
    t, figure = screen.t, screen.keep("quadrant", lambda: _build(screen, split_quadrant(ranking)))
    if figure is None:
        st.info(t("compare.quadrant_empty"))
        return
    st.caption(t("compare.quadrant_lead"))
    show_plot(screen, figure, quadrant_chart(screen), key="compare-quadrant", alt=t("compare.quadrant_alt"))


def _build(screen: Screen, quadrant: Quadrant) -> go.Figure | None:
    if quadrant.known.empty:
        return None
    t, legend, known = screen.t, screen.figures.definitions.legend, quadrant.known
    shown = [(f"{c.id}", c.color, symbol, known["severity_class"] == c.id)
             for c, symbol in zip(legend.classes, _SYMBOLS, strict=True)]  # fmt: skip
    unsettled = known["severity_class"].isna()
    shown += [(t("map.range"), legend.range_color, _UNSETTLED, unsettled)] if unsettled.any() else []
    marks = []
    for name, color, symbol, where in shown:
        members = known[where.fillna(False).astype(bool)]
        marks.append({
            "type": "scatter", "x": members["estimate"].to_numpy(), "y": members["people_above_norm"].to_numpy(),
            "mode": "markers+text", "name": name,
            # Names of those that stand out; the others are named under the pointer and in the list.
            "text": [named if code in quadrant.leading else "" for code, named in members["name"].items()],
            "textposition": "top center", "textfont": {"size": 12}, "cliponaxis": False,
            "marker": {"color": color, "size": 11, "line": {"color": INK, "width": 1}, "symbol": symbol},
            "customdata": list(members["name"]), "hovertemplate": "%{customdata}<br>%{x:.1f} · %{y:,.0f}<extra></extra>",
        })  # fmt: skip
    # In one piece: Plotly checks a figure anew at each thing that is added.
    return go.Figure(data=marks, layout=_layout(screen) | {"shapes": _medians(quadrant)})


def _medians(quadrant: Quadrant) -> list[dict[str, object]]:
    """A dotted line across the drawing at each median."""
    line = {"type": "line", "line": {"color": AXIS, "dash": "dot", "width": 1}}
    severity, people = quadrant.median_severity, quadrant.median_people
    return [
        {**line, "x0": severity, "x1": severity, "yref": "y domain", "y0": 0, "y1": 1},
        {**line, "xref": "x domain", "x0": 0, "x1": 1, "y0": people, "y1": people},
    ]


def _layout(screen: Screen) -> dict[str, object]:
    return {
        "height": 420,
        # Room for the half of a name over the last point.
        "margin": {"l": 56, "r": 44, "t": 16, "b": 44},
        "font": {"family": "Noto Sans, Noto Naskh Arabic, sans-serif", "size": 13, "color": INK},
        "separators": number_separators(screen.t),
        "plot_bgcolor": WHITE,
        "showlegend": False,
        "xaxis": {"gridcolor": GRID, "zeroline": False, "title": {"text": screen.result_label(screen.chosen.indicator)}},
        "yaxis": {"gridcolor": GRID, "type": "log", "dtick": 1, "title": {"text": screen.t("compare.people")}, **THOUSANDS},
    }
