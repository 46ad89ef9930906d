"""Places as dots on the SVG map: one look for each kind, readable in grey, with a word for whoever points at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from geo.palette import (
    ACCENT,
    AXIS,
    BLACK,
    DISPLACED,
    DOT_FAR,
    DOT_FAR_EDGE,
    DOT_NEAR,
    DOT_NEAR_EDGE,
    DOT_VERY_FAR,
    FACILITY_CLOSED,
    FACILITY_OPEN,
    FACILITY_PARTLY,
    INK,
    NORM,
    PEOPLE,
    SHAKING,
    SITE,
    WHITE,
)  # fmt: skip

KILOMETRES_A_DEGREE = 111.2
# Of its length, how far a way leaves the straight line.
BEND = 0.16

Project = Callable[[float, float], tuple[float, float]]

# Fill and outline by kind, darker where more is wrong; the ring without a fill says that nothing is known.
LOOKS = {
    "withheld": ("none", AXIS),
    "near": (DOT_NEAR, DOT_NEAR_EDGE),
    "far": (DOT_FAR, DOT_FAR_EDGE),
    "very_far": (DOT_VERY_FAR, BLACK),
    "chosen": (NORM, WHITE),
    "derived": (WHITE, NORM),
    "true": (NORM, BLACK),
    "base": (ACCENT, INK),
    "people": (PEOPLE, WHITE),
    "displaced": (DISPLACED, WHITE),
    "site": (SITE, DISPLACED),
    "flow": ("none", DISPLACED),
    "fully": (FACILITY_OPEN, FACILITY_PARTLY),
    "partially": (FACILITY_PARTLY, WHITE),
    "not": (FACILITY_CLOSED, WHITE),
    "unknown": ("none", AXIS),
    **{f"shaking_{step}": (fill, INK) for step, fill in enumerate(SHAKING)},
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A place in degrees, its kind (``LOOKS``), its radius on the page, and what is said of it."""

    longitude: float
    latitude: float
    kind: str
    radius: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one place to another in degrees, its kind (``LOOKS``), its width on the page, and what is said of it."""

    from_longitude: float
    from_latitude: float
    to_longitude: float
    to_latitude: float
    kind: str
    width: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Where a place may lie: centre in degrees, half axes in kilometres, the angle of the longer one from east to north."""

    longitude: float
    latitude: float
    long_km: float
    short_km: float
    degrees: float


def draw_dots(dots: Sequence[Dot], point: Project) -> str:
    """SVG of the dots, kind by kind in the order of the looks, so that what matters lies on top."""
    groups = []
    for kind, (fill, stroke) in LOOKS.items():
        drawn = "".join(_circle(dot, point) for dot in dots if dot.kind == kind)
        if drawn:
            groups.append(f"<g fill='{fill}' stroke='{stroke}' stroke-width='.7'>{drawn}</g>")
    return "".join(groups)


def draw_ways(ways: Sequence[Way], point: Project) -> str:
    """SVG of the ways, each with a disc at its end."""
    return "".join(_way(way, point) for way in ways)


def draw_ellipses(ellipses: Sequence[Ellipse], point: Project, units_a_km: float) -> str:
    """SVG of the ellipses, dashed: a place is somewhere inside."""
    drawn = "".join(_ellipse(e, point, units_a_km) for e in ellipses)
    style = f"fill='{NORM}' fill-opacity='.08' stroke='{NORM}' stroke-width='.8' stroke-dasharray='3 2'"
    return f"<g {style}>{drawn}</g>" if drawn else ""


def _circle(dot: Dot, point: Project) -> str:
    x, y = point(dot.longitude, dot.latitude)
    title = f"<title>{escape(dot.title)}</title>" if dot.title else ""
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{dot.radius:g}'>{title}</circle>"


def _way(way: Way, point: Project) -> str:
    (x, y), (end_x, end_y) = point(way.from_longitude, way.from_latitude), point(way.to_longitude, way.to_latitude)
    # Bent to one side, so that both directions between two places are seen.
    bend_x, bend_y = (x + end_x) / 2 + (end_y - y) * BEND, (y + end_y) / 2 - (end_x - x) * BEND
    colour, title = LOOKS[way.kind][1], f"<title>{escape(way.title)}</title>" if way.title else ""
    return (
        f"<path d='M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {end_x:.1f} {end_y:.1f}' fill='none' stroke='{colour}' "
        f"stroke-opacity='.75' stroke-width='{way.width:g}'>{title}</path>"
        f"<circle cx='{end_x:.1f}' cy='{end_y:.1f}' r='{way.width / 2 + 1:g}' fill='{colour}'/>"
    )


def _ellipse(ellipse: Ellipse, point: Project, units: float) -> str:
    x, y = point(ellipse.longitude, ellipse.latitude)
    # On the page y grows downwards: an angle to the north turns the other way.
    turn = f"rotate({-ellipse.degrees:.0f} {x:.1f} {y:.1f})"
    return (
        f"<ellipse cx='{x:.1f}' cy='{y:.1f}' rx='{ellipse.long_km * units:.1f}' "
        f"ry='{ellipse.short_km * units:.1f}' transform='{turn}'/>"
    )
