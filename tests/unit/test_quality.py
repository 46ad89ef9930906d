"""Quality of a month: each dimension worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.panel import build_panel
from analytics.quality import measure_quality, modified_z_score
from analytics.quality_rules import ExternalLimit, QualityRules, Relation

RULES = QualityRules(
    enough_filled=0.8, months_before=12, least_before=5, modified_z=3.5, over_time=0.33, other_source=0.33, smallest_change=5
)
MONTHS = list(pd.date_range("2025-01-01", periods=8, freq="MS"))
LAST = MONTHS[-1]


def rows(values, variable="pupils", commune="A", status="reported"):
    """One row a month; None is a figure that nobody sent."""
    return [
        (commune, month, variable, value, status, "declared", "B")
        for month, value in zip(MONTHS[-len(values) :], values, strict=True)
        if value is not None
    ]


def panel_of(*tables, codes=("A", "B")):
    columns = ["commune_code", "reference_date", "variable", "value", "status", "provenance", "reliability"]
    frame = pd.DataFrame([row for table in tables for row in table], columns=columns)
    return build_panel(frame, codes, MONTHS, frozenset({"residents"}))


def review(panel, asked=("pupils",), **given):
    return measure_quality(panel, LAST, asked, RULES, **given)


def test_completeness_counts_what_was_sent_of_what_is_asked_and_leaves_out_what_does_not_apply():
    inapplicable = rows([np.nan], "rooms", status="not_applicable")
    panel = panel_of(rows([10]), inapplicable, rows([np.nan], "teachers", status="missing"))
    found = review(panel, ("pupils", "rooms", "teachers")).communes
    assert found.loc["A", ["asked", "filled", "completeness", "is_complete"]].tolist() == [2, 1, 0.5, 0]
    assert found.loc["B", ["asked", "filled", "completeness", "is_complete"]].tolist() == [3, 0, 0.0, 0]


def test_a_count_withheld_because_it_is_small_was_sent():
    found = review(panel_of(rows([np.nan], status="suppressed"))).communes
    assert found.at["A", "completeness"] == 1


def test_a_count_that_is_withheld_is_compared_with_nothing():
    """The panel holds the middle of the counts that are withheld in its place: 2.5."""
    panel = panel_of(rows([100, 100, 100, 100, 100, 2.5], status="suppressed"), rows([1], "girls"))
    found = review(panel, ("pupils", "girls"), relations=[Relation(("girls",), ("pupils",))])
    assert found.flags.empty
    assert found.communes.at["A", "over_time_checked"] == found.communes.at["A", "related_checked"] == 0


def test_a_month_is_on_time_up_to_the_last_day_and_not_judged_where_nobody_knows_when_it_came():
    panel = panel_of(rows([10]), codes=("A", "B", "C"))
    found = review(panel, days={"A": 10, "B": 11}, days_to_report=10).communes["is_timely"]
    assert found["A"] == 1
    assert found["B"] == 0
    assert np.isnan(found["C"])


@pytest.mark.parametrize(
    ("parts", "whole", "makes_up", "tolerance", "is_apart"),
    [
        ([40, 61], 100, False, 0, True),
        ([40, 60], 100, False, 0, False),
        ([40, 59], 100, True, 0, True),
        ([40, 59], 100, True, 1, False),
        ([40, None], 100, True, 0, False),
    ],
)
def test_parts_beside_their_whole(parts, whole, makes_up, tolerance, is_apart):
    panel = panel_of(rows([parts[0]], "girls"), rows([parts[1]], "boys"), rows([whole]))
    relation = Relation(("girls", "boys"), ("pupils",), makes_up, tolerance)
    found = review(panel, ("girls", "boys", "pupils"), relations=[relation])
    assert found.communes.at["A", "related_apart"] == is_apart
    assert found.communes.at["A", "related_checked"] == (None not in parts)
    assert (found.flags["kind"] == "related").sum() == is_apart
    # Told of the first part, beside the others and the whole.
    assert set(zip(found.flags["variable"], found.flags["others"], strict=True)) == (
        {("girls", "boys+pupils")} if is_apart else set()
    )


def test_a_figure_beside_the_mean_of_the_months_before():
    """Mean before 100: 133 differs by just 33 %, 134 by more, 90 by less; with four months before nothing is judged."""
    for value, apart in ((133, 0), (134, 1), (90, 0), (66, 1)):
        found = review(panel_of(rows([90, 110, 100, 95, 105, value])))
        assert found.communes.at["A", "over_time_apart"] == apart, value
    assert review(panel_of(rows([100, 100, 100, 100, 500]))).communes.at["A", "over_time_checked"] == 0


def test_a_difference_of_a_few_units_is_none():
    assert review(panel_of(rows([9, 9, 9, 9, 9, 5]))).communes.at["A", "over_time_apart"] == 0
    assert review(panel_of(rows([1, 1, 1, 1, 1, 5]))).communes.at["A", "outlier_apart"] == 0
    assert review(panel_of(rows([1, 1, 1, 1, 1, 6]))).communes.at["A", "outlier_apart"] == 1


def test_the_modified_score_by_hand():
    """Median 12, deviations 2 1 0 1 2, their median 1: 0.6745 × (17 − 12) / 1."""
    before = np.array([[10, 11, 12, 13, 14.0]])
    assert modified_z_score(np.array([17.0]), before) == pytest.approx([3.3725])
    # Half of them alike: mean deviation 10/5 = 2, 0.7979 × 10 / 2.
    assert modified_z_score(np.array([20.0]), np.array([[10, 10, 10, 10, 20.0]])) == pytest.approx([3.9895])
    assert np.isinf(modified_z_score(np.array([11.0]), np.array([[10.0, 10.0]])))[0]
    assert modified_z_score(np.array([10.0]), np.array([[10.0, 10.0]]))[0] == 0
    assert np.isnan(modified_z_score(np.array([10.0]), np.array([[np.nan, np.nan]])))[0]


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=12), st.integers(0, 1000), st.integers(1, 9), st.integers(0, 99))
def test_the_score_does_not_depend_on_the_unit(before, value, factor, shift):
    one = modified_z_score(np.array([float(value)]), np.array([before], dtype=float))
    other = modified_z_score(
        np.array([value * factor + shift], dtype=float), np.array([before], dtype=float) * factor + shift
    )
    assert one == pytest.approx(other)


def test_more_people_than_a_share_of_the_census_are_asked_about():
    panel = panel_of(rows([31]), rows([100], "residents"))
    limit = ExternalLimit("pupils", "residents", 0.3)
    found = review(panel, limits=[limit])
    assert found.flags[["kind", "value", "compared"]].values.tolist() == [["census", 31, 100]]
    assert review(panel, limits=[ExternalLimit("pupils", "residents", 0.3, silent_under=50)]).flags.empty


def test_the_same_figure_of_another_source():
    others = pd.DataFrame({"commune_code": ["A"], "variable": ["pupils"], "value": [100.0]})
    assert review(panel_of(rows([133])), other_sources=others).communes.at["A", "is_external"] == 1
    assert review(panel_of(rows([134])), other_sources=others).communes.at["A", "is_external"] == 0
    assert np.isnan(review(panel_of(rows([134]))).communes.at["A", "is_external"])


def test_a_figure_that_is_carried_on_was_not_reported():
    panel = panel_of(rows([10]))
    column = panel["pupils"]
    carried = type(column)(column.value, column.status, column.provenance, column.reliability, column.age_months + 3)
    assert review(panel.with_columns({"pupils": carried})).communes.at["A", "filled"] == 0


def test_a_count_without_a_census_figure_and_a_census_figure_without_a_count_are_not_checked():
    limit = ExternalLimit("pupils", "residents", 0.3)
    for known in (rows([31]), rows([100], "residents")):
        silent = [("B", LAST, name, 1.0, "reported", "declared", "B") for name in ("pupils", "residents")]
        found = review(panel_of(known, silent), limits=[limit]).communes
        assert found["census_checked"].tolist() == [0, 1]
        assert np.isnan(found.at["A", "is_external"])
