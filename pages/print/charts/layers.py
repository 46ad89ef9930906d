"""Layers over a printed map, as they lie over the one on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from geo.dots import BEND, LOOKS, Way
from geo.palette import WHITE
from pages.print.charts.ground import scatter
from pages.words.map_layers import LayerContent
from pages.words.view import View

_MARKER = 12


def draw_layers(axes: Axes, layers: Mapping[str, LayerContent], size: float = 1.0) -> None:
    """Ways below places, on axes in degrees; ``size``: of circles and ways, where the map is smaller than the page."""
    for content in layers.values():
        for way in content.ways:
            axes.add_patch(_arrow(replace(way, width=way.width * size)))
        if content.places:
            scatter(axes, [replace(dot, radius=dot.radius * size) for dot in content.places])


def _arrow(way: Way) -> FancyArrowPatch:
    return FancyArrowPatch(
        (way.from_longitude, way.from_latitude), (way.to_longitude, way.to_latitude), arrowstyle="-|>",
        connectionstyle=f"arc3,rad={BEND * 2}", color=LOOKS[way.kind][1], linewidth=way.width * 0.8, alpha=0.75, mutation_scale=12,
        zorder=3,
    )  # fmt: skip


def layer_handles(layers: Mapping[str, LayerContent]) -> list[Artist]:
    """Lines of the legend, one a kind of place."""
    return [_handle(kind, words) for content in layers.values() for kind, words in content.legend]


def _handle(kind: str, words: str) -> Line2D:
    fill, edge = LOOKS[kind]
    line: Literal["-", "none"] = "-" if kind == "flow" else "none"
    edge = fill if edge == WHITE else edge
    return Line2D(
        [], [], linestyle=line, color=edge, marker="o", markersize=_MARKER, markerfacecolor=WHITE if fill == "none" else fill,
        markeredgecolor=edge, label=_folded(words),
    )  # fmt: skip


def _folded(words: str, width: int = 34) -> str:
    lines: list[str] = [""]
    for word in words.split(" "):
        if len(lines[-1]) + len(word) > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def cite_layers(view: View, layers: Mapping[str, LayerContent]) -> Sequence[str]:
    """Of each layer its name, source, date and the kind of its figures; and the attribution that it asks for."""
    t = view.t
    said = []
    for name, content in layers.items():
        kind = t(f"provenance.{content.provenance}") if content.provenance else ""
        source = t("layer.source", source=content.source, when=content.when) if content.source else t("layer.source_none")
        parts = [p for p in (source, kind, content.attribution) if p]
        said.append(f"{t(f'layer.{name}')}{t('sign.colon')}{t('sign.between').join(parts)}.")
    return said
