"""Bars of a chart that leaves the screen: names at the side where a line begins, values written at their ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from data.i18n import Translator
from geo.palette import ACCENT, GREY, INK, LINE, NORM
from pages.print.charts.canvas import AREA, LEFT, RIGHT, clear_frame
from pages.print.charts.wrapping import fit, measure

HATCH = "////"
# Share of the picture that names may take, and the sizes of letters for few and for many rows.
_NAMES_WIDTH = 0.38
_GAP = 0.012
_HEIGHT = 0.62
_SIZES = ((10, 18.0), (14, 16.0), (99, 14.0))


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, how far it reaches and what is written there; ``hatched`` is the part of it at its end, ``low`` and
    ``high`` its range; a row without ``is_filled`` is a point on its range."""

    name: str
    value: float
    text: str
    low: float = math.nan
    high: float = math.nan
    hatched: float = 0.0
    is_filled: bool = True
    fill: str = GREY


def draw_bars(
    axes: Axes, t: Translator, bars: Sequence[Bar], *, unit: str = "", end: float | None = None, norm: float | None = None
) -> None:
    """Draw rows from the top down; mirrored where the reader begins at the right.

    Args:
        unit: what the axis counts.
        end: where the scale ends; the longest row when None. A range that goes beyond it ends there.
        norm: where a line says "the norm".
    """
    longest = max((max(b.value, 0 if math.isnan(b.high) else b.high) for b in bars), default=0.0)
    reach = end or longest or 1.0
    size = next(points for rows, points in _SIZES if len(bars) <= rows)
    _draw_rows(axes, bars, reach)
    _write_values(axes, t, bars, reach, size)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    _place(axes, t, bars, reach, size)
    if norm is not None:
        axes.axvline(norm, color=NORM, lw=2, zorder=0.5)
        axes.annotate(
            t("commune.norm"), (norm, 1), xycoords=("data", "axes fraction"), xytext=(0, 4), textcoords="offset points",
            color=NORM, ha="center", va="bottom", fontsize=14,
        )  # fmt: skip
    axes.set_xlabel(unit)
    axes.xaxis.set_major_formatter(lambda value, _: t.number(round(value, 2)) if value <= reach * 1.001 else "")
    axes.grid(axis="x", color=LINE, lw=0.8)
    axes.set_axisbelow(True)
    clear_frame(axes)


def _draw_rows(axes: Axes, bars: Sequence[Bar], reach: float) -> None:
    """All rows of a kind in one call: each call costs more than each row."""
    rows = list(enumerate(bars))
    filled = [(row, b) for row, b in rows if b.is_filled]
    if filled:
        lengths = [min(b.value, reach) - b.hatched for _, b in filled]
        axes.barh([row for row, _ in filled], lengths, color=[b.fill for _, b in filled], height=_HEIGHT)
    hatched = [(row, b) for row, b in rows if b.hatched]
    if hatched:
        axes.barh(
            [row for row, _ in hatched], [b.hatched for _, b in hatched], left=[min(b.value, reach) - b.hatched for _, b in hatched],
            color="white", edgecolor=ACCENT, hatch=HATCH, height=_HEIGHT,
        )  # fmt: skip
    for is_filled, width, color in ((True, 2, INK), (False, 9, GREY)):
        ranged = [(row, b) for row, b in rows if b.is_filled == is_filled and not math.isnan(b.high)]
        low, high = [b.low for _, b in ranged], [min(b.high, reach) for _, b in ranged]
        axes.hlines([row for row, _ in ranged], low, high, lw=width, color=color)
        if is_filled:
            upright = [row for row, _ in ranged] * 2
            axes.vlines(low + high, [r - 0.16 for r in upright], [r + 0.16 for r in upright], color=INK, lw=2)
    points = [(row, b) for row, b in rows if not b.is_filled]
    axes.plot([min(b.value, reach) for _, b in points], [row for row, _ in points], "o", color=INK, markersize=11, zorder=4)


def _write_values(axes: Axes, t: Translator, bars: Sequence[Bar], reach: float, size: float) -> None:
    away, align = (-10, "right") if t.direction == "rtl" else (10, "left")
    for row, bar in enumerate(bars):
        at = min(max(bar.value, 0 if math.isnan(bar.high) else bar.high), reach)
        axes.annotate(
            bar.text, (at, row), xytext=(away, 0), textcoords="offset points", ha=align, va="center", fontweight="bold",
            fontsize=size,
        )  # fmt: skip


def _place(axes: Axes, t: Translator, bars: Sequence[Bar], reach: float, size: float) -> None:
    """Room for the names beside the rows and for the values at their ends."""
    figure, is_rtl = axes.figure, t.direction == "rtl"
    names = [fit(figure, b.name, _NAMES_WIDTH, (size,), 2) for b in bars]
    beside = max((measure(figure, n.text, size) for n in names), default=0.0) + _GAP
    width = RIGHT - LEFT - beside
    written = max((measure(figure, b.text, size, fontweight="bold") for b in bars), default=0.0) + 2 * _GAP
    axes.set_position((LEFT if is_rtl else LEFT + beside, AREA[1], width, AREA[3]))
    end = reach / max(0.35, 1 - written / width)
    axes.set_xlim((end, 0) if is_rtl else (0, end))
    axes.set_yticks(range(len(bars)), [n.text for n in names])
    if is_rtl:
        axes.yaxis.tick_right()
    axes.tick_params(axis="y", labelcolor=INK, labelsize=size, pad=6)
