"""Pressure of a commune over the months: against the norm, with and without displaced persons, its group and the province."""

from __future__ import annotations

import plotly.graph_objects as go

from analytics.model import Indicator
from analytics.reconstruction import NEARLY, series
from data.i18n import Translator
from geo.palette import ACCENT, AXIS, CHOSEN_MONTH, GRID, INK, NORM, WHITE
from pages.widgets.screen import Screen
from pages.words.reconstruction import DRAWN, Watch


def build_history_chart(screen: Screen, commune: str, indicator: Indicator) -> go.Figure:
    """Lines in units of the norm: 1 is at the norm."""
    t, figures = screen.t, screen.figures
    history = figures.history(commune, indicator.id)
    medians = figures.medians(indicator.id, "pressure")
    months = history["reference_date"].to_numpy()
    group = figures.communes.at[commune, "group_code"]
    lines = (
        (medians["all"], t("commune.province_median"), {"color": AXIS, "width": 1.2, "dash": "dot"}),
        (medians[group], screen.group_label(commune), {"color": AXIS, "width": 1.2}),
        (history["pressure_without_displaced"], t("commune.without"), {"color": ACCENT, "dash": "dash"}),
        (history["pressure"], screen.name(commune), {"color": INK, "width": 3}),
    )
    # In one piece: Plotly checks a figure anew at each thing that is added, and a commune has three of them.
    return go.Figure(
        data=[{"type": "scatter", "x": months, "y": y.to_numpy(), "name": name, "line": line} for y, name, line in lines],
        layout=chart_layout(screen) | _norm_and_month(screen),
    )


def _norm_and_month(screen: Screen) -> dict[str, object]:
    """The line of the norm with its name, and the chosen month as a band behind the lines."""
    norm = {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 1, "y1": 1, "line": {"color": NORM, "width": 1.5}}
    month, ends = screen.chosen.month, {"yref": "y domain", "y0": 0, "y1": 1}
    band = {"type": "line", "x0": month, "x1": month, **ends, "line": {"color": CHOSEN_MONTH, "width": 6}, "layer": "below"}
    name = {"text": screen.t("commune.norm"), "font": {"color": NORM}, "showarrow": False}
    at = {"xref": "x domain", "x": 1, "y": 1, "xanchor": "right", "yanchor": "bottom"}
    return {"shapes": [norm, band], "annotations": [name | at]}


def build_reconstruction_chart(screen: Screen, watch: Watch) -> go.Figure:
    """Published counts by date, one line a step; hollow where dwellings paid the third tranche stand for those completed."""
    t = screen.t
    figure = go.Figure(layout={**chart_layout(screen), "hovermode": "closest"})
    colours = dict(zip(DRAWN, (AXIS, ACCENT, INK, NORM), strict=True))
    for step in DRAWN:
        own = series(watch.facts, step)
        figure.add_scatter(
            x=list(own.index), y=own, name=t(f"fact.{step}"), mode="lines+markers",
            line={"color": colours[step], "width": 2.5}, marker={"size": 9},
        )  # fmt: skip
    nearly = [s for s in watch.stood if s.nearly]
    if nearly:
        figure.add_scatter(
            x=[s.day for s in nearly], y=[s.completed for s in nearly], name=t(f"fact.{NEARLY}"), mode="markers",
            marker={"size": 11, "symbol": "circle-open", "color": NORM, "line": {"width": 2}},
        )  # fmt: skip
    return figure


def number_separators(t: Translator) -> str:
    """Decimal and thousands signs of a language, as Plotly takes them."""
    return {"fr": ",\u202f", "ar": ",.", "en": ".,"}[t.language]


# Thousands written out: "10 000", not "10k", which is English.
THOUSANDS = {"exponentformat": "none", "separatethousands": True, "automargin": True}
# Of so few people, ticks between whole numbers would be written as the same whole number twice.
FEW = 5


def count_axis(most: float) -> dict[str, object]:
    """An axis of whole people or units, up to ``most``."""
    axis = {"rangemode": "tozero", "gridcolor": GRID, "tickformat": ",.0f", **THOUSANDS}
    return axis if most >= FEW else axis | {"range": [0, FEW], "dtick": 1}


def chart_layout(screen: Screen) -> dict[str, object]:
    """What charts by month share on the screen: size, fonts, separators of the language, quiet axes."""
    t = screen.t
    return {
        "height": 300,
        "margin": {"l": 36, "r": 8, "t": 8, "b": 8},
        "font": {"family": "Noto Sans, Noto Naskh Arabic, sans-serif", "size": 13, "color": INK},
        "separators": number_separators(t),
        "legend": {"orientation": "h", "y": -0.18, "x": 0, "font": {"size": 12}, "traceorder": "reversed"},
        "hovermode": "x unified",
        "plot_bgcolor": WHITE,
        "xaxis": {"showgrid": False, "tickformat": "%m/%y", "nticks": 6, "hoverformat": "%m/%Y"},
        "yaxis": {"rangemode": "tozero", "gridcolor": GRID, "hoverformat": ".2f", "nticks": 6, **THOUSANDS},
    }
