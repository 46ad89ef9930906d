"""Access to services: the method note's vector, PySAL's `access`, a second answer with dictionaries and loops, what must always
hold, and what happens where a figure is missing."""

import math

import numpy as np
import pandas as pd
import pytest
from access import Access
from access.access import weights as library_weights
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.accessibility import (
    adjacency_spill_over,
    enhanced_two_step_catchment,
    expected_load,
    huff_shares,
    step_weights,
    travel_minutes,
    two_step_catchment,
)
from tests.accessibility_cases import KNOWN, NAN, SOME, STEPS, cases

pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")  # inside the library
# Method note 3.4: three places, two facilities, minutes between them.
PEOPLE = np.array([5000, 8000, 3000])
SUPPLY = np.array([2, 1])
MINUTES = np.array([[5, 25], [18, 12], [28, 40]])


def test_the_vector_of_the_method_note():
    enhanced = enhanced_two_step_catchment(PEOPLE, SUPPLY, MINUTES, STEPS)
    np.testing.assert_allclose(enhanced.access * 1e4, [2.1382, 2.2650, 0.3964], atol=5e-5)
    assert enhanced.access @ PEOPLE == pytest.approx(3.0)
    plain = two_step_catchment(PEOPLE, SUPPLY, MINUTES, 30)
    np.testing.assert_allclose(plain.access * 1e4, [2.0192, 2.0192, 1.2500], atol=5e-5)
    # First facility: everyone within 30 minutes, 2 ÷ 16,000; second: 1 ÷ 13,000.
    np.testing.assert_allclose(plain.facility_ratio, [2 / 16000, 1 / 13000])


def test_huff_vector_of_the_method_note():
    shares = huff_shares(SUPPLY, MINUTES)
    np.testing.assert_allclose(shares, [[0.980, 0.020], [0.471, 0.529], [0.803, 0.197]], atol=5e-4)
    # 5,000 × 0.980 + 8,000 × 0.471 + 3,000 × 0.803 = 11,077 of 16,000.
    load = expected_load(PEOPLE, shares)
    np.testing.assert_allclose(load, [11077, 4923], atol=2)


def test_minutes_without_a_road_graph():
    # 10 km × 1.4 at 25 km/h: 33.6 minutes; on foot at 4 km/h: 210.
    np.testing.assert_allclose(travel_minutes(np.array([10, 0, NAN]), 25), [33.6, 0, NAN])
    assert travel_minutes(np.array([10.0]), 4)[0] == pytest.approx(210)
    for speed, detour in ((0, 1.4), (25, 0.9)):
        with pytest.raises(ValueError, match="speed"):
            travel_minutes(np.array([1.0]), speed, detour)


def test_steps_include_their_limit_and_end_at_the_last():
    distance = np.array([0, 10, 10.001, 20, 30, 30.001, np.inf, NAN])
    np.testing.assert_array_equal(step_weights(distance, STEPS), [1, 1, 0.68, 0.68, 0.22, 0, 0, 0])
    np.testing.assert_array_equal(step_weights(distance, STEPS[::-1]), step_weights(distance, STEPS))


@pytest.mark.parametrize("steps", [(), ((10, 1), (10, 0.5)), ((10, -1),)])
def test_steps_that_are_none_are_refused(steps):
    with pytest.raises(ValueError, match="steps"):
        step_weights(np.array([1.0]), steps)


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="row for each place"):
        two_step_catchment(PEOPLE, SUPPLY, MINUTES.T, 30)
    with pytest.raises(ValueError, match="row and a column"):
        adjacency_spill_over(PEOPLE, PEOPLE, np.ones((2, 3)))


def library_access(people, supply, distance, steps=None, limit=None):
    """Access by the library; a place that reaches nothing, which it leaves empty, has 0."""
    places, facilities = np.indices(distance.shape)
    table = pd.DataFrame({"origin": places.ravel(), "dest": facilities.ravel(), "cost": distance.ravel()})
    model = Access(
        demand_df=pd.DataFrame({"place": range(len(people)), "people": np.asarray(people, dtype=float)}),
        demand_index="place",
        demand_value="people",
        supply_df=pd.DataFrame({"facility": range(len(supply)), "supply": np.asarray(supply, dtype=float)}),
        supply_index="facility",
        supply_value="supply",
        cost_df=table,
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )
    if steps is None:
        found = model.two_stage_fca(name="found", max_cost=limit)
    else:
        found = model.enhanced_two_stage_fca(name="found", weight_fn=library_weights.step_fn(dict(steps)))
    return found["found_supply"].reindex(range(len(people))).fillna(0).to_numpy()


