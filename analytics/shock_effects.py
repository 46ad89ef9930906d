"""What a second shock does, with how far the equation scatters: expected effects, their range by place, and the total of all.

Effects of one place follow from its intensity alone, so that their expectation and their quantiles are exact. A total does not:
places of one earthquake err together, and the total is drawn (``analytics.draws``, the seed of every other draw).
Vulnerability is a choice, like a norm: it is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.drawing_rules import UncertaintyRules
from analytics.draws import Draws
from analytics.panel import Panel
from analytics.shock import PUBLIC_BUILDINGS, Shock, ShockModel, hypocentral_km, predict_intensity, share_displaced

_STREAM = "second_shock"
# A share of people or buildings at intensities and their scatter, for a bound of the vulnerability.
Share = Callable[..., np.ndarray]


@dataclass(frozen=True)
class ShockEffects:
    """What a shock does to each commune.

    ``intensity`` as predicted, ``scatter`` its standard deviation; ``unusable`` (share of public buildings) and ``displaced``
    (people) by bound: expected, and at both ends of the interval of that place; ``by_vulnerability`` expected people displaced,
    low, central and high; ``draw`` gives ``drawn``.
    """

    commune_codes: tuple[str, ...]
    intensity: np.ndarray
    scatter: np.ndarray
    unusable: Mapping[str, np.ndarray]
    displaced: Mapping[str, np.ndarray]
    by_vulnerability: Mapping[str, np.ndarray]
    interval: tuple[float, float]
    draw: Callable[[], np.ndarray]

    @cached_property
    def drawn(self) -> np.ndarray:
        """People displaced, communes × draws, drawn when a total is first asked for."""
        return self.draw()

    def total(self, inside: np.ndarray) -> dict[str, float]:
        """People displaced over some communes: ``central`` expected, ``median``, ``low`` and ``high`` of the interval."""
        totals = np.nansum(self.drawn[inside], axis=0)
        low, median, high = np.quantile(totals, (self.interval[0], 0.5, self.interval[1]))
        expected = float(np.nansum(self.displaced[CENTRAL][inside]))
        return {LOW: float(low), CENTRAL: expected, HIGH: float(high), "median": float(median)}


def work_out(panel: Panel, shock: Shock, centroids: np.ndarray, model: ShockModel, rules: UncertaintyRules) -> ShockEffects:
    """The effects of a shock on the communes of a panel at their centroids (``n × 2`` degrees, NaN where not known)."""
    distance = hypocentral_km(shock, centroids[:, 0], centroids[:, 1])
    intensity, scatter = predict_intensity(shock.magnitude, distance, model.equation), model.equation.scatter(distance)
    people = panel["population"].value[:: len(panel.months)]
    fragility = model.fragility

    def displaced(at: np.ndarray, bound: str = CENTRAL, spread: np.ndarray | float = 0.0) -> np.ndarray:
        share = share_displaced(panel, at, fragility, bound, spread)
        return share * people[(slice(None), *[None] * (at.ndim - 1))]

    def unusable(at: np.ndarray, bound: str = CENTRAL, spread: np.ndarray | float = 0.0) -> np.ndarray:
        return fragility.unusable_share(PUBLIC_BUILDINGS, at, bound, spread)

    def draw() -> np.ndarray:
        error = Draws(rules, len(people)).together(_STREAM, model.equation.between_share)[:, 1:]
        return displaced(intensity[:, None] + scatter[:, None] * error)

    return ShockEffects(
        commune_codes=panel.commune_codes,
        intensity=intensity,
        scatter=scatter,
        unusable=_by_bound(unusable, intensity, scatter, rules.interval),
        displaced=_by_bound(displaced, intensity, scatter, rules.interval),
        by_vulnerability={bound: displaced(intensity, bound, scatter) for bound in BOUNDS},
        interval=rules.interval,
        draw=draw,
    )


def _by_bound(
    share: Share, intensity: np.ndarray, scatter: np.ndarray, interval: tuple[float, float]
) -> dict[str, np.ndarray]:
    """Expected, and at both ends: what rises with intensity has its quantiles where intensity has its own."""
    from scipy.special import ndtri

    ends = {b: share(intensity + ndtri(p) * scatter) for b, p in zip((LOW, HIGH), interval, strict=True)}
    return {LOW: ends[LOW], CENTRAL: share(intensity, spread=scatter), HIGH: ends[HIGH]}
