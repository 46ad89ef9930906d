"""A line of observed months that goes on into a range of months ahead, for paper, readable in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW, scale_end
from geo.palette import ACCENT, GREY, INK, RANGE_ON_PAPER
from pages.print.history_svg import (
    BOTTOM,
    HEIGHT,
    LEAST_TOP,
    LEFT,
    RIGHT,
    WIDTH,
    HistoryText,
    draw_polyline,
    draw_word,
    height_of,
    trace_lines,
)

# Months ahead, a row by bound.
Months = Mapping[str, Sequence[float] | np.ndarray]


def draw_outlook_line(observed: Sequence[float], ahead: Months, text: HistoryText) -> str:
    """One ``<svg>``: observed pressure (thick), its range ahead (filled) and its middle (dashed), the norm (long dashes), and a
    thin upright line where the future begins.

    Args:
        observed: in multiples of the norm, a month each; NaN breaks the line.
        ahead: the months after them, one row by bound.
    """
    past = [float(v) for v in observed]
    unknown = [float("nan")] * (len(past) - 1)
    lines = {b: [*unknown, past[-1], *map(float, ahead[b])] for b in BOUNDS}
    top = outlook_top(past, ahead)
    right, base, norm = WIDTH - RIGHT, HEIGHT - BOTTOM, round(height_of(1.0, top), 1)
    now = LEFT + (len(past) - 1) * (right - LEFT) / max(len(lines[CENTRAL]) - 1, 1)
    upper, lower = (trace_lines(list(np.minimum(lines[b], top)), top) for b in (HIGH, LOW))
    central = trace_lines(lines[CENTRAL], top)
    thick = trace_lines([*past, *([float("nan")] * len(ahead[CENTRAL]))], top)
    bands = (f"{high} {' '.join(reversed(low.split()))}" for high, low in zip(upper, lower, strict=False))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" direction="ltr" '
        f'aria-label="{escape(text.description)}" font-family="Noto Sans, Noto Naskh Arabic, sans-serif" font-size="8">'
        + "".join(f'<polygon points="{points}" fill="{RANGE_ON_PAPER}"/>' for points in bands)
        + draw_word(19, 12, text.top, "end")
        + draw_word(19, norm + 3, "1", "end", INK)
        + f'<path d="M{LEFT:g} {base:g}H{right:g}" stroke="{GREY}" stroke-width=".8"/>'
        f'<path d="M{now:.1f} 8V{base:g}" stroke="{GREY}" stroke-width=".6"/>'
        f'<path d="M{LEFT:g} {norm}H{right:g}" stroke="{INK}" stroke-width=".9" stroke-dasharray="6 2"/>'
        + "".join(draw_polyline(p, f'stroke="{ACCENT}" stroke-width="2" stroke-dasharray="3 1.5"') for p in central)
        + "".join(draw_polyline(p, f'stroke="{INK}" stroke-width="2"') for p in thick)
        + draw_word(LEFT, HEIGHT - 3, text.first, "start")
        + draw_word(right, HEIGHT - 3, text.last, "end")
        + "</svg>"
    )  # fmt: skip


def outlook_top(observed: Sequence[float], ahead: Months) -> float:
    """Upper end of the scale: the upper bound, unless it would flatten everything else."""
    return scale_end([*observed, *ahead[CENTRAL], LEAST_TOP], ahead[HIGH])
