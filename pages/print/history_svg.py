"""A line of months against the norm, small enough for a sheet of paper, readable in grey."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

WIDTH, HEIGHT = 230, 92
_LEFT, _RIGHT, _TOP, _BOTTOM = 22.0, 8.0, 8.0, 14.0


def highest(pressure: Sequence[float]) -> float:
    """Upper end of the scale: the largest pressure, never under one and a half times the norm."""
    known = [value for value in pressure if not np.isnan(value)]
    return max(1.5, *known) if known else 1.5


def trace_lines(values: Sequence[float], top: float) -> list[str]:
    """Points of the unbroken stretches of a line, as SVG ``points``; a missing month breaks the line."""
    stretches: list[list[str]] = [[]]
    step = (WIDTH - _LEFT - _RIGHT) / max(len(values) - 1, 1)
    for position, value in enumerate(values):
        if np.isnan(value):
            stretches.append([])
        else:
            stretches[-1].append(f"{_LEFT + position * step:.1f},{height_of(value, top):.1f}")
    return [" ".join(points) for points in stretches if points]


def height_of(value: float, top: float) -> float:
    """Vertical place of a pressure."""
    return HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM)