# Its test examples: a grid of 5 × 5 points of one unit each, five of them with demand; three tracts in four states of traffic.
GRID = np.array([(x, y) for x in range(5) for y in range(5)], dtype=float)
DEMANDING = [0, 6, 12, 17, 23]
GRID_DISTANCE = np.hypot(*(GRID[DEMANDING][:, None, :] - GRID[None, :, :]).transpose(2, 0, 1))
TRAFFIC = [
    [[1, 80, 40], [80, 1, 40], [40, 40, 1]],
    [[1, 80, 20], [80, 1, 20], [40, 40, 1]],
    [[1, 80, 40], [80, 1, 40], [20, 20, 1]],
    [[1, 40, 20], [40, 1, 20], [20, 20, 1]],
]


@pytest.mark.parametrize(("limit", "expected"), [(0.9, 1), (100, 5)])
def test_the_grid_of_the_library_has_the_access_that_its_tests_state(limit, expected):
    own = two_step_catchment(np.ones(5), np.ones(25), GRID_DISTANCE, limit).access
    np.testing.assert_allclose(own, expected, rtol=1e-9)
    np.testing.assert_allclose(library_access(np.ones(5), np.ones(25), GRID_DISTANCE, limit=limit), expected, rtol=1e-9)


@pytest.mark.parametrize("limit", [1, 1.5, 2.3, 4])
def test_two_step_catchment_equals_the_library_on_its_grid(limit):
    supply = np.random.default_rng(44).integers(1, 200, 25)
    own = two_step_catchment(np.arange(1, 6), supply, GRID_DISTANCE, limit).access
    np.testing.assert_allclose(own, library_access(np.arange(1, 6), supply, GRID_DISTANCE, limit=limit), rtol=1e-9)


