"""Maps that leave the screen: classes of a territory or around a commune, two of them beside each other, discs on communes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analytics.provenance import least_firm
from analytics.summary import class_counts, legend_rows
from geo.palette import ACCENT
from pages.print.charts import canvas
from pages.print.charts.canvas import Words
from pages.print.charts.layers import cite_layers, draw_layers, layer_handles
from pages.print.charts.places import class_handles, draw_places
from pages.print.charts.words import write_source, write_subtitle
from pages.words import titles
from pages.words.class_words import ClassLine, list_classes
from pages.words.map_layers import read_layer
from pages.words.sources import cite
from pages.words.view import View

_MAP_WIDTH, _LEGEND_WIDTH = 0.68, 0.25
_PAIR_BOTTOM, _PAIR_HEIGHT = 0.17, 0.59


def draw_map(view: View, form: str, layers: Sequence[str] = ()) -> bytes:
    """The classes of the chosen result, territory and month, with hatches and class numbers, and the legend with its counts; over
    them the layers that are shown on the page."""
    results = view.month_results()
    return draw_classes(view, results, titles.state_overview(view, results), form, layers=layers)


def draw_classes(
    view: View, results: pd.DataFrame, title: str, form: str, highlight: str | None = None, layers: Sequence[str] = ()
) -> bytes:
    """The classes of some results of the chosen month."""
    over = {layer: read_layer(view, layer) for layer in layers}
    words = Words(
        title,
        write_subtitle(view),
        write_source(
            view,
            cite(view, [view.chosen.indicator], results.index),
            least_firm(results["provenance"]),
            f"{view.figures.attribution}.",
            *cite_layers(view, over),
        ),
    )

    def plot(axes: Axes) -> None:
        draw_places(axes, view, legend_rows(results), highlight=highlight, marks={} if over else None)
        draw_layers(axes, over)
        handles = class_handles(view, [class_counts(results)], _classes(view))
        _place_legend(axes, view, [*handles, *layer_handles(over)], small=bool(over))

    return canvas.draw(words, view.t, form, plot)


def draw_surroundings(view: View, commune: str, form: str) -> bytes:
    """A commune and those around it, by the chosen result and month."""
    figures, month = view.figures, view.chosen.month
    around = figures.of_month(view.chosen.indicator, month).loc[[commune, *figures.neighbours(commune)]]
    results = figures.of_commune(commune, month)
    title = titles.state_finding(view, commune, results)
    return draw_classes(view, around, title, form, commune)


def draw_beside(view: View, frames: Sequence[pd.DataFrame], names: Sequence[str], words: Words, form: str) -> bytes:
    """Two maps of one result, the first one where the reader begins, under one legend with both counts."""
    t = view.t

    def plot(axes: Axes) -> None:
        second = axes.figure.add_axes((0.51, _PAIR_BOTTOM, 0.46, _PAIR_HEIGHT))
        axes.set_position((0.03, _PAIR_BOTTOM, 0.46, _PAIR_HEIGHT))
        pair = (second, axes) if t.direction == "rtl" else (axes, second)
        for place, frame, name in zip(pair, frames, names, strict=True):
            draw_places(place, view, legend_rows(frame))
            place.set_title(name, fontsize=17, fontweight="bold", pad=8)
        handles = class_handles(view, [class_counts(frame) for frame in frames], _classes(view))
        canvas.write_legend(axes, t, handles, foot=0.1)

    return canvas.draw(words, t, form, plot)


def draw_discs(
    view: View,
    rows: Mapping[str, int | str],
    marks: Mapping[str, int],
    legend: Sequence[Artist],
    words: Words,
    form: str,
) -> bytes:
    """Numbers in discs on communes in the fill of a legend row; ``legend`` says what both are."""

    def plot(axes: Axes) -> None:
        draw_places(axes, view, rows, marks={code: view.t.number(n) for code, n in marks.items()})
        _place_legend(axes, view, legend)

    return canvas.draw(words, view.t, form, plot)


def _classes(view: View) -> list[ClassLine]:
    return list_classes(view.figures.definitions, view.chosen.indicator, view.t)


def disc(label: str) -> Line2D:
    """What a disc stands for, for a legend."""
    return Line2D([], [], linestyle="none", marker="o", markersize=16, color=ACCENT, label=label)


def _place_legend(axes: Axes, view: View, handles: Sequence[Artist], *, small: bool = False) -> None:
    """The legend at the side where a line ends, the map beside it."""
    is_rtl = view.t.direction == "rtl"
    axes.figure.legend(
        handles=list(handles), loc="center left" if is_rtl else "center right",
        bbox_to_anchor=(canvas.LEFT if is_rtl else canvas.RIGHT, 0.45), frameon=False, fontsize=11 if small else 16,
        markerfirst=not is_rtl, alignment="right" if is_rtl else "left",
    )  # fmt: skip
    left = canvas.LEFT + _LEGEND_WIDTH if is_rtl else canvas.LEFT
    axes.set_position((left, 0.08, _MAP_WIDTH, 0.75))
