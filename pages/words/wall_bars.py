"""Bars on a wall: how far each reaches on one scale, in hundredths of it, with the part due to displacement, a range and the norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

from analytics.bounds import scale_end
from analytics.summary import displacement_share

# A scale of pressures never ends under one and a half times the norm.
LEAST_TIMES = 1.5
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Length:
    """What a bar is drawn from, in one unit for all: the figure, what it would be without displaced people, the ends of its range;
    ``text`` stands at its end, ``note`` under it."""

    value: float
    text: str
    note: str = ""
    without: float = nan
    low: float = nan
    high: float = nan


@dataclass(frozen=True, slots=True)
class WallBar:
    """A bar in hundredths of the scale: what is structural, what is due to displacement, the range where there is one."""

    structural: float
    displacement: float
    text: str
    note: str = ""
    between: tuple[float, float] | None = None


def scale_bars(lengths: Sequence[Length], norm: float = nan, end: float = nan) -> tuple[list[WallBar], float | None]:
    """The bars, and where the norm lies.

    Args:
        norm: the value of the norm in the unit of the bars; NaN where there is none.
        end: where the scale ends; NaN for the longest bar and as much of the ranges as lets the bars be read.
    """
    firm = [length.value for length in lengths] + ([] if isnan(norm) else [LEAST_TIMES * norm])
    reach = scale_end(firm, [length.high for length in lengths]) if isnan(end) else end
    if isnan(reach) or reach <= 0:
        return [WallBar(0, 0, length.text, length.note) for length in lengths], None
    return [_scale(length, reach) for length in lengths], None if isnan(norm) else _part(norm, reach)


def _scale(length: Length, reach: float) -> WallBar:
    whole, displaced = _part(length.value, reach), displacement_share(length.value, length.without)
    due = 0.0 if isnan(displaced) else min(_part(displaced, reach), whole)
    between = None if isnan(length.low) or isnan(length.high) else (_part(length.low, reach), _part(length.high, reach))
    return WallBar(round(whole - due, 1), due, length.text, length.note, between)


def _part(value: float, reach: float) -> float:
    return 0.0 if isnan(value) else round(min(max(value / reach, 0.0), 1.0) * _WHOLE, 1)
