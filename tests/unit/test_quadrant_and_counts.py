"""Severity against people by hand, and classes counted from what a map draws."""

import numpy as np
import pandas as pd
import pytest

from analytics.ranking import split_quadrant
from analytics.summary import Total, class_counts, high_without_displaced, legend_rows, row_counts


def test_medians_are_of_the_communes_with_people_above_the_norm():
    ranking = pd.DataFrame(
        {"estimate": [50.0, 40.0, 30.0, 20.0, 90.0, 80.0], "people_above_norm": [100.0, 900.0, 10.0, 500.0, 0.0, np.nan]},
        index=list("abcdef"),
    )
    quadrant = split_quadrant(ranking)
    assert list(quadrant.known.index) == ["a", "b", "c", "d"]
    assert (quadrant.median_severity, quadrant.median_people) == (35.0, 300.0)
    # Of a and b, above the median severity, only b has more people than the median.
    assert quadrant.both == ("b",)
    # The three with most people (b, d, a) and the three most severe (a, b, c).
    assert quadrant.leading == frozenset("abcd")


def test_one_person_above_the_norm_is_a_place_in_the_quadrant_and_so_is_a_part_of_one():
    people = pd.DataFrame(
        {"estimate": [9.0, 8.0, 7.0, np.nan], "people_above_norm": [1.0, 0.4, 0.0, 9.0]}, index=list("abcd")
    )
    assert list(split_quadrant(people).known.index) == ["a", "b"]


def test_nobody_above_the_norm_leaves_an_empty_quadrant():
    quadrant = split_quadrant(pd.DataFrame({"estimate": [50.0], "people_above_norm": [0.0]}, index=["a"]))
    assert quadrant.known.empty
    assert quadrant.both == ()
    assert np.isnan(quadrant.median_people)


def test_classes_are_counted_alike_from_results_and_from_what_a_map_draws():
    results = pd.DataFrame(
        {
            "commune_code": list("abcdef"),
            "severity_class": [1.0, 5.0, 5.0, np.nan, np.nan, np.nan],
            "severity_class_low": [1.0, 5.0, 5.0, 1.0, 1.0, np.nan],
            "severity_class_high": [1.0, 5.0, 5.0, 3.0, 5.0, np.nan],
            "status": ["assessed", "assessed", "no_service", "partial", "missing", "not_assessed"],
        }
    )
    assert legend_rows(results)["d"] == "range 1–3"
    counts = row_counts(legend_rows(results))
    assert counts == {"1": 1, "2": 0, "3": 0, "4": 0, "5": 2, "range": 1, "no_data": 1, "not_assessed": 1}
    assert counts == class_counts(results)


@pytest.mark.parametrize(("missing", "known", "complete"), [(0, True, True), (2, True, False), (3, False, False)])
def test_a_sum_is_known_as_soon_as_one_commune_has_a_figure(missing, known, complete):
    total = Total(1.0, 3, missing)
    assert (total.is_known, total.is_complete) == (known, complete)


def test_a_high_class_without_displaced_people_is_counted_where_every_commune_that_has_a_class_has_that_too():
    with_all = pd.array([5, 4, 3, None], dtype="Int8")
    known = pd.DataFrame(
        {"severity_class": with_all, "severity_class_without_displaced": pd.array([4, 3, 3, None], dtype="Int8")}
    )
    assert high_without_displaced(known) == 1
    missing = known.assign(severity_class_without_displaced=pd.array([4, None, 3, None], dtype="Int8"))
    assert high_without_displaced(missing) is None
    assert high_without_displaced(known.iloc[3:]) is None
