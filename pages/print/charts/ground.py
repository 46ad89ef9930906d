"""Pictures of what lies on the ground: douars by one census figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from geo.dots import KILOMETRES_A_DEGREE, LOOKS, Dot, Ellipse
from geo.palette import NORM
from pages.figures.service_points import ServiceMap
from pages.print.charts import canvas
from pages.print.charts.canvas import SourceLine, Words
from pages.print.charts.places import draw_ground
from pages.words import douar_rounds, service_points
from pages.words import douars as words
from pages.words.douar_rounds import RoundsPlan
from pages.words.view import View

_AREA_A_RADIUS, _SMALL = 9.0, 0.6
_MAP, _MAP_AT, _LEGEND_AT = 0.62, 0.08, 0.45


def draw_douars(view: View, douars: pd.DataFrame, figure: str, form: str) -> bytes:
    """The placed douars, darker where they are farther, larger with their people."""
    said = Words(
        words.state_douars(view, douars),
        view.t(f"column.{figure}"),
        SourceLine(words.write_source(view)),
    )

    def plot(axes: Axes) -> None:
        communes = list(douars["commune_code"].unique())
        draw_ground(axes, view, view.codes if len(communes) > 1 else communes)
        scatter(axes, words.place_dots(view, douars, figure))
        _write_legend(axes, view, douars, figure)

    return canvas.draw(said, view.t, form, plot)


def draw_chosen(view: View, douars: pd.DataFrame, chosen: pd.DataFrame, form: str) -> bytes:
    """The douars chosen by criteria, where they are placed, among all others."""
    t, placed = view.t, chosen[chosen["latitude"].notna()]
    title = t("douar.chosen_total", count=len(chosen), people=t.number(chosen["population"].sum())).rstrip(".")
    said = Words(title, t("douar.chosen_placed", count=len(placed)), SourceLine(words.write_source(view)))

    def plot(axes: Axes) -> None:
        draw_ground(axes, view, view.codes)
        others = words.place_dots(view, douars.drop(chosen.index), "health_centre_km", _SMALL)
        marked = words.place_dots(view, placed, "health_centre_km")
        scatter(axes, [replace(dot, kind="withheld") for dot in others] + [replace(dot, kind="chosen") for dot in marked])

    return canvas.draw(said, t, form, plot)


def draw_rounds(view: View, found: RoundsPlan, form: str) -> bytes:
    """Bases, stops and the douars that they serve."""
    t = view.t
    title = douar_rounds.state_rounds(view, found).replace("**", "").rstrip(".")
    said = Words(title, t("rounds.map_caption"), SourceLine(words.write_source(view)))

    def plot(axes: Axes) -> None:
        draw_ground(axes, view, view.codes)
        scatter(axes, douar_rounds.dots_of(view, found))

    return canvas.draw(said, t, form, plot)


def draw_points(view: View, found: ServiceMap, form: str) -> bytes:
    """Derived places of a service as rings in their ellipses, true ones filled."""
    t, codes = view.t, view.codes
    said = Words(
        service_points.state_services(view, found),
        service_points.write_quality(view, found)[0],
        SourceLine(f"{t('points.map_caption')} {words.write_source(view)}"),
    )

    def plot(axes: Axes) -> None:
        draw_ground(axes, view, codes)
        for ellipse in service_points.ellipses_of(view, found, codes):
            axes.add_patch(Polygon(ring_of(ellipse), facecolor=NORM, alpha=0.12, edgecolor=NORM))
        scatter(axes, service_points.dots_of(view, found, codes))

    return canvas.draw(said, t, form, plot)


def ring_of(ellipse: Ellipse) -> np.ndarray:
    """The ellipse as a ring of longitudes and latitudes: on axes in degrees a kilometre is not as long east as it is north."""
    around, turn = np.linspace(0, 2 * np.pi, 60), np.radians(ellipse.degrees)
    along, across = ellipse.long_km * np.cos(around), ellipse.short_km * np.sin(around)
    east, north = along * np.cos(turn) - across * np.sin(turn), along * np.sin(turn) + across * np.cos(turn)
    degree = KILOMETRES_A_DEGREE * np.cos(np.radians(ellipse.latitude))
    return np.column_stack([ellipse.longitude + east / degree, ellipse.latitude + north / KILOMETRES_A_DEGREE])


def scatter(axes: Axes, dots: Sequence[Dot]) -> None:
    """Dots on axes in degrees, kind by kind in the order of the looks."""
    for kind, (fill, edge) in LOOKS.items():
        of_kind = [dot for dot in dots if dot.kind == kind]
        axes.scatter(
            [dot.longitude for dot in of_kind],
            [dot.latitude for dot in of_kind],
            s=[dot.radius**2 * _AREA_A_RADIUS for dot in of_kind],
            c=fill,
            edgecolors=edge,
            linewidths=0.8,
            zorder=3,
        )


def _write_legend(axes: Axes, view: View, douars: pd.DataFrame, figure: str) -> None:
    is_rtl = view.t.direction == "rtl"
    handles = [
        Line2D([], [], linestyle="none", marker="o", markersize=13, markerfacecolor=LOOKS[row["kind"]][0],
               markeredgecolor=LOOKS[row["kind"]][1], label=f"{row['label']}\n{row['count']}")
        for row in words.legend_of_dots(view, douars, figure)
    ]  # fmt: skip
    axes.figure.legend(
        handles=handles, loc="center left" if is_rtl else "center right",
        bbox_to_anchor=(canvas.LEFT if is_rtl else canvas.RIGHT, _LEGEND_AT), frameon=False, fontsize=15,
        markerfirst=not is_rtl, alignment="right" if is_rtl else "left", labelspacing=1.1,
    )  # fmt: skip
    axes.set_position((1 - _MAP - canvas.LEFT if is_rtl else canvas.LEFT, _MAP_AT, _MAP, 0.75))
