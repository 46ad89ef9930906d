"""Routes of local animators: the douars of a commune shared among its posts, each share in the order of a short round trip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Route:
    """The stops of one post in their order (positions of the douars), the kilometres to each from the one before, and those home."""

    stops: tuple[int, ...]
    legs_km: tuple[float, ...]
    home_km: float

    @property
    def total_km(self) -> float:
        """The whole round, from the base and back."""
        return sum(self.legs_km) + self.home_km


def plan_routes(households: np.ndarray, base_km: np.ndarray, between_km: np.ndarray, posts: int) -> tuple[Route, ...]:
    """Routes of the posts: one tour through all douars, cut where the households of each part come nearest to equal shares, then each
    part shortened by itself.

    A tour begins with the nearest neighbour and is improved by turning stretches round (2-opt): short, not proved shortest.

    Args:
        base_km: of each douar from the base; ``between_km`` between douars. Posts without a douar get no route.
    """
    count = len(households)
    if count == 0 or posts < 1:
        return ()
    tour = _shorten(list(range(count)), base_km, between_km)
    middle = np.cumsum(households[tour]) - households[tour] / 2
    share = np.minimum((middle / max(float(households.sum()), 1.0) * posts).astype(int), posts - 1)
    parts = [[stop for stop, own in zip(tour, share, strict=True) if own == post] for post in range(posts)]
    return tuple(_route(_shorten(part, base_km, between_km), base_km, between_km) for part in parts if part)


def _route(stops: list[int], base_km: np.ndarray, between_km: np.ndarray) -> Route:
    legs = [float(base_km[stops[0]]), *between_km[stops[:-1], stops[1:]].tolist()]
    return Route(tuple(stops), tuple(legs), float(base_km[stops[-1]]))


def _shorten(stops: list[int], base_km: np.ndarray, between_km: np.ndarray) -> list[int]:
    """The stops from the nearest neighbour on, stretches turned round as long as that is shorter."""
    chosen = np.array(stops)
    size = len(chosen) + 1
    # The base is a place of its own, the last one.
    km = np.zeros((size, size))
    km[:-1, :-1] = between_km[np.ix_(chosen, chosen)]
    km[-1, :-1] = km[:-1, -1] = base_km[chosen]
    return chosen[_turn(_nearest(km), km)].tolist()


def _nearest(km: np.ndarray) -> np.ndarray:
    left, at, order = list(range(len(km) - 1)), len(km) - 1, []
    while left:
        at = min(left, key=lambda stop: (km[at, stop], stop))
        left.remove(at)
        order.append(at)
    return np.array(order, dtype=int)


def _turn(order: np.ndarray, km: np.ndarray) -> np.ndarray:
    """2-opt: the best turn of a stretch, again and again, until none is shorter."""
    while True:
        tour = np.concatenate([[len(km) - 1], order, [len(km) - 1]])
        here, then = tour[:-1], tour[1:]
        legs = km[here, then]
        gain = legs[:, None] + legs[None, :] - km[np.ix_(here, here)] - km[np.ix_(then, then)]
        gain = np.triu(gain, 2)
        first, last = np.unravel_index(int(gain.argmax()), gain.shape)
        if gain[first, last] <= 1e-9:
            return order
        order = order.copy()
        order[first:last] = order[first:last][::-1]
