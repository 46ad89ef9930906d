"""Order of attention: ranks by the median, ties, communes that have no rank."""

import numpy as np
import pandas as pd

from analytics.ranking import count_ties, rank_communes, tied_communes, unranked_communes

RESULTS = pd.DataFrame(
    {
        "commune_code": ["a", "b", "c", "d", "e"],
        "score": [50.0, 48.0, 100.0, np.nan, 100.0],
        "gap_to_norm": [10.0, 20.0, 5.0, np.nan, 7.0],
    }
)
# By score a comes before b; by the median b comes before a; people of c and e have no service.
INTERVALS = pd.DataFrame(
    {
        "rank": [4.0, 3.0, 1.0, np.nan, 1.0],
        "rank_low": [3.0, 3.0, 1.0, np.nan, 1.0],
        "rank_high": [9.0, 4.0, 1.0, np.nan, 1.0],
    },
    index=["a", "b", "c", "d", "e"],
)


def test_communes_stand_in_the_order_of_their_rank_and_not_of_their_score():
    ranked = rank_communes(RESULTS, INTERVALS)
    assert list(zip(ranked["commune_code"], ranked["rank"], strict=True)) == [("e", 1), ("c", 1), ("b", 3), ("a", 4)]
    assert ranked.iloc[-1][["rank_low", "rank_high"]].tolist() == [3, 9]


def test_a_territory_keeps_the_ranks_of_the_province():
    ranked = rank_communes(RESULTS.iloc[[0, 3]], INTERVALS)
    assert ranked[["commune_code", "rank"]].to_numpy().tolist() == [["a", 4]]
    assert unranked_communes(RESULTS) == ["d"]


def test_communes_whose_possible_ranks_overlap_are_tied():
    assert count_ties(INTERVALS).to_dict() == {"a": 1, "b": 1, "c": 1, "d": 0, "e": 1}
    assert tied_communes(INTERVALS, "a") == ["b"]
    assert tied_communes(INTERVALS, "d") == []
