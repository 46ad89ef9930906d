"""Fills that survive a photocopy: each severity class has its colour and its own hatch; no data and not assessed theirs."""

from __future__ import annotations

from analytics.legend import Legend
from geo.palette import HATCH, INK, LAND, OUTLINE

NO_DATA = "no_data"
NOT_ASSESSED = "not_assessed"
RANGE = "range"
# The ground under places: no class is meant.
BLANK = "blank"

_TILE = 8

# Strokes of each hatch on a tile of 8 × 8.
STROKES = {
    "none": "",
    "dots": "<circle cx='2' cy='2' r='.8'/><circle cx='6' cy='6' r='.8'/>",
    "diagonal": "<path d='M-1 9L9-1'/>",
    "cross": "<path d='M-1 9L9-1M-1-1L9 9'/>",
    "dense": "<path d='M-1 5L5-1M-1 9L9-1M3 9L9 3'/>",
    RANGE: "<path d='M2 0V8M6 0V8'/>",
    NO_DATA: f"<circle cx='4' cy='4' r='1' fill='{HATCH}' stroke='none'/>",
    NOT_ASSESSED: f"<path d='M-1-1L9 9' stroke='{HATCH}'/>",
}
# A pattern: its id, its colour, its strokes.
PATTERN = (
    f"<pattern id='{{0}}' width='{_TILE}' height='{_TILE}' patternUnits='userSpaceOnUse'>"
    f"<rect width='{_TILE}' height='{_TILE}' fill='{{1}}'/>"
    f"<g stroke='{INK}' stroke-opacity='.35' stroke-width='.8' fill='{INK}' fill-opacity='.45'>{{2}}</g></pattern>"
)


def pattern_definitions(legend: Legend, identifier: str) -> str:
    """``<pattern>`` elements named ``{identifier}-1`` to ``-5``, ``-range``, ``-no_data`` and ``-not_assessed``."""
    return "".join(_pattern(*part) for part in pattern_parts(legend, identifier))


def pattern_parts(legend: Legend, identifier: str) -> list[tuple[str, str, str]]:
    """Id, colour and strokes of each pattern: what ``PATTERN`` is filled with."""
    return [(name, color, STROKES[hatch]) for name, color, hatch in pattern_names(legend, identifier)]


def pattern_names(legend: Legend, identifier: str) -> list[tuple[str, str, str]]:
    """Id, colour and hatch (a key of ``STROKES``) of each pattern, for a page that has the strokes."""
    return [
        *((f"{identifier}-{c.id}", c.color, c.hatch) for c in legend.classes),
        (f"{identifier}-{RANGE}", legend.range_color, RANGE),
        (f"{identifier}-{NO_DATA}", legend.no_data_color, NO_DATA),
        (f"{identifier}-{NOT_ASSESSED}", legend.not_assessed_color, NOT_ASSESSED),
    ]


def draw_swatch(legend: Legend, row: int | str, identifier: str) -> str:
    """A small ``<svg>`` in the colour and hatch of a legend row (a class, or the pattern of what has none), for a legend;
    ``identifier`` names its pattern on the page."""
    parts = {name.rpartition("-")[2]: (color, strokes) for name, color, strokes in pattern_parts(legend, identifier)}
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true"><defs>'
        f"{_pattern(identifier, *parts[str(row)])}</defs>"
        f"<rect x='.5' y='.5' width='23' height='15' fill='url(#{identifier})' stroke='{OUTLINE}'/></svg>"
    )


def fill_of(row: int | str, identifier: str) -> str:
    """The ``fill`` of a legend row: a class 1–5, a range (``range 1–3``), ``no_data`` or ``not_assessed``; plain for ``blank``."""
    return LAND if row == BLANK else f"url(#{identifier}-{pattern_of(row)})"


def pattern_of(row: int | str) -> str:
    """The name of the pattern of a legend row; every range has the same, and a plain colour is its own."""
    return str(row).partition(" ")[0]


def number_of(row: int | str | None) -> str:
    """What is written on a legend row: the class, or the two ends of a range; nothing where there is none."""
    return str(row) if isinstance(row, int) else (row or "").partition(" ")[2]


def _pattern(name: str, color: str, strokes: str) -> str:
    return PATTERN.format(name, color, strokes)
