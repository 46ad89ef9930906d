"""Communes on a chart that leaves the screen: colour, hatch and number of their class, discs, names, legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from analytics.legend import Legend
from geo.boundaries import read_boundaries
from geo.hatches import NO_DATA, NOT_ASSESSED, RANGE, number_of, pattern_of
from geo.layer import Layer
from geo.palette import ACCENT, BLACK, LAND, OUTLINE
from pages.words.class_words import ClassLine
from pages.words.view import View

_HATCHES = {"none": "", "dots": "..", "diagonal": "//", "cross": "xx", "dense": "////"}
# Of all inks, only black stands out from class 4 as a number must.
_NUMBER_SIZE = 9.0
_MOST_NAMED = 12


def draw_places(
    axes: Axes,
    view: View,
    rows: Mapping[str, int | str],
    *,
    marks: Mapping[str, str] | None = None,
    highlight: str | None = None,
    further: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Draw communes in their class (1–5, no data or not assessed), with its number, or with a word in a disc where ``marks`` has
    one; few communes carry their names. ``further``: row, colour and hatch of rows that are no classes."""
    legend = view.figures.definitions.legend
    outlines = _outlines(view.figures.province.layer)
    for row, color, hatch in (*_fills(legend), *further):
        paths = [outlines[code][0] for code in sorted(rows) if pattern_of(rows[code]) == str(row)]
        if paths:
            axes.add_collection(PathCollection(paths, facecolor=color, edgecolor=OUTLINE, linewidth=0.8, hatch=hatch))
    if highlight in outlines:
        axes.add_collection(PathCollection([outlines[str(highlight)][0]], facecolor="none", edgecolor="black", linewidth=4))
    if marks is None:
        _write_numbers(axes, view.figures.province.layer, rows, len(legend.classes))
    for code, word in (marks or {}).items():
        axes.text(
            *outlines[code][1], word, ha="center", va="center", fontsize=13, fontweight="bold", color="white",
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": ACCENT, "edgecolor": "white"},
        )  # fmt: skip
    if len(rows) <= _MOST_NAMED:
        for code in rows:
            axes.annotate(
                view.name(code), outlines[code][1], xytext=(0, 16), textcoords="offset points", ha="center", va="bottom",
                fontsize=14, fontweight="bold" if code == highlight else "normal",
                bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
            )  # fmt: skip
    axes.autoscale_view()
    axes.set_aspect(1 / np.cos(np.radians(np.mean(axes.get_ylim()))))
    axes.set_axis_off()


def draw_ground(axes: Axes, view: View, codes: Sequence[str]) -> None:
    """The outlines of communes without a class, for places to be drawn on."""
    outlines = _outlines(view.figures.province.layer)
    paths = [outlines[code][0] for code in codes if code in outlines]
    axes.add_collection(PathCollection(paths, facecolor=LAND, edgecolor=OUTLINE, linewidth=0.8))
    axes.autoscale_view()
    axes.set_aspect(1 / np.cos(np.radians(np.mean(axes.get_ylim()))))
    axes.set_axis_off()


def class_handles(view: View, counts: Sequence[Mapping[str, int]], classes: Sequence[ClassLine]) -> list[Artist]:
    """Lines of a legend with how many communes are in each class, one count a map; rows without communes only for classes."""
    t, legend = view.t, view.figures.definitions.legend
    names: dict[int | str, str] = {c.id: f"{c.id} · {c.label}" for c in classes}
    names |= {RANGE: t("map.range"), NO_DATA: t("map.no_data"), NOT_ASSESSED: t("map.not_assessed")}
    return [
        Patch(
            facecolor=color,
            edgecolor=OUTLINE,
            hatch=hatch,
            label=f"{names[row]} ({' | '.join(t.number(n[str(row)]) for n in counts)})",
        )
        for row, color, hatch in _fills(legend)
        if isinstance(row, int) or any(n[row] for n in counts)
    ]


def _fills(legend: Legend) -> list[tuple[int | str, str, str]]:
    """Row, colour and hatch of each line of the legend."""
    classes: list[tuple[int | str, str, str]] = [(c.id, c.color, _HATCHES[c.hatch]) for c in legend.classes]
    return [
        *classes,
        (RANGE, legend.range_color, "||"),
        (NO_DATA, legend.no_data_color, ".."),
        (NOT_ASSESSED, legend.not_assessed_color, "\\"),
    ]


def _write_numbers(axes: Axes, layer: Layer, rows: Mapping[str, int | str], darkest: int) -> None:
    """One call a class: ninety texts take longer than everything else on the map."""
    for number in range(1, darkest + 1):
        points = [_outlines(layer)[code][1] for code in sorted(rows) if rows[code] == number]
        if points:
            color = "white" if number == darkest else BLACK
            x, y = zip(*points, strict=True)
            axes.scatter(x, y, marker=_digit(number), s=_NUMBER_SIZE**2, color=color, linewidth=0, zorder=3)
    for code in sorted(rows):
        if pattern_of(rows[code]) == RANGE:
            axes.text(
                *_outlines(layer)[code][1], number_of(rows[code]), ha="center", va="center", fontsize=11, fontweight="bold"
            )


@cache
def _digit(number: int) -> Path:
    """A digit as a marker, its middle at the point."""
    path = TextPath((0, 0), str(number), size=1, prop=FontProperties(family="Noto Sans", weight="bold"))
    bounds = path.get_extents()
    return Path(path.vertices - [(bounds.x0 + bounds.x1) / 2, (bounds.y0 + bounds.y1) / 2], path.codes)


@cache
def _outlines(layer: Layer) -> dict[str, tuple[Path, tuple[float, float]]]:
    """Each commune as one path, with a point inside it."""
    found = {}
    for place in read_boundaries(layer).itertuples():
        polygons = getattr(place.geometry, "geoms", [place.geometry])
        rings = [np.asarray(r.coords) for p in map(shapely.orient_polygons, polygons) for r in (p.exterior, *p.interiors)]
        inside = place.geometry.representative_point()
        found[place.commune_code] = (Path.make_compound_path(*(Path(r, closed=True) for r in rings)), (inside.x, inside.y))
    return found
