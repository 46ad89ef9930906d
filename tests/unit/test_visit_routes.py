"""Routes of animators: a hand-worked line, every order of few douars tried, and shares of households."""

from itertools import pairwise, permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.visit_routes import plan_routes

PLACES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=6, unique=True)


def apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.hypot(*(a[:, None, axis] - b[None, :, axis] for axis in (0, 1)))


def test_douars_on_a_line_are_seen_one_after_the_other_and_cut_by_households():
    places = np.array([[4.0, 0], [1, 0], [3, 0], [2, 0]])
    base = np.zeros((1, 2))
    (route,) = plan_routes(np.ones(4), apart(base, places)[0], apart(places, places), 1)
    assert route.stops == (1, 3, 2, 0)
    assert (route.legs_km, route.home_km, route.total_km) == ((1, 1, 1, 1), 4, 8)
    near, far = plan_routes(np.array([30.0, 10, 10, 10]), apart(base, places)[0], apart(places, places), 2)
    assert (near.stops, far.stops) == ((1, 3, 2), (0,))
    assert far.total_km == 8


@given(PLACES, st.integers(1, 3))
def test_every_douar_is_seen_once_and_one_round_is_little_longer_than_the_shortest(points, posts):
    places, base = np.array(points, dtype=float), np.array([[0.0, 0.0]])
    from_base, between = apart(base, places)[0], apart(places, places)
    routes = plan_routes(np.arange(1.0, len(points) + 1), from_base, between, posts)
    assert sorted(stop for route in routes for stop in route.stops) == list(range(len(points)))
    assert len(routes) <= posts
    (whole,) = plan_routes(np.ones(len(points)), from_base, between, 1)
    shortest = min(
        from_base[order[0]] + sum(between[a, b] for a, b in pairwise(order)) + from_base[order[-1]]
        for order in permutations(range(len(points)))
    )
    assert shortest - 1e-9 <= whole.total_km <= 1.2 * shortest + 1e-9


def test_without_a_douar_or_a_post_there_is_no_route():
    assert plan_routes(np.array([]), np.array([]), np.zeros((0, 0)), 2) == ()
    assert plan_routes(np.ones(1), np.ones(1), np.zeros((1, 1)), 0) == ()
