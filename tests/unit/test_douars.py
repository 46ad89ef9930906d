"""Douars add up to their commune with a remainder that is said and never spread; what the census withholds stays unknown."""

import numpy as np
import pandas as pd
import pytest

from analytics.douars import FIGURES, add_up, criteria_of, is_withheld, need, shelter_households, standing
from analytics.selection_criteria import reasons_left_out, select_places
from data.douar_table import read_douars, read_place_source
from data.reference_files import read_municipal_population
from tests.territories import TAROUDANNT, VALCLAIR

RURAL, PLACED, WITHHELD = 2414, 1688, 1235


def douars(*rows):
    """Douars of commune "a" unless they say otherwise: people, households, distance to a health centre."""
    frame = pd.DataFrame(rows, columns=["commune_code", "population", "households", "health_centre_km"])
    for figure in FIGURES:
        frame[figure] = frame["health_centre_km"] if figure != "civil_status_booklet_pct" else 99.0
    frame.loc[frame["health_centre_km"].isna(), list(FIGURES)] = np.nan
    return frame.assign(latitude=[30.0, *[np.nan] * (len(frame) - 1)])


def test_a_commune_of_250_people_with_three_douars_of_240_has_a_remainder_of_10():
    found = add_up(
        douars(("a", 100, 40, 4.0), ("a", 120, 50, 12.0), ("a", 20, 8, np.nan), ("b", 70, 31, 1.0)),
        pd.Series({"a": 250.0, "b": 70.0}),
    )
    assert found.loc["a"].to_dict() == {
        "douars": 3, "withheld": 1, "placed": 1, "population": 240, "households": 98, "population_with_figures": 220,
        "remainder": 10.0,
    }  # fmt: skip
    assert found.loc["b", "remainder"] == 0


def test_a_douar_stands_near_far_very_far_or_withheld_by_the_limit_of_five_kilometres():
    listed = douars(("a", 1, 40, 5.0), ("a", 1, 40, 5.1), ("a", 1, 40, 10.1), ("a", 1, 8, np.nan))
    assert list(standing(listed, "health_centre_km")) == ["near", "far", "very_far", "withheld"]
    assert list(is_withheld(listed)) == [False, False, False, True]


def test_the_booklet_counts_those_who_are_not_entered():
    assert need(douars(("a", 1, 40, 1.0)), "civil_status_booklet_pct").tolist() == [1.0]


def test_households_in_other_dwellings_are_their_share_of_the_households():
    one = douars(("a", 199, 58, 1.0)).assign(other_dwelling_pct=98.3)
    assert shelter_households(one).tolist() == [57.0]


@pytest.mark.taroudannt
def test_the_2414_douars_that_ship_hold_what_the_census_published_and_nothing_more():
    listed = read_douars(TAROUDANNT)
    assert (len(listed), listed["latitude"].notna().sum(), is_withheld(listed).sum()) == (RURAL, PLACED, WITHHELD)
    assert (is_withheld(listed) == (listed["households"] < 30)).all()
    sums = add_up(listed, read_municipal_population(TAROUDANNT))
    short = sums.loc[sums["remainder"] != 0, "remainder"]
    assert sorted(short) == [1, 3, 3, 3, 6, 7, 10, 15]
    assert (listed["paved_road_km"].notna() == ~is_withheld(listed)).all()


@pytest.mark.taroudannt
def test_each_place_says_its_source_and_how_its_name_was_matched():
    placed = read_douars(TAROUDANNT).query("latitude == latitude")
    assert placed["place_source"].value_counts().to_dict() == {"geonames": 1504, "osm": 184}
    assert set(placed["match"]) == {"name", "near"} == set(read_place_source(TAROUDANNT)["wrong_match"])
    assert "ODbL" in (TAROUDANNT.layer.path.parent / "LICENSE-ODbL.md").read_text(encoding="utf-8")


def test_a_territory_without_places_and_without_some_columns_has_douars_all_the_same():
    listed = read_douars(VALCLAIR)
    assert len(listed) == 27
    assert listed["latitude"].isna().all()
    assert listed["paved_road_km"].isna().all()
    assert read_place_source(VALCLAIR) == {}


def test_communities_are_chosen_as_communes_are_and_those_withheld_are_named_apart_not_put_last():
    listed = douars(("a", 300, 60, 2.0), ("a", 200, 50, 9.0), ("b", 100, 40, 5.0), ("b", 900, 29, np.nan))
    criteria = criteria_of(listed)
    assert set(criteria) == {"people", *FIGURES} - {"rural_earth_pct"}
    chosen = select_places(criteria, {"people": 1, "health_centre_km": 3}, 1)
    # Shares at or below: people 1, 2/3, 1/3; distance 1/3, 1, 2/3: points (1 + 1)/4, (2/3 + 3)/4, (1/3 + 2)/4.
    assert chosen["points"].tolist() == pytest.approx([11 / 12, 7 / 12, 0.5])
    assert chosen.index.tolist() == [1, 2, 0]
    assert reasons_left_out(criteria, {"people": 1, "health_centre_km": 3}, {}, ()) == {"3": ("unknown", "health_centre_km")}
    assert reasons_left_out(criteria, {"people": 1}, {}, ()) == {}
