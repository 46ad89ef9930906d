"""A line of months against the norm, small enough for a sheet of paper, readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from geo.palette import ACCENT, GREY, INK, MUTED

WIDTH, HEIGHT = 230, 92
LEFT, RIGHT, TOP, BOTTOM = 22.0, 8.0, 8.0, 14.0
# A scale never ends under one and a half times the norm.
LEAST_TOP = 1.5


@dataclass(frozen=True, slots=True)
class HistoryText:
    """Words on and for a line: what it shows (for readers who do not see it), top of the scale, first and last month."""

    description: str
    top: str
    first: str
    last: str


def draw_history_line(pressure: Sequence[float], without: Sequence[float], chosen: int, text: HistoryText) -> str:
    """One ``<svg>``: the pressure with displaced people (thick), without (dashed), the norm (long dashes), the chosen month (dot).

    Args:
        pressure: in multiples of the norm, a month each; NaN breaks the line.
        chosen: position of the month that the sheet is about.
    """
    top, right, base = highest(pressure), WIDTH - RIGHT, HEIGHT - BOTTOM
    norm = round(height_of(1.0, top), 1)
    dashed = "".join(
        draw_polyline(p, f'stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="2 2"') for p in trace_lines(without, top)
    )
    thick = "".join(draw_polyline(points, f'stroke="{INK}" stroke-width="2"') for points in trace_lines(pressure, top))
    only = [value if position == chosen else float("nan") for position, value in enumerate(pressure)]
    dots = (point.split(",") for point in trace_lines(only, top))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" direction="ltr" '
        f'aria-label="{escape(text.description)}" font-family="Noto Sans, Noto Naskh Arabic, sans-serif" font-size="8">'
        f"{draw_word(19, 12, text.top, 'end')}{draw_word(19, norm + 3, '1', 'end', INK)}"
        f'<path d="M{LEFT:g} {base:g}H{right:g}" stroke="{GREY}" stroke-width=".8"/>'
        f'<path d="M{LEFT:g} {norm}H{right:g}" stroke="{INK}" stroke-width=".9" stroke-dasharray="6 2"/>{dashed}{thick}'
        + "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{INK}"/>' for x, y in dots)
        + draw_word(LEFT, HEIGHT - 3, text.first, "start")
        + draw_word(right, HEIGHT - 3, text.last, "end")
        + "</svg>"
    )


def highest(pressure: Sequence[float]) -> float:
    """Upper end of the scale: the largest pressure, never under one and a half times the norm."""
    known = [value for value in pressure if not np.isnan(value)]
    return max([LEAST_TOP, *known])


def trace_lines(values: Sequence[float], top: float) -> list[str]:
    """Points of the unbroken stretches of a line, as SVG ``points``; a missing month breaks the line."""
    stretches: list[list[str]] = [[]]
    step = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1)
    for position, value in enumerate(values):
        if np.isnan(value):
            stretches.append([])
        else:
            stretches[-1].append(f"{LEFT + position * step:.1f},{height_of(value, top):.1f}")
    return [" ".join(points) for points in stretches if points]


def height_of(value: float, top: float) -> float:
    """Vertical place of a pressure."""
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)


def draw_polyline(points: str, stroke: str) -> str:
    """A line through points, with the attributes of its stroke."""
    return f'<polyline points="{points}" fill="none" {stroke}/>'


def draw_word(x: float, y: float, word: str, anchor: str, fill: str = MUTED) -> str:
    """A word of the drawing, escaped."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}">{escape(word)}</text>'