@pytest.mark.parametrize("minutes", TRAFFIC)
def test_both_catchments_equal_the_library_on_its_hospital_example(minutes):
    people, doctors, minutes = np.array([100, 50, 10]), np.array([15, 20, 100]), np.array(minutes)
    own = two_step_catchment(people, doctors, minutes, 61).access
    np.testing.assert_allclose(own, library_access(people, doctors, minutes, limit=61), rtol=1e-9)
    enhanced = enhanced_two_step_catchment(people, doctors, minutes, ((20, 1), (40, 0.68), (60, 0.22))).access
    expected = library_access(people, doctors, minutes, ((20, 1), (40, 0.68), (60, 0.22)))
    np.testing.assert_allclose(enhanced, expected, rtol=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_both_catchments_equal_the_library_on_random_cases(seed):
    random = np.random.default_rng(seed)
    people, supply = random.integers(1, 9000, 30), random.integers(0, 40, 12)
    minutes = random.uniform(0, 120, (30, 12))
    steps = ((15, 1), (35, 0.68), (60, 0.22))
    own = enhanced_two_step_catchment(people, supply, minutes, steps).access
    np.testing.assert_allclose(own, library_access(people, supply, minutes, steps), rtol=1e-9)
    plain = two_step_catchment(people, supply, minutes, 35).access
    np.testing.assert_allclose(plain, library_access(people, supply, minutes, limit=35), rtol=1e-9)


def weight_of(distance, steps):
    for limit, weight in steps:
        if not math.isnan(distance) and distance <= limit:
            return weight
    return 0


def plain_access(people, supply, distance, steps):
    """Access of each place, in words: unknown facilities left out, unknown people never zero."""
    ratio = {}
    for facility, capacity in supply.items():
        users = 0
        for place, persons in people.items():
            weight = weight_of(distance[place, facility], steps)
            if weight:
                users += persons * weight
        ratio[facility] = capacity / users if users else NAN
    access = {}
    for place in people:
        reached = [f for f in supply if weight_of(distance[place, f], steps)]
        known = [f for f in reached if not math.isnan(supply[f])]
        if reached and not known:
            access[place] = NAN
        else:
            access[place] = sum(weight_of(distance[place, f], steps) * ratio[f] for f in known)
    return access


@settings(max_examples=120, deadline=None)
@given(cases())
def test_catchments_equal_the_plain_answer_with_figures_missing_anywhere(case):
    people, supply, distance = case
    keyed = {(i, j): distance[i, j] for i in range(people.size) for j in range(supply.size)}
    expected = plain_access(dict(enumerate(people.tolist())), dict(enumerate(supply.tolist())), keyed, STEPS)
    own = enhanced_two_step_catchment(people, supply, distance, STEPS).access
    np.testing.assert_allclose(own, [expected[place] for place in range(people.size)], rtol=1e-9)


@SOME
@given(KNOWN)
def test_a_catchment_without_limit_gives_everyone_the_ratio_of_the_whole(case):
    people, supply, distance = case
    own = two_step_catchment(people, supply, distance, np.inf).access
    np.testing.assert_allclose(own, supply.sum() / people.sum(), rtol=1e-9)


@SOME
@given(KNOWN)
def test_access_times_people_is_the_supply_within_reach_of_someone(case):
    people, supply, distance = case
    reachable = supply[(distance <= 30).any(axis=0)].sum()
    assert enhanced_two_step_catchment(people, supply, distance, STEPS).access @ people == pytest.approx(reachable)


@SOME
@given(KNOWN, st.sampled_from([2.0, 10.0]))
def test_people_and_supply_scaled_together_leave_access_unchanged(case, factor):
    people, supply, distance = case
    before = enhanced_two_step_catchment(people, supply, distance, STEPS).access
    after = enhanced_two_step_catchment(people * factor, supply * factor, distance, STEPS).access
    np.testing.assert_allclose(after, before, rtol=1e-9)


@SOME
@given(KNOWN, st.integers(1, 1000))
def test_more_people_raise_nobodys_access_and_more_supply_lowers_none(case, more):
    people, supply, distance = case
    before = enhanced_two_step_catchment(people, supply, distance, STEPS).access
    crowded = enhanced_two_step_catchment(people + more, supply, distance, STEPS).access
    richer = enhanced_two_step_catchment(people, supply + more, distance, STEPS).access
    assert (crowded <= before * (1 + 1e-12)).all()
    assert (richer >= before * (1 - 1e-12)).all()


@SOME
@given(KNOWN)
def test_order_of_places_and_facilities_does_not_matter(case):
    people, supply, distance = case
    before = enhanced_two_step_catchment(people, supply, distance, STEPS).access
    after = enhanced_two_step_catchment(people[::-1], supply[::-1], distance[::-1, ::-1], STEPS).access
    np.testing.assert_allclose(after[::-1], before, rtol=1e-9)


def test_a_facility_of_unknown_capacity_is_left_out_and_counted_not_closed():
    # Place 0 reaches both, place 1 the unknown one only, place 2 nothing.
    distance = np.array([[5, 5], [99, 5], [99, 99]])
    known = two_step_catchment(np.array([100, 50, 10]), np.array([4, NAN]), distance, 30)
    np.testing.assert_allclose(known.access, [0.04, NAN, 0])
    np.testing.assert_array_equal(known.is_lower_bound, [True, False, False])
    assert known.left_out_count == 1
    closed = two_step_catchment(np.array([100, 50, 10]), np.array([4, 0]), distance, 30)
    np.testing.assert_allclose(closed.access, [0.04, 0, 0])
    assert closed.left_out_count == 0


def test_people_nobody_counted_make_the_ratio_unknown_where_they_weigh():
    distance = np.array([[5, 99], [5, 99], [99, 5]])
    found = two_step_catchment(np.array([100, NAN, 50]), np.array([4, 2]), distance, 30)
    np.testing.assert_allclose(found.access, [NAN, NAN, 0.04])


@SOME
@given(KNOWN, st.floats(0.5, 2), st.floats(0.5, 3))
def test_huff_shares_add_up_and_everyone_is_somewhere(case, alpha, beta):
    people, supply, distance = case
    shares = huff_shares(supply, distance, alpha, beta)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert expected_load(people, shares).sum() == pytest.approx(people.sum())


@SOME
@given(KNOWN)
def test_huff_equals_the_plain_answer(case):
    _, supply, distance = case
    shares = huff_shares(supply, distance)
    for place, row in enumerate(distance.tolist()):
        attraction = [s / max(d, 0.1) ** 2 for s, d in zip(supply.tolist(), row, strict=True)]
        np.testing.assert_allclose(shares[place], [a / sum(attraction) for a in attraction], rtol=1e-9)


def test_huff_leaves_unknown_capacity_out_and_a_closed_facility_empty():
    shares = huff_shares(np.array([2, NAN, 0, 2]), np.array([[1, 1, 1, 2.0], [NAN, 1, 1, np.inf]]))
    np.testing.assert_allclose(shares, [[0.8, NAN, 0, 0.2], [NAN, NAN, NAN, NAN]])
    np.testing.assert_allclose(expected_load(np.array([100, NAN]), shares), [80, NAN, 0, 20])
