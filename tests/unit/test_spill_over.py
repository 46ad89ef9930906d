"""Who uses the services of another commune: users from neighbours, bands of distance, demand that spills over."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.accessibility import (
    adjacency_spill_over,
    catchment_by_distance_band,
    enhanced_two_step_catchment,
    huff_shares,
    users_from_neighbours,
)
from tests.accessibility_cases import KNOWN, MAYBE, NAN, SOME, STEPS


def test_x_percent_of_the_users_come_from_neighbours():
    # Two facilities in A, one in B. Of A's 100 people 60 + 20 stay, 20 go to B; of B's 50, 10 go to A and 40 stay.
    shares = np.array([[0.6, 0.2, 0.2], [0.2, 0.0, 0.8]])
    users = users_from_neighbours(np.array([100, 50]), shares, ["A", "B"], ["A", "A", "B"])
    assert users.commune_codes == ("A", "B")
    np.testing.assert_allclose(users.users, [90, 60])
    np.testing.assert_allclose(users.from_neighbours, [10, 20])
    np.testing.assert_allclose(users.share_from_neighbours, [10 / 90, 20 / 60])


def test_users_of_facilities_of_unknown_capacity_are_unknown():
    shares = huff_shares(np.array([2, NAN]), np.ones((3, 2)))
    users = users_from_neighbours(np.array([100, 50, NAN]), shares, ["A", "B", "C"], ["A", "B"])
    np.testing.assert_allclose(users.users, [150, NAN])
    np.testing.assert_allclose(users.share_from_neighbours, [1 / 3, NAN])
    assert (users.places_left_out_count, users.facilities_left_out_count) == (1, 1)


@SOME
@given(KNOWN, st.integers(1, 4))
def test_users_add_up_to_the_people_and_one_commune_has_no_neighbours(case, communes):
    people, supply, distance = case
    shares = huff_shares(supply, distance)
    homes, offices = np.arange(people.size) % communes, np.arange(supply.size) % communes
    users = users_from_neighbours(people, shares, homes, offices)
    assert users.users.sum() == pytest.approx(people.sum())
    assert (users.from_neighbours <= users.users * (1 + 1e-12)).all()
    if communes == 1:
        np.testing.assert_array_equal(users.share_from_neighbours, 0)


def test_distance_bands_inside_communes():
    # A: 100 at 2 km and 200 at 4 km weigh 100 + 136; 50 beyond 9 km; 30 unknown. Supply 2.36: 0.01 per weighted person.
    bands = catchment_by_distance_band(
        np.array([100, 200, 50, 30, 40, NAN]),
        np.array([2, 4, 12, NAN, 1, 1]),
        ["A", "A", "A", "A", "B", "B"],
        ["A", "B", "C"],
        np.array([2.36, NAN, 5]),
        ((3, 1), (6, 0.68), (9, 0.22)),
    )
    np.testing.assert_allclose(bands.access, [0.01, 0.0068, 0, NAN, NAN, NAN])
    np.testing.assert_allclose(bands.ratio, [0.01, NAN, NAN])
    np.testing.assert_allclose(bands.people_within, [300, 40, 0])
    np.testing.assert_allclose(bands.people_beyond, [50, 0, 0])
    np.testing.assert_allclose(bands.people_unknown, [30, 0, 0])


@SOME
@given(KNOWN)
def test_distance_bands_are_the_catchment_of_one_facility_in_each_commune(case):
    people, supply, distance = case
    communes = np.arange(people.size) % supply.size
    nearest = distance[np.arange(people.size), communes]
    own = catchment_by_distance_band(people, nearest, communes, range(supply.size), supply, STEPS)
    apart = np.where(communes[:, None] == np.arange(supply.size), nearest[:, None], np.inf)
    expected = enhanced_two_step_catchment(people, supply, apart, STEPS)
    np.testing.assert_allclose(own.access, expected.access, rtol=1e-9)
    np.testing.assert_allclose(own.ratio, expected.facility_ratio, rtol=1e-9)


def test_a_douar_of_no_commune_is_refused():
    with pytest.raises(KeyError):
        catchment_by_distance_band(np.ones(1), np.ones(1), ["Z"], ["A"], np.ones(1), STEPS)


# A touches B and C, B touches A, C touches A; D touches nobody.
TOUCHING = np.array([[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])


def test_unmet_demand_goes_to_neighbours_by_their_capacity():
    # A is 120 above 80: 90 to B (300 of 400), 30 to C. D is 50 above and has no neighbour.
    spill = adjacency_spill_over(np.array([200, 240, 70, 150]), np.array([80, 300, 100, 100]), TOUCHING)
    np.testing.assert_allclose(spill.exported, [120, 0, 0, 0])
    np.testing.assert_allclose(spill.imported, [0, 90, 30, 0])
    np.testing.assert_allclose(spill.staying, [0, 0, 0, 50])
    np.testing.assert_allclose(spill.imported_share, [0, 90 / 330, 30 / 100, 0])


def test_two_neighbours_above_the_norm_exchange_what_they_cannot_serve():
    # A serves 80 of its 200 and gets 40 of B's: 40 of 120 users; B serves 300 of its 340 and gets 120: 120 of 420.
    spill = adjacency_spill_over(np.array([200, 340]), np.array([80, 300]), np.ones((2, 2)))
    np.testing.assert_allclose(spill.imported_share, [40 / 120, 120 / 420])


def test_an_unknown_neighbour_neither_gives_nor_takes_and_is_itself_unknown():
    spill = adjacency_spill_over(np.array([200, NAN, 70, 150]), np.array([80, 300, 100, 100]), TOUCHING)
    np.testing.assert_allclose(spill.exported, [120, NAN, 0, 0])
    np.testing.assert_allclose(spill.imported, [0, NAN, 120, 0])
    np.testing.assert_allclose(spill.imported_share, [0, NAN, 120 / 190, 0])


def test_demand_stays_where_no_neighbour_has_a_service():
    spill = adjacency_spill_over(np.array([200, 0, 0, 150]), np.array([80, 0, NAN, 100]), TOUCHING)
    np.testing.assert_allclose(spill.staying, [120, 0, NAN, 50])
    np.testing.assert_allclose(spill.imported_share, [0, NAN, NAN, 0])


@st.composite
def territories(draw):
    count = draw(st.integers(1, 8))
    values = st.lists(MAYBE, min_size=count, max_size=count)
    pairs = st.lists(st.booleans(), min_size=count * count, max_size=count * count)
    half = np.triu(np.array(draw(pairs)).reshape(count, count))
    return np.array(draw(values)), np.array(draw(values)), half | half.T


@SOME
@given(territories())
def test_what_leaves_equals_what_arrives(territory):
    demand, capacity, touching = territory
    spill = adjacency_spill_over(demand, capacity, touching)
    unknown = np.isnan(demand) | np.isnan(capacity)
    for figures in (spill.imported, spill.exported, spill.staying):
        np.testing.assert_array_equal(np.isnan(figures), unknown)
    assert np.nansum(spill.imported) == pytest.approx(np.nansum(spill.exported))
    assert (np.nan_to_num(spill.staying) >= -1e-9).all()
    unmet = np.maximum(0, demand - capacity)
    np.testing.assert_allclose(spill.exported + spill.staying, unmet, atol=1e-9)


@SOME
@given(territories())
def test_spill_over_equals_the_plain_answer(territory):
    demand, capacity, touching = territory
    known = [i for i in range(demand.size) if not math.isnan(demand[i] + capacity[i])]
    imported = dict.fromkeys(known, 0.0)
    for giver in known:
        around = {i: capacity[i] for i in known if i != giver and touching[giver, i]}
        for taker, places in around.items():
            if sum(around.values()):
                imported[taker] += max(0, demand[giver] - capacity[giver]) * places / sum(around.values())
    spill = adjacency_spill_over(demand, capacity, touching)
    np.testing.assert_allclose([spill.imported[i] for i in known], [imported[i] for i in known], rtol=1e-9, atol=1e-9)
