"""Access of communes to a service, on three communes small enough to do by hand."""

import numpy as np
import pandas as pd
import pytest

from analytics.access_profile import AccessRule, Places, describe_access
from data.loaders.today import load_access_rules, load_definitions
from geo.boundaries import find_neighbours, neighbour_matrix
from geo.distances import kilometres_between
from tests.territories import TAROUDANNT

CODES = ["a", "b", "c"]
RULE = AccessRule(
    indicator="HEA01", facility_kinds=("primary_care",), supply="facilities", people="people",
    steps=((5.0, 1.0), (10.0, 0.5)), point_steps=((10.0, 1.0),), census_distance="health_centre_km",
    functional_share={"fully": 1.0, "partially": 0.5, "not": 0.0},
)  # fmt: skip
RESULTS = pd.DataFrame(
    {"commune_code": CODES, "numerator": [12_000.0, 8_000.0, np.nan], "capacity_at_norm": [10_000.0, 10_000.0, 10_000.0]}
)
TOUCHING = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
NO_DOUARS = pd.DataFrame({"commune_code": [], "population": [], "health_centre_km": []})
NO_POINTS = pd.DataFrame({"kind": [], "commune_code": [], "capacity": [], "functional_status": []})
PEOPLE, SUPPLY = np.array([12_000.0, 8_000.0, 5_000.0]), np.array([1.0, 1.0, 1.0])


def places(douars=NO_DOUARS, facilities=NO_POINTS, km=None):
    return Places(douars, TOUCHING, facilities, np.zeros((3, 0)) if km is None else km)


def test_what_a_commune_cannot_serve_goes_to_its_neighbour():
    # a serves 10,000 of 12,000: 2,000 go to b, the only neighbour whose figures are known; b serves its 8,000 and these.
    table = describe_access(RULE, RESULTS, PEOPLE, SUPPLY, places())
    assert table.loc["a", ["imported", "exported"]].tolist() == [0, 2000]
    assert table.loc["b", ["imported", "exported"]].tolist() == [2000, 0]
    assert table.loc["b", "from_neighbours_share"] == pytest.approx(2000 / 10_000)
    assert table.loc["c", ["imported", "exported", "from_neighbours_share"]].isna().all()
    assert set(table["method"]) == {"none"}


def test_douars_share_what_their_commune_has_by_distance():
    # a: 600 people at 2 km (weight 1), 400 at 8 km (0.5): 1 facility / (600 + 200) = 12.5 per 10,000 of weighted people. 200 more
    # live at 12 km, out of reach: 200 of 1,200.
    douars = pd.DataFrame(
        {
            "commune_code": ["a", "a", "a", "b"],
            "population": [600.0, 400.0, 200.0, 300.0],
            "health_centre_km": [2.0, 8.0, 12.0, np.nan],
        }
    )
    table = describe_access(RULE, RESULTS, PEOPLE, SUPPLY, places(douars))
    assert table.loc["a", "method"] == "census"
    assert table.loc["a", "beyond_share"] == pytest.approx(200 / 1200)
    assert table.loc["a", "access_per_10k"] == pytest.approx(12.5)
    assert table.loc["b", "method"] == "none"
    assert np.isnan(table.loc["b", "access_per_10k"])


def test_facility_points_are_used_where_they_are_known():
    # One centre in a, fully working, and one in b, half working: 2 and 1 units. Distances 4 km to the own, 8 km to the other;
    # c lies beyond reach of both catchments.
    facilities = pd.DataFrame(
        {
            "kind": ["primary_care", "primary_care", "school_primary"],
            "commune_code": ["a", "b", "c"],
            "capacity": [2.0, 2.0, 9.0],
            "functional_status": ["fully", "partially", "fully"],
        }
    )
    km = np.array([[4.0, 8.0, 1.0], [8.0, 4.0, 1.0], [40.0, 40.0, 1.0]])
    table = describe_access(RULE, RESULTS, PEOPLE, SUPPLY, places(facilities=facilities, km=km))
    # Both catchments hold a and b: 20,000 people; each reaches 2/20,000 + 1/20,000 = 1.5 per 10,000.
    assert table.loc[["a", "b"], "access_per_10k"].tolist() == pytest.approx([1.5, 1.5])
    assert table.loc["c", "access_per_10k"] == 0
    # Huff, supply / distance squared: from a 2/16 to 1/64 -> 8/9 and 1/9; from b 2/64 to 1/16 -> 1/3 and 2/3; from c 2/3, 1/3.
    users = 12_000 * 8 / 9 + 8_000 / 3 + 5_000 * 2 / 3
    assert table.loc["a", "from_neighbours_share"] == pytest.approx((8_000 / 3 + 5_000 * 2 / 3) / users)
    assert set(table["method"]) == {"points"}


def test_a_closed_facility_serves_nobody_and_an_unknown_one_is_left_out():
    facilities = pd.DataFrame(
        {
            "kind": ["primary_care"] * 3,
            "commune_code": CODES,
            "capacity": [2.0, 2.0, np.nan],
            "functional_status": ["fully", "not", "fully"],
        }
    )
    km = np.full((3, 3), 2.0)
    table = describe_access(RULE, RESULTS, PEOPLE, SUPPLY, places(facilities=facilities, km=km))
    assert table["access_per_10k"].tolist() == pytest.approx([2 / 25_000 * 10_000] * 3)


def test_distances_on_the_ground():
    # One degree of latitude is 111 km; Taroudannt to Agadir about 80 km.
    one = kilometres_between(np.array([30.0]), np.array([-8.0]), np.array([31.0, np.nan]), np.array([-8.0, -8.0]))
    assert one[0, 0] == pytest.approx(110.9, abs=0.3)
    assert np.isnan(one[0, 1])


@pytest.mark.taroudannt
def test_neighbours_are_mutual_and_every_commune_has_one():
    codes = list(find_neighbours(TAROUDANNT.layer))
    matrix = neighbour_matrix(TAROUDANNT.layer, codes)
    assert (matrix == matrix.T).all()
    assert matrix.any(axis=1).all()
    assert not matrix.diagonal().any()
    assert neighbour_matrix(TAROUDANNT.layer, codes[:1]).tolist() == [[False]]


def test_every_service_has_a_rule_that_names_what_exists():
    definitions = load_definitions()
    assert set(load_access_rules()) == set(definitions.sector_weights)
    for rule in load_access_rules().values():
        assert rule.indicator in definitions.indicators
        assert list(rule.steps) == sorted(rule.steps)
