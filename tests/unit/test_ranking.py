"""Order of attention: ranks by the estimate, tiers, communes that have no rank."""

import numpy as np
import pandas as pd

from analytics.ranking import (
    Tier,
    classed_above_rank,
    count_tiers,
    heaviest_class_first,
    rank_communes,
    tier_of,
    unranked_communes,
)
from data.loaders.today import load_definitions

RULES = load_definitions().uncertainty

RESULTS = pd.DataFrame(
    {
        "commune_code": ["a", "b", "c", "d", "e"],
        "score": [50.0, 48.0, 100.0, np.nan, 100.0],
        "gap_to_norm": [10.0, 20.0, 5.0, np.nan, 7.0],
    }
)
# By score a comes before b; by its figure b comes before a; people of c and e have no service.
INTERVALS = pd.DataFrame(
    {
        "rank": [4.0, 3.0, 1.0, np.nan, 1.0],
        "rank_low": [3.0, 3.0, 1.0, np.nan, 1.0],
        "rank_high": [9.0, 4.0, 1.0, np.nan, 1.0],
        "expected_rank": [4.5, 3.5, 1.5, np.nan, 1.5],
        "first_20": [0.1, 0.5, 0.9, np.nan, 1.0],
    },
    index=["a", "b", "c", "d", "e"],
)


def test_communes_stand_in_the_order_of_their_rank_and_not_of_their_score():
    ranked = rank_communes(RESULTS, INTERVALS)
    assert list(zip(ranked["commune_code"], ranked["rank"], strict=True)) == [("e", 1), ("c", 1), ("b", 3), ("a", 4)]
    assert ranked.iloc[-1][["rank_low", "rank_high"]].tolist() == [3, 9]


def test_under_a_title_that_counts_the_heaviest_classes_those_stand_first():
    classed = RESULTS.assign(severity_class_low=pd.array([4, 4, 2, pd.NA, pd.NA], dtype="Int8"))
    ranked = rank_communes(classed, INTERVALS)
    assert heaviest_class_first(ranked)["commune_code"].tolist() == ["b", "a", "c", "e"]


def test_a_class_that_is_surely_higher_than_that_of_a_commune_before_is_told():
    listed = pd.DataFrame(
        {
            "commune_code": list("abcdef"),
            "severity_class_low": pd.array([4, 3, 4, 2, 3, pd.NA], dtype="Int8"),
            "severity_class_high": pd.array([4, 3, 4, 4, 3, pd.NA], dtype="Int8"),
        }
    )
    # "c" is of class 4 after "b" of class 3; "e" is surely above none: "d" may be of class 4.
    assert classed_above_rank(listed) == ["c"]
    assert classed_above_rank(listed.iloc[[2, 1, 4]]) == []
    assert classed_above_rank(listed.iloc[:0]) == []


def test_a_territory_keeps_the_ranks_of_the_province():
    ranked = rank_communes(RESULTS.iloc[[0, 3]], INTERVALS)
    assert ranked[["commune_code", "rank"]].to_numpy().tolist() == [["a", 4]]
    assert unranked_communes(RESULTS) == ["d"]


def test_the_words_of_a_place_follow_the_stated_probabilities():
    said = [tier_of(chance, RULES) for chance in (0.0, 0.1, 0.11, 0.89, 0.9, 1.0)]
    assert said == [Tier.NOT_FIRST, Tier.NOT_FIRST, Tier.OPEN, Tier.OPEN, Tier.FIRST, Tier.FIRST]
    assert count_tiers(INTERVALS, RULES) == {Tier.FIRST: 2, Tier.OPEN: 1, Tier.NOT_FIRST: 1}


def test_what_is_known_of_a_place_stays_with_its_commune():
    ranked = rank_communes(RESULTS, INTERVALS).set_index("commune_code")
    assert ranked.loc["b", ["expected_rank", "first_20"]].tolist() == [3.5, 0.5]
