"""Lines by month of a chart that leaves the screen: time runs to the right in every script, values are written at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from data.i18n import Translator
from geo.palette import LINE
from pages.print.charts.canvas import clear_frame

_LABELS = 9
# Two words at the ends of lines are at least so far apart, as a share of the chart's height.
_APART = 0.105


@dataclass(frozen=True, slots=True)
class End:
    """What is written beside a point: place, words, colour."""

    month: int
    value: float
    text: str
    color: str


def number_months(months: Sequence[pd.Timestamp]) -> list[int]:
    """Months as whole numbers one apart."""
    return [month.year * 12 + month.month - 1 for month in months]


def draw_axes(axes: Axes, t: Translator, months: Sequence[pd.Timestamp], *, decimals: int, room: float = 0.2) -> None:
    """Months along the foot, numbers at the side; ``room`` at the right for the words, as a share of the months' width."""
    numbers = number_months(months)
    first, last = min(numbers), max(numbers)
    every = max(1, round((last - first + 1) / _LABELS))
    ticks = list(range(first, last + 1, every))
    axes.set_xticks(ticks, [t.short_month(pd.Timestamp(n // 12, n % 12 + 1, 1)) for n in ticks])
    axes.set_xlim(first - 0.5, last + max(1.0, room * (last - first)))
    axes.yaxis.set_major_formatter(lambda value, _: t.number(value, decimals))
    axes.grid(axis="y", color=LINE, lw=1)
    axes.set_axisbelow(True)
    clear_frame(axes)
    axes.tick_params(axis="x", pad=12)


def write_point(axes: Axes, end: End) -> None:
    """A point, its words above it towards the months before."""
    axes.plot(end.month, end.value, "o", color=end.color, markersize=12)
    axes.annotate(
        end.text, (end.month, end.value), xytext=(0, 14), textcoords="offset points", ha="center", va="bottom", color=end.color,
        fontsize=16, fontweight="bold",
    )  # fmt: skip


def write_ends(axes: Axes, ends: Sequence[End]) -> None:
    """Words at the right of points, moved up or down where they would lie on each other; call it when the scale is set."""
    bottom, top = axes.get_ylim()
    apart = _APART * (top - bottom)
    places: list[float] = []
    for end in sorted(ends, key=lambda e: e.value):
        lowest = places[-1] + apart * max(1, end.text.count("\n")) if places else bottom + apart / 2
        places.append(max(end.value, lowest))
    over = places[-1] - (top - apart / 2) if places else 0.0
    for end, place in zip(sorted(ends, key=lambda e: e.value), places, strict=True):
        axes.annotate(
            end.text, (end.month, place - max(0.0, over)), xytext=(12, 0), textcoords="offset points", color=end.color,
            va="center", ha="left", fontsize=16, fontweight="bold", linespacing=1.15, annotation_clip=False,
        )  # fmt: skip
