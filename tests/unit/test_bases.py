"""The same people counted in other ways, by hand."""

import numpy as np
import pandas as pd
import pytest

from analytics.assumptions import Assumptions, CensusCounting
from analytics.bases import compare_bases
from analytics.demand import displaced_seen_from
from analytics.panel import Column, Panel
from data.loaders.today import load_definitions

DEFINITIONS = load_definitions()
CODE, MONTH = "09.541.04.67", pd.Timestamp("2024-11-01")


def panel(**values: float) -> Panel:
    rank = np.zeros(1, dtype=np.int8)
    columns = {name: Column(np.array([float(v)]), rank, rank, rank, np.zeros(1)) for name, v in values.items()}
    return Panel((CODE,), (MONTH,), columns)


FIGURES = {"population": 9000, "displaced_persons": 2000, "primary_care_facilities_functional": 1}


def test_each_way_of_counting_by_hand():
    # 9,000 residents, 2,000 hosted, half of them taken to be in the census: present 10,000; usual residents 8,000;
    # all in the census 9,000; none 11,000. One facility for 10,000.
    row = compare_bases(panel(**FIGURES), DEFINITIONS).loc[("HEA01", CODE)]
    assert row.to_dict() == pytest.approx({"presence": 1.0, "residence": 0.8, "counted": 0.9, "not_counted": 1.1})


def test_a_declared_share_is_the_one_in_force_and_the_bounds_stay():
    row = compare_bases(panel(**FIGURES, displaced_counted_in_census_pct=25), DEFINITIONS).loc[("HEA01", CODE)]
    # 9,000 + 2,000 x 0.75 = 10,500; 9,000 - 2,000 x 0.25 = 8,500.
    assert row.to_dict() == pytest.approx({"presence": 1.05, "residence": 0.85, "counted": 0.9, "not_counted": 1.1})


def test_only_indicators_that_rest_on_the_people_served_are_compared():
    ids = set(compare_bases(panel(**FIGURES), DEFINITIONS).index.get_level_values(0))
    assert {"HEA01", "HEA02B", "HEA04"} <= ids
    assert not ids & {"EDU01", "HEA02", "CIV02", "HEA07"}


def test_the_reader_s_own_counting_holds_for_both_bases():
    counted = Assumptions(counting=CensusCounting.COUNTED)
    row = compare_bases(panel(**FIGURES), DEFINITIONS, counted).loc[("HEA01", CODE)]
    # All were counted here: 9,000 present, 7,000 usual residents.
    assert row[["presence", "residence"]].tolist() == pytest.approx([0.9, 0.7])


def test_an_unknown_number_of_displaced_leaves_every_way_unknown():
    row = compare_bases(panel(population=9000, primary_care_facilities_functional=1), DEFINITIONS).loc[("HEA01", CODE)]
    assert row.isna().all()


def test_the_share_whom_the_census_counted_is_that_of_all_who_are_hosted_in_the_month():
    # A hosts 100 of whom 20 % were counted, in both months; B 300 of whom 60 % were, in the first: 200 of 400, then 20 of 100.
    months = (MONTH, MONTH + pd.DateOffset(months=1))
    two = Panel(("A", "B"), months, {})
    hosted, share, away = np.array([100.0, 100, 300, 0]), np.array([0.2, 0.2, 0.6, 0.6]), np.array([0.0, 50, 400, 50])
    seen = displaced_seen_from(two, hosted, share, away)
    assert seen.away_counted.tolist() == pytest.approx([0.5, 0.2, 0.5, 0.2])
    # What all hosts gain is what all usual communes lose, month by month.
    counted = (seen.hosted * seen.hosted_counted).reshape(2, 2).sum(axis=0)
    assert counted.tolist() == pytest.approx((seen.away * seen.away_counted).reshape(2, 2).sum(axis=0).tolist())
    # The same in each of several draws, and with a commune that said nothing.
    drawn = displaced_seen_from(two, np.column_stack([hosted, [np.nan, 100, 300, 0]]), share[:, None], away[:, None])
    assert drawn.away_counted.T.tolist() == [pytest.approx([0.5, 0.2, 0.5, 0.2]), pytest.approx([0.6, 0.2, 0.6, 0.2])]


def test_where_nobody_is_hosted_half_of_those_away_are_taken_to_be_counted():
    nobody = displaced_seen_from(panel(**FIGURES), np.zeros(1), np.ones(1), np.full(1, 9.0))
    assert nobody.away_counted.tolist() == [0.5]
