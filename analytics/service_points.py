"""Where the one collège or health centre of a commune probably stands: from the census distances of its placed douars, with the
ellipse in which it may lie and how well it says distances of douars that it was not shown.

A douar at a point p is at most k · |p − q| by road from a service at q. For each place q of a grid and each detour k the misfit is
the sum of |log(1 + k·d) − log(1 + km)| over the douars, with a mild pull of k towards what is usual. Distances as logarithms: a
kilometre counts more near the service than far from it. The place with the least misfit is the answer; the others, weighted by
exp(−misfit / scale), give the ellipse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_DOUARS, FARTHEST_KM = 8, 25.0
USUAL_DETOUR, PULL = 1.5, 0.3
_DETOURS = np.exp(np.linspace(np.log(0.9), np.log(2.6), 14))
_CELLS, _MARGIN_KM = 36, 3.0
# Half axes for four chances in five of a bivariate normal distribution.
_FOUR_IN_FIVE = np.sqrt(-2 * np.log(0.2))
_LEAST_SCALE, _FITTED = 0.05, 3


@dataclass(frozen=True, eq=False)
class Census:
    """What is known of a commune's placed douars: kilometres east and north on a plane, and the census distance to a service."""

    east: np.ndarray
    north: np.ndarray
    km: np.ndarray

    @property
    def usable(self) -> np.ndarray:
        """Douars with a distance, near enough to say where the service is."""
        return np.flatnonzero(~np.isnan(self.km) & (self.km < FARTHEST_KM))


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Four chances in five: half axes in km, the angle of the longer one from east to north in degrees."""

    long_km: float
    short_km: float
    degrees: float


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A derived place: kilometres east and north, detour, ellipse, douars it rests on; ``errors`` are the absolute differences of
    logarithms on douars held out one by one, ``median_errors`` those of the commune's median distance in its stead."""

    east: float
    north: float
    detour: float
    ellipse: Ellipse
    errors: tuple[float, ...]
    median_errors: tuple[float, ...]

    @property
    def douars(self) -> int:
        """Douars that it rests on."""
        return len(self.errors)

    @property
    def is_better(self) -> bool:
        """Whether it says distances of douars it was not shown better than the commune's median does."""
        return float(np.median(self.errors)) < float(np.median(self.median_errors))


def derive_point(census: Census, known: np.ndarray | None = None) -> ServicePoint | None:
    """The place of a service; None where fewer than eight placed douars have a usable distance.

    Args:
        known: true places of the same service elsewhere (rows of east, north in km): a douar may be nearer to one of them.
    """
    used = census.usable
    if len(used) < LEAST_DOUARS:
        return None
    near = Census(census.east[used], census.north[used], census.km[used])
    grid = _coarse_grid(near)
    cost = _misfits(near, grid, _nearest(near, known))
    total = cost.sum(axis=0) + _pull()
    errors, medians = _hold_out(near, grid, cost, total, known)
    east, north, detour = _refine(near, grid, total, known)
    # Three numbers are fitted: what is left over understates the scatter by as many degrees of freedom.
    scale = max(float(total.min()) / (len(used) - _FITTED), _LEAST_SCALE)
    return ServicePoint(east, north, detour, _ellipse(grid, total, scale), errors, medians)


def measure_point(census: Census, point: tuple[float, float], known: np.ndarray | None = None) -> tuple[float, ...]:
    """Absolute differences of logarithms where the true place of the service is known: the detour alone is fitted, and each douar
    is held out of it."""
    used = census.usable
    near = Census(census.east[used], census.north[used], census.km[used])
    if not len(used):
        return ()
    cost = _misfits(near, np.array([point]), _nearest(near, known))[:, 0, :]
    total = cost.sum(axis=0) + _pull()
    return tuple(float(row[np.argmin(total - row)]) for row in cost)


def _coarse_grid(near: Census) -> np.ndarray:
    """Places around the douars, rows of east and north."""
    east = np.linspace(near.east.min() - _MARGIN_KM, near.east.max() + _MARGIN_KM, _CELLS)
    north = np.linspace(near.north.min() - _MARGIN_KM, near.north.max() + _MARGIN_KM, _CELLS)
    return np.stack(np.meshgrid(east, north), axis=-1).reshape(-1, 2)


def _nearest(near: Census, known: np.ndarray | None) -> np.ndarray:
    """Kilometres from each douar to the nearest known place; infinite where there is none."""
    if known is None or not len(known):
        return np.full(len(near.km), np.inf)
    return np.hypot(near.east[:, None] - known[None, :, 0], near.north[:, None] - known[None, :, 1]).min(axis=1)


def _misfits(near: Census, grid: np.ndarray, other: np.ndarray) -> np.ndarray:
    """|log(1 + k·d) − log(1 + km)|: douars × places × detours."""
    straight = np.hypot(near.east[:, None] - grid[None, :, 0], near.north[:, None] - grid[None, :, 1])
    straight = np.minimum(straight, other[:, None])
    said = np.log1p(straight[:, :, None] * _DETOURS[None, None, :])
    return np.abs(said - np.log1p(near.km)[:, None, None])


def _pull() -> np.ndarray:
    """What an unusual detour costs."""
    return PULL * np.abs(np.log(_DETOURS) - np.log(USUAL_DETOUR))


def _hold_out(
    near: Census, grid: np.ndarray, cost: np.ndarray, total: np.ndarray, known: np.ndarray | None
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Each douar against the place that the others give, and against their median."""
    errors, medians = [], []
    for at, own in enumerate(cost):
        errors.append(float(own.ravel()[np.argmin(total - own)]))
        median = np.median(np.delete(near.km, at))
        medians.append(abs(float(np.log1p(median) - np.log1p(near.km[at]))))
    return tuple(errors), tuple(medians)


def _refine(near: Census, grid: np.ndarray, total: np.ndarray, known: np.ndarray | None) -> tuple[float, float, float]:
    """The best place on a finer grid around the best of the coarse one."""
    best = grid[np.unravel_index(np.argmin(total), total.shape)[0]]
    steps = [np.ptp(grid[:, axis]) / (_CELLS - 1) * np.linspace(-1.5, 1.5, 25) for axis in (0, 1)]
    fine = best + np.stack(np.meshgrid(*steps), axis=-1).reshape(-1, 2)
    misfit = _misfits(near, fine, _nearest(near, known)).sum(axis=0) + _pull()
    place, detour = np.unravel_index(np.argmin(misfit), misfit.shape)
    return float(fine[place, 0]), float(fine[place, 1]), float(_DETOURS[detour])


def _ellipse(grid: np.ndarray, total: np.ndarray, scale: float) -> Ellipse:
    """Spread of the places by their weight."""
    weight = np.exp(-(total - total.min()) / scale).sum(axis=1)
    weight /= weight.sum()
    away = grid - weight @ grid
    spread, axes = np.linalg.eigh((away * weight[:, None]).T @ away)
    long, short = _FOUR_IN_FIVE * np.sqrt(np.maximum(spread[::-1], 0))
    return Ellipse(float(long), float(short), float(np.degrees(np.arctan2(axes[1, 1], axes[0, 1]))))
