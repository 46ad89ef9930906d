"""Derived service points: found where they are when the distances are honest, told from the true ones, never where too little is
known; what a true point is worth, and what contradicts it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.service_network import (
    PointStatus,
    find_contradicted,
    find_near_a_known_place,
    held_out,
    locate_services,
    weigh_point,
)
from analytics.service_points import LEAST_DOUARS, Census, derive_point, measure_point
from data.douar_table import read_douars
from geo.points import on_plane
from tests.territories import TAROUDANNT

RING = np.array([(6 * np.cos(a), 6 * np.sin(a)) for a in np.arange(10) * 2 * np.pi / 10]) + np.array([20.0, 50.0])

# On a circle two places and two detours give the same distances (Apollonius): a field of douars has one answer.
FIELD = np.array([(x, y) for x in (14.0, 18.0, 22.0, 27.0) for y in (44.0, 49.0, 55.0)])


def census(places, service, detour=1.5, noise=0.0, seed=1):
    straight = np.hypot(*(places - np.array(service)).T)
    scatter = np.random.default_rng(seed).laplace(0, noise, len(places)) if noise else 0.0
    return Census(places[:, 0], places[:, 1], np.expm1(np.log1p(detour * straight) + scatter))


def frame(places, service, code="a", **more):
    known = census(places, service, **more)
    return pd.DataFrame({"commune_code": code, "east": known.east, "north": known.north, "km": known.km})


@settings(max_examples=8, deadline=None)
@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(1.1, 2.3))
def test_a_service_is_found_where_exact_distances_say_it_is(east, north, detour):
    service = (20 + east, 50 + north)
    found = derive_point(census(FIELD, service, detour))
    assert np.hypot(found.east - service[0], found.north - service[1]) < 0.6
    assert np.median(found.errors) < 0.12


def test_seven_douars_are_too_few_and_withheld_ones_do_not_count():
    known = census(RING, (20, 50))
    km = known.km.copy()
    km[LEAST_DOUARS - 1 :] = np.nan
    assert derive_point(Census(known.east, known.north, km)) is None


def test_eight_douars_are_enough():
    assert derive_point(census(FIELD[:LEAST_DOUARS], (20, 50))).douars == LEAST_DOUARS


@pytest.mark.parametrize("douars", [10, 12, 15, 20])
def test_the_ellipse_holds_the_true_place_about_four_times_in_five(douars):
    """Distances with the scatter that the census shows (0.2 in logarithms), 60 invented communes of so many douars."""
    rng, inside = np.random.default_rng(7), []
    for seed in range(60):
        places = rng.uniform(0, 14, (douars, 2))
        service = rng.uniform(4, 10, 2)
        found = derive_point(census(places, service, 1.5, 0.2, seed))
        angle, away = np.radians(found.ellipse.degrees), service - np.array([found.east, found.north])
        along = away @ (np.cos(angle), np.sin(angle)) / max(found.ellipse.long_km, 0.05)
        across = away @ (-np.sin(angle), np.cos(angle)) / max(found.ellipse.short_km, 0.05)
        inside.append(along**2 + across**2 <= 1)
    # Twice the standard error of four in five over 60 communes is a tenth.
    assert 0.7 <= np.mean(inside) <= 0.9


def test_distances_that_agree_on_no_place_are_weak():
    rows = frame(RING, (20, 50)).assign(km=[3, 20, 4, 19, 2, 22, 5, 18, 3, 21])
    assert locate_services(rows, {})["a"].status is PointStatus.WEAK


def test_a_true_point_replaces_the_derived_one_and_says_how_far_off_it_was():
    rows, truth = frame(RING, (20, 50)), {"a": np.array([[21.0, 50.0]])}
    found = locate_services(rows, truth)["a"]
    assert found.status is PointStatus.TRUE
    assert found.places.tolist() == [[21.0, 50.0]]
    assert found.off_km == pytest.approx(1.0, abs=0.35)


def test_a_true_point_next_door_explains_the_douars_that_are_nearer_to_it():
    """Half of the douars of commune b go to the service of commune a: alone, b cannot be said by one place."""
    own, other = (20.0, 50.0), (31.0, 50.0)
    places = np.concatenate([RING, RING + np.array([8.0, 0.0])])
    km = 1.5 * np.minimum(np.hypot(*(places - own).T), np.hypot(*(places - other).T))
    rows = pd.DataFrame({"commune_code": "b", "east": places[:, 0], "north": places[:, 1], "km": km})
    worth = weigh_point(rows, {"a": np.array([other])}, "a")
    assert (worth.communes, worth.douars) == (1, 20)
    assert worth.with_it < worth.without
    assert worth.with_it == pytest.approx(0, abs=0.1)


def test_a_true_point_far_away_is_worth_nothing_to_the_others():
    worth = weigh_point(frame(RING, (20, 50)), {"z": np.array([[500.0, 500.0]])}, "z")
    assert worth.communes == 0


def test_a_douar_thirty_kilometres_from_a_health_centre_next_to_one_that_is_known_is_named():
    rows = frame(RING, (20, 50))
    rows.loc[3, "km"] = 30.0
    place = rows.loc[3, ["east", "north"]].to_numpy(dtype=float)[None, :] + 0.5
    near = find_near_a_known_place(rows, {"a": place})
    assert list(near.index) == [3]
    assert near.at[3, "straight_km"] == pytest.approx(0.5 * np.sqrt(2))
    assert list(find_contradicted(rows.assign(km=[9.0] * 3 + [45.0] + [9.0] * 6)).index) == [3]


@pytest.mark.parametrize(("km", "contradicts"), [(53.5, []), (54.5, [3])])
@pytest.mark.parametrize("direction", ["east", "north"])
@pytest.mark.parametrize("away", [10, -10])
def test_a_douar_is_at_most_the_way_between_them_farther_from_a_service_than_three_others(away, direction, km, contradicts):
    """Three at one place, 9 km from the service, and one 10 km off: 9 and four times 10 and 5 km at most."""
    rows = pd.DataFrame({"east": 20.0, "north": 50.0, "km": [9.0, 9.0, 9.0, km]})
    rows.loc[3, direction] += away
    assert list(find_contradicted(rows).index) == contradicts


def test_the_errors_of_a_true_place_are_those_of_the_detour_alone():
    known = census(RING, (20, 50), 1.5)
    assert max(measure_point(known, (20.0, 50.0))) < 0.06


@pytest.mark.taroudannt
@pytest.mark.slow
def test_the_census_gives_53_colleges_and_57_health_centres_and_says_held_out_douars_better_than_the_median():
    placed = read_douars(TAROUDANNT).query("latitude == latitude")
    east, north = on_plane(TAROUDANNT.layer, placed["latitude"].to_numpy(), placed["longitude"].to_numpy())
    placed = placed.assign(east=east, north=north)
    for figure, count, error, median in (("college_km", 53, 0.18, 0.37), ("health_centre_km", 57, 0.215, 0.40)):
        points = locate_services(placed.assign(km=placed[figure]), {})
        assert sum(len(p.places) for p in points.values()) == count
        found, of_median, douars = held_out(points)
        assert found <= error
        assert of_median >= median
        assert douars > 600
