"""Displaced people of a commune: hosted and away, who came and went, counted two ways, and how a stock fades."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from analytics.bases import rests_on_people_served
from geo.palette import ACCENT, AXIS, INK, WHITE
from pages.print.charts.catalogue import displaced_chart
from pages.widgets.fact_rows import FactRow
from pages.widgets.html import show
from pages.widgets.pictures import show_plot
from pages.widgets.plots import count_axis, number_separators
from pages.widgets.screen import Screen
from pages.words.displacement import read_decay

DASHES = ("dot", "solid", "dash")
SHOWN = (
    "displaced_persons", "hosted_from_own_commune", "hosted_from_elsewhere", "residents_away", "arrivals", "returns",
    "relocations_in", "relocations_out",
)  # fmt: skip


def render_displacement(screen: Screen, commune: str) -> None:
    """Stock and flows of the month beside the line over time; the two bases below."""
    t, month = screen.t, screen.chosen.month
    left, right = st.columns([2, 3], gap="large")
    with left:
        facts = [
            FactRow(t(f"flows.{name}"), screen.count(name, commune), "", screen.figures.provenance(name, month, commune))
            for name in SHOWN
        ]
        show("fact_rows", t, rows=facts)
    with right:
        st.caption(t("flows.chart_lead"))
        show_plot(
            screen,
            _build(screen, commune),
            displaced_chart(screen, commune),
            key="commune-displaced",
            alt=t("flows.chart_alt"),
        )
    _render_bases(screen, commune)


def _build(screen: Screen, commune: str) -> go.Figure:
    """Hosted persons month by month; from the chosen month on, what each decay preset would leave."""
    t, figures, chosen = screen.t, screen.figures, screen.chosen
    stock = figures.over_time("displaced_persons", commune)
    lines = [(stock, t("flows.displaced_persons"), {"color": INK, "width": 3})]
    for (label, left), dash in zip(read_decay(screen, commune).items(), DASHES, strict=True):
        lines.append((left, label, {"color": ACCENT, "dash": dash, "width": 1.5}))
    month = {"type": "line", "x0": chosen.month, "x1": chosen.month, "yref": "y domain", "y0": 0, "y1": 1}
    # In one piece: Plotly checks a figure anew at each thing that is added.
    return go.Figure(
        data=[
            {"type": "scatter", "x": list(values.index), "y": values.to_numpy(), "mode": "lines", "name": name, "line": line}
            for values, name, line in lines
        ],
        layout=_layout(screen, stock.max()) | {"shapes": [month | {"line": {"color": AXIS, "width": 1, "dash": "dot"}}]},
    )


def _render_bases(screen: Screen, commune: str) -> None:
    t, figures = screen.t, screen.figures
    bases = figures.bases(screen.chosen.month)
    rows = []
    for indicator in figures.definitions.indicators.values():
        if rests_on_people_served(indicator) and (indicator.id, commune) in bases.index:
            row = bases.loc[(indicator.id, commune)]
            rows.append({"label": screen.result_label(indicator.id), **{name: t.number(row[name], 2) for name in row.index}})
    st.markdown(f"**{t('bases.title')}**")
    st.caption(t("bases.lead"))
    show("bases", t, rows=rows)


def _layout(screen: Screen, most: float) -> dict[str, object]:
    return {
        "height": 300,
        "margin": {"l": 44, "r": 8, "t": 8, "b": 8},
        "font": {"family": "Noto Sans, Noto Naskh Arabic, sans-serif", "size": 13, "color": INK},
        "separators": number_separators(screen.t),
        "legend": {"orientation": "h", "y": -0.18, "x": 0, "font": {"size": 12}},
        "hovermode": "x unified",
        "plot_bgcolor": WHITE,
        "xaxis": {"showgrid": False, "tickformat": "%m/%y", "nticks": 7},
        "yaxis": count_axis(most),
    }
