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
    months = list(history["reference_date"])
    group = figures.communes.at[commune, "group_code"]
    figure = go.Figure(layout=chart_layout(screen))
    figure.add_scatter(
        x=months, y=medians["all"], name=t("commune.province_median"), line={"color": AXIS, "width": 1.2, "dash": "dot"}
    )
    figure.add_scatter(x=months, y=medians[group], name=screen.group_label(commune), line={"color": AXIS, "width": 1.2})
    figure.add_scatter(
        x=months, y=history["pressure_without_displaced"], name=t("commune.without"), line={"color": ACCENT, "dash": "dash"}
    )
    figure.add_scatter(x=months, y=history["pressure"], name=screen.name(commune), line={"color": INK, "width": 3})
    figure.add_hline(
        y=1, line={"color": NORM, "width": 1.5}, annotation={"text": t("commune.norm"), "font": {"color": NORM}}
    )
    figure.add_vline(x=screen.chosen.month, line={"color": CHOSEN_MONTH, "width": 6}, layer="below")
    return figure


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
        "yaxis": {"rangemode": "tozero", "gridcolor": GRID, "hoverformat": ".2f", "nticks": 6},
    }
