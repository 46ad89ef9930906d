"""The map on paper and on the Overview: a choropleth as SVG, readable in colour, in grey, and by a screen reader."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

import shapely

from analytics.legend import Legend
from geo.boundaries import read_boundaries
from geo.dots import KILOMETRES_A_DEGREE, Dot, Ellipse, draw_dots, draw_ellipses
from geo.hatches import fill_of, number_of, pattern_definitions
from geo.layer import Layer
from geo.palette import ACCENT, INK, OUTLINE

_MARGIN = 4.0
_LEADING_ZERO = re.compile(r"(?<![0-9.])0\.")


@dataclass(frozen=True, slots=True)
class MapText:
    """Words on and around the map: title and description for readers who do not see it, names by commune code, what to say
    of each commune, and the address that each commune leads to."""

    title: str
    description: str
    direction: str = "ltr"
    names: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """An image, or a group where there are links: a screen reader would not find them inside of an image."""
        return "group" if self.links else "img"


@dataclass(frozen=True, slots=True)
class _Projection:
    """Equirectangular at the map's middle latitude: metres enough for a province on a sheet."""

    left: float
    top: float
    scale_x: float
    scale_y: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the projection stands in the picture."""
        return (x - self.left) * self.scale_x + _MARGIN, (self.top - y) * self.scale_y + _MARGIN


@dataclass(frozen=True, slots=True)
class _Outline:
    """A commune on the page: its path, and the widest circle inside it for words."""

    commune_code: str
    path: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class _Outlines:
    """The communes of one frame."""

    projection: _Projection
    communes: tuple[_Outline, ...]


def render_choropleth(
    layer: Layer,
    rows: Mapping[str, int | str],
    legend: Legend,
    text: MapText,
    *,
    width: int = 520,
    highlight: str | None = None,
    focus: Sequence[str] | None = None,
    names: bool = False,
    marks: Mapping[str, str] | None = None,
    dots: Sequence[Dot] = (),
    ellipses: Sequence[Ellipse] = (),
    identifier: str = "map",
) -> str:
    """Draw communes in the colour and hatch of their class, with the class number inside where it fits.

    Args:
        layer: boundaries of the territory.
        rows: class 1–5, a range (``"range 1–3"``), ``"no_data"`` or ``"not_assessed"`` by commune code; a commune left out is
            drawn without data.
        highlight: commune drawn with a strong outline.
        focus: communes that the map is framed on; the whole province when None.
        names: write the commune's name inside, where it fits.
        marks: a word or number by commune code, in a disc that takes the place of the class number.
        dots, ellipses: places on top of the communes, and where a place may lie; class numbers give way to them.
        identifier: prefix of the pattern ids, so that two maps stand on one page.

    Returns:
        One ``<svg>`` element, every word escaped, nothing fetched from anywhere.
    """
    outlines = _outlines(layer, width, None if focus is None else tuple(focus))
    order = sorted(outlines.communes, key=lambda o: o.commune_code == highlight)
    shapes = "".join(_shape(o, rows, text, highlight, identifier) for o in order)
    places = _draw_places(dots, ellipses, outlines.projection)
    labels = [_label(o, {} if marks or places else rows, text, names, highlight) for o in order]
    inside = "".join(labels) + _draw_marks(order, marks or {})
    style = f"<g stroke='{OUTLINE}' stroke-width='.6' stroke-linejoin='round'>{shapes}</g>"
    words = f"<g text-anchor='middle' fill='{INK}' pointer-events='none'>{inside}</g>"
    return f"{_head(text, outlines.projection, identifier, legend)}{style}{places}{words}</svg>"


def _draw_places(dots: Sequence[Dot], ellipses: Sequence[Ellipse], projection: _Projection) -> str:
    units_a_km = projection.scale_y / KILOMETRES_A_DEGREE
    return draw_ellipses(ellipses, projection.point, units_a_km) + draw_dots(dots, projection.point)


def _draw_marks(order: Sequence[_Outline], marks: Mapping[str, str]) -> str:
    return "".join(_mark(outline, marks[outline.commune_code]) for outline in order if outline.commune_code in marks)


def _head(text: MapText, projection: _Projection, identifier: str, legend: Legend) -> str:
    """The opening tag with title and description, which a screen reader says, and the hatches of the legend."""
    size = f"{projection.width:.0f} {projection.height:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{text.role}" viewBox="0 0 {size}" '
        f'aria-labelledby="{identifier}-t {identifier}-d" direction="{text.direction}" '
        f'font-family="Noto Sans, Noto Naskh Arabic, sans-serif">'
        f'<title id="{identifier}-t">{escape(text.title)}</title><desc id="{identifier}-d">{escape(text.description)}</desc>'
        f"<defs>{pattern_definitions(legend, identifier)}</defs>"
    )


@lru_cache(maxsize=200)
def _outlines(layer: Layer, width: int, focus: tuple[str, ...] | None) -> _Outlines:
    """Paths and places of labels, which no indicator and no month changes."""
    boundaries = read_boundaries(layer)
    shown = boundaries if focus is None else boundaries[boundaries["commune_code"].isin(focus)]
    projection = _project(shown.total_bounds, width)
    communes = tuple(_outline(row.commune_code, row.geometry, projection) for row in shown.itertuples())
    return _Outlines(projection, communes)


def _outline(commune_code: str, geometry: shapely.Geometry, projection: _Projection) -> _Outline:
    circle = shapely.maximum_inscribed_circle(geometry, tolerance=0.002)
    x, y = projection.point(*circle.coords[0])
    return _Outline(commune_code, _path(geometry, projection), x, y, shapely.length(circle) * projection.scale_x)


def _project(bounds: Sequence[float], width: int) -> _Projection:
    left, bottom, right, top = bounds
    scale_x = (width - 2 * _MARGIN) / (right - left)
    scale_y = scale_x / math.cos(math.radians((bottom + top) / 2))
    return _Projection(left, top, scale_x, scale_y, width, (top - bottom) * scale_y + 2 * _MARGIN)


def _shape(outline: _Outline, rows: Mapping[str, int | str], text: MapText, highlight: str | None, identifier: str) -> str:
    code = outline.commune_code
    border = " stroke='#000' stroke-width='2.4'" if code == highlight else ""
    title = f"<title>{escape(text.details.get(code, text.names.get(code, code)))}</title>"
    fill = fill_of(rows.get(code, "no_data"), identifier)
    path = f"<path d='{outline.path}' fill='{fill}'{border}>{title}</path>"
    link = text.links.get(code)
    return f'<a href={quoteattr(link)} target="_self" data-commune={quoteattr(code)}>{path}</a>' if link else path


def _path(geometry: shapely.Geometry, projection: _Projection) -> str:
    """Relative moves in tenths of a unit: about half the bytes of absolute ones."""
    rings = [ring for polygon in getattr(geometry, "geoms", [geometry]) for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(_ring_path(ring, projection) for ring in rings)


def _ring_path(ring: shapely.LinearRing, projection: _Projection) -> str:
    points = [tuple(round(v * 10) for v in projection.point(x, y)) for x, y in ring.coords[:-1]]
    x, y = points[0]
    parts = [f"M{x / 10:g} {y / 10:g}l"]
    for next_x, next_y in points[1:]:
        if (next_x, next_y) != (x, y):
            parts.append(f"{(next_x - x) / 10:g} {(next_y - y) / 10:g} ")
            x, y = next_x, next_y
    return _LEADING_ZERO.sub(".", "".join(parts).rstrip().replace(" -", "-")) + "z"


def _mark(outline: _Outline, word: str) -> str:
    """A disc with a word in it, where the commune is widest."""
    x, y, radius = outline.x, outline.y, 6.5 + 1.6 * len(word)
    disc = f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius:.1f}' fill='{ACCENT}' stroke='#fff' stroke-width='1.5'/>"
    return f"{disc}<text x='{x:.1f}' y='{y + 3.6:.1f}' font-size='10' font-weight='700' fill='#fff'>{escape(word)}</text>"


def _label(outline: _Outline, rows: Mapping[str, int | str], text: MapText, names: bool, highlight: str | None) -> str:
    """Class number, and the name above it, inside the widest circle of the commune; nothing where they would not fit."""
    x, y, radius = outline.x, outline.y, outline.radius
    number = number_of(rows.get(outline.commune_code))
    name = text.names.get(outline.commune_code, "") if names else ""
    size = 13 if names else 9
    halo = "paint-order='stroke' stroke='#fff' stroke-width='3' stroke-linejoin='round'"
    parts = []
    if number and radius > size * 0.55 * min(2, len(number)):
        down = size * (0.95 if name else 0.35)
        parts.append(f"<text x='{x:.1f}' y='{y + down:.1f}' font-size='{size}' font-weight='700' {halo}>{number}</text>")
    if name and (radius > 9 or outline.commune_code == highlight):
        weight = " font-weight='700'" if outline.commune_code == highlight else ""
        fitted = min(size, max(8.5, 3.6 * radius / max(len(name), 1)))
        parts.append(f"<text x='{x:.1f}' y='{y - 1:.1f}' font-size='{fitted:.1f}'{weight} {halo}>{escape(name)}</text>")
    return "".join(parts)
