"""The map of the page beside its second one, as both stand there: months, results, scenarios, communes or the change; with layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analytics.provenance import least_firm
from analytics.summary import class_counts, legend_rows
from geo.boundaries import read_boundaries
from geo.palette import OUTLINE
from pages.print.charts import canvas
from pages.print.charts.canvas import SourceLine, Words
from pages.print.charts.layers import cite_layers, draw_layers, layer_handles
from pages.print.charts.maps import draw_map
from pages.print.charts.places import class_handles, draw_places
from pages.print.charts.words import write_source
from pages.words import map_pair, titles
from pages.words.class_words import list_classes
from pages.words.map_change import MapOfChange
from pages.words.map_layers import LayerContent
from pages.words.map_pair import COMMUNE, MONTH, RESULT, SCENARIO, AskedPair, Other
from pages.words.sources import cite, date_result
from pages.words.view import View

_WIDTH, _BETWEEN, _BOTTOM, _HEIGHT, _LEGEND = 0.335, 0.01, 0.1, 0.66, 0.245
# Of what lies on a map that has the page to itself.
_SMALLER = 0.6
_LEGEND_SIZE, _NAME_SIZE = 10.5, 16
# Around a commune that is looked at, as a share of the larger one's height and width.
_MARGIN = 0.6


def draw_map_pair(view: View, asked: AskedPair, layers: Sequence[str], form: str) -> bytes:
    """Both maps with their layers under one legend; the map alone where what is asked for is not there."""
    other = map_pair.read_other(view, asked.beside, asked.own)
    if other is None:
        return draw_map(view, form, layers)
    change = map_pair.read_change(view, other) if asked.is_change else None
    names = map_pair.name_maps(view, other, asked.own, is_change=change is not None)
    # Beside a change both maps carry the same.
    read = {layer: map_pair.read_layers(view, None if change else other, layer) for layer in layers}
    first = {layer: content for layer, (content, _) in read.items()}
    own = {layer: content for layer, (_, content) in read.items() if content}

    def plot(axes: Axes) -> None:
        second = axes.figure.add_axes(axes.get_position().bounds)
        _place(view, axes, second)
        marked = (asked.own, other.value) if other.kind == COMMUNE else (None, None)
        draw_places(axes, view, legend_rows(view.month_results()), marks={} if first else None, highlight=marked[0])
        rows = {code: style.row for code, style in change.styles.items()} if change else legend_rows(other.results)
        fills = _fills(change) if change else ()
        draw_places(second, view, rows, marks={} if first else None, highlight=marked[1], further=fills)
        draw_layers(axes, first, _SMALLER)
        draw_layers(second, first | own, _SMALLER)
        if other.kind == COMMUNE:
            _look_apart(view, (axes, second), (asked.own, other.value))
        for place, name in zip((axes, second), names, strict=True):
            place.set_title(name, fontsize=_NAME_SIZE, fontweight="bold", pad=8)
        _write_legend(axes, view, _handles(view, other, change, (first, own), names))

    return canvas.draw(_write(view, other, names, (first, own)), view.t, form, plot)


def _write(view: View, other: Other, names: tuple[str, str], layers: tuple[Mapping[str, LayerContent], ...]) -> Words:
    t, dated = view.t, date_result(view, view.chosen.indicator)
    results, between = view.month_results(), t("sign.between")
    shown = dated if other.kind == RESULT else view.result_label(view.chosen.indicator)
    further = cite(other.view, [other.view.chosen.indicator], other.results.index) if other.kind in (MONTH, RESULT) else ""
    source: SourceLine = write_source(
        view,
        cite(view, [view.chosen.indicator], results.index),
        least_firm(pd.concat([results["provenance"], other.results["provenance"]])),
        f"{names[1]}{t('sign.colon')}{further}." if further else "",
        t("chart.hypotheses") if other.kind == SCENARIO else "",
        f"{view.figures.attribution}.",
        *cite_layers(view, layers[0]),
        *cite_layers(other.view, layers[1]),
    )
    return Words(titles.state_overview(view, results), f"{shown}{between}{' | '.join(names)}", source)


def _handles(
    view: View,
    other: Other,
    change: MapOfChange | None,
    layers: tuple[Mapping[str, LayerContent], Mapping[str, LayerContent]],
    names: tuple[str, str],
) -> list[Artist]:
    """One legend: classes with the counts of each map where both show them, steps of the change, layers; those that say another
    thing on the second map once more under its name."""
    counts = [class_counts(view.month_results())]
    if change is None and other.kind != COMMUNE:
        counts.append(class_counts(other.results))
    handles = class_handles(view, counts, list_classes(view.figures.definitions, view.chosen.indicator, view.t))
    if change:
        steps = [(color or view.figures.definitions.legend.not_assessed_color, words) for color, words, _ in change.legend]
        handles += [
            _title(view.t("change.title")),
            *(Patch(facecolor=c, edgecolor=OUTLINE, label=words) for c, words in steps),
        ]
    handles += layer_handles(layers[0])
    return [*handles, _title(names[1]), *layer_handles(layers[1])] if layers[1] else handles


def _title(words: str) -> Artist:
    return Patch(facecolor="none", edgecolor="none", label=words)


def _fills(change: MapOfChange) -> list[tuple[str, str, str]]:
    return [(color, color, "") for color, _, _ in change.legend if color]


def _place(view: View, first: Axes, second: Axes) -> None:
    """Both maps where a line begins, the legend where it ends; the first map where the reader begins."""
    is_rtl = view.t.direction == "rtl"
    left = canvas.LEFT + (_LEGEND if is_rtl else 0.0)
    places = [(left + at * (_WIDTH + _BETWEEN), _BOTTOM, _WIDTH, _HEIGHT) for at in (0, 1)]
    for axes, place in zip((first, second), reversed(places) if is_rtl else places, strict=True):
        axes.set_position(place)


def _look_apart(view: View, pair: Sequence[Axes], codes: Sequence[str]) -> None:
    """Each map around its commune, both at the scale of the larger one."""
    bounds = read_boundaries(view.figures.province.layer).set_index("commune_code").bounds.loc[list(codes)]
    reach = max(np.ptp(bounds[["minx", "maxx"]], axis=1).max(), np.ptp(bounds[["miny", "maxy"]], axis=1).max()) * _MARGIN
    for axes, (west, south, east, north) in zip(pair, bounds.to_numpy(), strict=True):
        x, y = (west + east) / 2, (south + north) / 2
        axes.set(xlim=(x - reach, x + reach), ylim=(y - reach, y + reach))
        for text in axes.texts:
            text.set_clip_on(True)


def _write_legend(axes: Axes, view: View, handles: Sequence[Artist]) -> None:
    is_rtl = view.t.direction == "rtl"
    axes.figure.legend(
        handles=list(handles), loc="center left" if is_rtl else "center right",
        bbox_to_anchor=(canvas.LEFT if is_rtl else canvas.RIGHT, 0.45), frameon=False, fontsize=_LEGEND_SIZE,
        markerfirst=not is_rtl, alignment="right" if is_rtl else "left",
    )  # fmt: skip
