"""What a second shock does, shaded by commune: intensity, people expected to be displaced, public buildings lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.bounds import BOUNDS, CENTRAL
from analytics.shock_effects import ShockEffects
from geo.map_styles import CommuneStyle
from geo.palette import SHAKING
from pages.words.map_layers import SHAKING_FROM
from pages.words.people_ahead import inside_territory
from pages.words.shock import write_about
from pages.words.view import View

# Where each band begins: fixed, so that two places or magnitudes are compared by their colours.
BANDS = {"intensity": SHAKING_FROM, "people": (10.0, 100.0, 1000.0), "buildings": (0.01, 0.05, 0.20)}


@dataclass(frozen=True, slots=True)
class ShockMap:
    """Styles by commune of the chosen territory; ``legend``: colour, words and how many communes, from the least on."""

    styles: dict[str, CommuneStyle]
    legend: list[tuple[str, str, int]]


def shade_shock(view: View, effects: ShockEffects, measure: str) -> ShockMap:
    """The communes in the bands of a measure (a key of ``BANDS``); pointed at, each says all three."""
    values = {"intensity": effects.intensity, "people": effects.displaced[CENTRAL], "buildings": effects.unusable[CENTRAL]}[
        measure
    ]
    inside = inside_territory(view) & np.isfinite(values)
    bands = np.searchsorted(BANDS[measure], values, side="right")
    names = name_bands(view, measure)
    styles = {
        effects.commune_codes[i]: CommuneStyle(SHAKING[bands[i]], names[bands[i]], _say_all(view, effects, int(i)))
        for i in np.flatnonzero(inside)
    }
    counts = np.bincount(bands[inside], minlength=len(names))
    legend = [(color, name, int(count)) for color, name, count in zip(SHAKING, names, counts, strict=True)]
    return ShockMap(styles, legend)


def name_bands(view: View, measure: str) -> Sequence[str]:
    """The bands of a measure in words, from the least on."""
    t = view.t
    write = t.percent if measure == "buildings" else lambda end: t.number(end, 0)
    ends = [write(end) for end in BANDS[measure]]
    under, *others = [("layer.intensity_under", ends[0]), *(("layer.intensity_from", end) for end in ends)]
    return [t(key, limit=end) for key, end in (under, *others)]


def _say_all(view: View, effects: ShockEffects, row: int) -> str:
    t = view.t
    low, central, high = (write_about(view, float(effects.displaced[bound][row])) for bound in BOUNDS)
    intensity = t.number(float(effects.intensity[row]), 1)
    buildings = t.percent(float(effects.unusable[CENTRAL][row]))
    return t("shock.shaded", intensity=intensity, people=central, low=low, high=high, buildings=buildings)
