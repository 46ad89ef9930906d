"""What a Monte Carlo draws once for all months: the errors of measurement of each variable, and of nothing else.

Each name has a random stream of its own, so that what is drawn for one variable does not depend on which others there are.
Errors multiply and have a median of 1: the figure itself is the centre. Norms, weights and rules are choices, not errors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import cosh, log, sqrt
from zlib import crc32

import numpy as np

from analytics.drawing_rules import UncertaintyRules
from analytics.pressure import MAXIMUM_SCORE

Shape = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draws:
    """``rules.draws`` draws for a number of communes; arrays are communes × (1 + draws).

    The first column has no error at all: what is computed from it is the estimate that all others are draws around.
    """

    rules: UncertaintyRules
    communes: int
    _drawn: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        """Communes, and draws with the one without error before them."""
        return self.communes, 1 + self.rules.draws

    def error(self, variable: str) -> np.ndarray:
        """Error of a variable in standard units: normal, and correlated with those of the variables that share its cause."""
        own = self._normal("own", variable)
        cause = next((c for c in self.rules.shared_causes if variable in c.variables), None)
        if cause is None:
            return own
        return self._once("error", variable, lambda _: _mix(self._normal("cause", cause.id), own, cause.correlation))

    def demand_factor(self, variable: str, variation: np.ndarray) -> np.ndarray:
        """Errors of a demand as lognormal factors of median 1, for the coefficient of variation of each commune."""
        sigma = np.sqrt(np.log1p(variation**2)).astype(np.float32)[:, None]
        return np.exp(sigma * self.error(variable))

    def capacity_factor(self, variable: str, variation: np.ndarray) -> np.ndarray:
        """Errors of a capacity as factors of median 1, triangular on the scale of the logarithm, for the coefficient of variation
        of each commune: bounded, never zero."""
        kinds, which = np.unique(variation, return_inverse=True)
        width = np.array([triangle_half_width(kind) for kind in kinds], dtype=np.float32)[which][:, None]
        return np.exp(width * self._once("triangle", variable, lambda _: _as_triangle(self.error(variable))))

    def counted_share(self) -> np.ndarray:
        """Share of displaced persons already in the census where nobody declared it: anything from none to all, in
        communes that resemble each other since one operation counted them all."""
        # SciPy is loaded when something is drawn: a server starts without it.
        from scipy.special import ndtr

        return ndtr(self.together("counted_in_census", self.rules.census_share.correlation, "share"))

    def anywhere(self, name: str) -> np.ndarray:
        """Something of which nothing is known, for each commune by itself: any share from 0 to 1 alike, the middle without error.

        Every draw has its own of as many equal steps, so that half of them lie on either side of the middle: what lies there is often
        dense below it and sparse above it, and a median left to chance would jump.
        """

        def draw(generator: np.random.Generator) -> np.ndarray:
            steps = np.broadcast_to(np.arange(self.rules.draws, dtype=np.float32), (self.communes, self.rules.draws))
            shares = np.full(self.shape, 0.5, dtype=np.float32)
            shares[:, 1:] = generator.permuted(steps, axis=1) + generator.random(steps.shape, dtype=np.float32)
            shares[:, 1:] /= self.rules.draws
            return shares

        return self._once("anywhere", name, draw)

    def together(self, name: str, correlation: float, kind: str = "together") -> np.ndarray:
        """Standard normal errors of something that communes share in part: the correlation of any two of them."""

        def draw(generator: np.random.Generator) -> np.ndarray:
            shared, own = self._errors(generator, 1), self._errors(generator, self.communes)
            return _mix(shared, own, correlation)

        return self._once(kind, name, draw)

    def errors_drawn(self) -> dict[str, np.ndarray]:
        """Error of each variable that something has been computed from, communes × (1 + draws); the census share by its name."""
        found = {name: self.error(name) for kind, name in list(self._drawn) if kind == "own"}
        shared = {name: table for (kind, name), table in self._drawn.items() if kind == "share"}
        return found | shared

    def _normal(self, kind: str, name: str) -> np.ndarray:
        return self._once(kind, name, lambda generator: self._errors(generator, self.communes))

    def _errors(self, generator: np.random.Generator, communes: int) -> np.ndarray:
        errors = np.zeros((communes, self.shape[1]), dtype=np.float32)
        errors[:, 1:] = generator.standard_normal((communes, self.rules.draws), dtype=np.float32)
        return errors

    def _once(self, kind: str, name: str, draw: Callable[[np.random.Generator], np.ndarray]) -> np.ndarray:
        key = (kind, name)
        if key not in self._drawn:
            seed = [self.rules.seed, crc32(f"{kind} {name}".encode())]
            self._drawn[key] = draw(np.random.Generator(np.random.SFC64(seed)))
        return self._drawn[key]


def recentre_ratio(table: np.ndarray) -> np.ndarray:
    """The same draws multiplied so that their median is the first column, which has no error; a median of 0 is left."""
    middle = np.median(table[:, 1:], axis=1)
    moves = (middle > 0) & np.isfinite(middle)
    factor = np.divide(table[:, 0], middle, out=np.ones_like(middle), where=moves)
    return np.concatenate([table[:, :1], table[:, 1:] * factor[:, None]], axis=1)


def middle_of_highest(tables: np.ndarray, least: float) -> np.ndarray:
    """Median of the highest of several figures (figures × communes × draws) if all were equal that cannot be told from the highest.

    The highest of figures that err is most often one that erred upwards: its own draws leave the others behind, so that they say too
    little of how far the highest lies too high. One counts as near that stands above it in more than ``least`` of the draws.
    """
    centre = np.nan_to_num(tables[:, :, 0], nan=-1.0)
    top = centre.argmax(axis=0)
    highest = np.take_along_axis(tables, top[None, :, None], axis=0)[0]
    near = (tables[:, :, 1:] > highest[None, :, 1:]).mean(axis=2) > least
    near[top, np.arange(tables.shape[1])] = True
    with np.errstate(divide="ignore", invalid="ignore"):
        equal = np.where(near[:, :, None], tables[:, :, 1:] / tables[:, :, :1] * highest[None, :, :1], np.nan)
    middle = np.median(np.fmax.reduce(equal), axis=1)
    return np.where(np.isfinite(middle), middle, highest[:, 0])


def push_of(table: np.ndarray) -> np.ndarray:
    """By how much errors push draws of a score to one side: their median less the first column, which has no error."""
    return np.asarray(np.median(table[:, 1:], axis=1) - table[:, 0])


def recentre_score(table: np.ndarray, push: np.ndarray | None = None) -> np.ndarray:
    """The same draws of a score moved so that their median is the first column, which has no error; kept within 0–100.

    Scores are cut at 0 and 100 and averaged: errors push a score near an end to one side only, so that draws around figures
    that err already would stand twice as far from the truth as the score itself.

    Args:
        push: by how much errors push them (``push_of``), where it is known already.
    """
    shift = push_of(table) if push is None else push
    moved = np.clip(table[:, 1:] - shift[:, None], 0, np.float32(MAXIMUM_SCORE))
    return np.concatenate([table[:, :1], moved], axis=1)


@cache
def triangle_half_width(variation: float) -> float:
    """Half-width, on the scale of the logarithm, of the symmetric triangle whose exponential has a coefficient of variation.

    Close to ``sqrt(6) × variation``: a triangle ±w has a standard deviation of w ÷ sqrt(6).
    """
    from scipy.optimize import brentq

    if variation == 0:
        return 0.0
    return float(brentq(lambda w: _spread_of(w) - variation, 1e-6, 10 * sqrt(6 * log(1 + variation**2))))


def _spread_of(width: float) -> float:
    """Coefficient of variation of exp(T), T triangular on ±width: E exp(T) = 2 (cosh w - 1) ÷ w²."""
    first, second = (2 * (cosh(w) - 1) / w**2 for w in (width, 2 * width))
    return sqrt(max(0.0, second / first**2 - 1))


def _as_triangle(normal: np.ndarray) -> np.ndarray:
    """A standard normal as a symmetric triangle between -1 and 1, draw by draw at the same centile."""
    from scipy.special import ndtr

    return np.sign(normal) * (1 - np.sqrt(2 * ndtr(-np.abs(normal))))


def _mix(together: np.ndarray, own: np.ndarray, correlation: float) -> np.ndarray:
    return np.float32(sqrt(correlation)) * together + np.float32(sqrt(1 - correlation)) * own
