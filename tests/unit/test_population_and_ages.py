"""Residents between censuses and people of school age, against hand calculations and the census itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ages import people_aged, school_age, single_years
from analytics.model import PROVENANCE_ORDER, Provenance
from analytics.population import damped_growth, project, yearly_growth

ESTIMATE, MEASURED = PROVENANCE_ORDER.index(Provenance.ESTIMATE), PROVENANCE_ORDER.index(Provenance.MEASURED)


def test_five_years_after_a_census_that_doubled_is_the_square_root_of_two():
    # 1,000 to 2,000 in ten years: after five, 1,000 x sqrt(2) = 1,414.2.
    middle = project(np.array([1000.0]), np.array([2000.0]), np.array([0.0]), np.array([-5.0, 0.0]), 10)
    assert middle[0] == pytest.approx([1414.2136, 2000.0])


def test_after_the_census_growth_is_half_the_commune_and_half_its_group_and_never_above_two_and_a_half_percent():
    # (4 % + 1 %) / 2 = 2.5 %; (9 % + 1 %) / 2 = 5 %, clipped; (-6 % + 0) / 2 = -3 %, clipped.
    growth = damped_growth(np.array([0.04, 0.09, -0.06]), np.array([0.01, 0.01, 0.0]))
    assert growth == pytest.approx([0.025, 0.025, -0.025])
    later = project(np.array([1000.0]), np.array([1000.0]), np.array([0.02]), np.array([1.0]), 10)
    assert later[0, 0] == pytest.approx(1020)


def test_the_province_grew_by_0_228_percent_a_year():
    # Method note, section 0: 838,820 to 858,162 in ten years.
    assert yearly_growth(np.array([838_820.0]), np.array([858_162.0]), 10)[0] * 100 == pytest.approx(0.228, abs=5e-4)


def test_the_month_of_the_census_is_the_census_and_every_other_month_an_estimate(figures):
    panel = figures.assessment.panel
    month = figures.months.index(pd.Timestamp("2024-09-01"))
    residents, legal = panel["resident_population"], panel["population"]
    table = residents.value.reshape(89, -1)
    assert table[:, month] == pytest.approx(legal.value.reshape(89, -1)[:, month])
    assert (residents.provenance.reshape(89, -1)[:, month] == MEASURED).all()
    assert (np.delete(residents.provenance.reshape(89, -1), month, axis=1) == ESTIMATE).all()
    assert np.nansum(table[:, 0]) == pytest.approx(858_162 / 1.00228, rel=2e-3)


@given(st.lists(st.floats(0, 1e5), min_size=6, max_size=6))
def test_single_years_add_up_to_their_groups(groups):
    years = single_years(np.array([groups]))
    assert years.reshape(4, 5).sum(axis=1) == pytest.approx(groups[:4], abs=1e-6 * (1 + max(groups)))


def test_an_even_population_is_split_evenly():
    assert single_years(np.full((1, 6), 500.0)) == pytest.approx(np.full((1, 20), 100.0))


def test_a_straight_line_of_ages_is_found_again():
    # Sprague's interpolation is exact for a straight line: ages 0, 1, 2 ... have 1000, 990, 980 ... people.
    exact = 1000 - 10 * np.arange(30.0)
    assert single_years(exact.reshape(1, 6, 5).sum(axis=2))[0] == pytest.approx(exact[:20])


def test_children_of_seven_to_twelve_agree_with_the_count_of_the_census(figures):
    """The census counted 100,122 children of 7 to 12: Sprague finds them within 1 %, and half of the communes within 2 %."""
    month = figures.months[-1]
    shares = np.column_stack(
        [figures.column(f"age_{a}_pct", month) for a in ("0_4", "5_9", "10_14", "15_19", "20_24", "25_29")]
    )
    people = figures.column("municipal_population", month).to_numpy()
    found = people_aged(people[:, None] * shares / 100, 7, 12)
    counted = figures.column("population_7_12", month).to_numpy()
    assert counted.sum() == 100_122
    assert found.sum() == pytest.approx(counted.sum(), rel=0.01)
    assert np.median(np.abs(found / counted - 1)) < 0.02
    evenly = people / 100 * (0.6 * shares[:, 1] + 0.6 * shares[:, 2])
    assert abs(found.sum() - counted.sum()) < abs(evenly.sum() - counted.sum())


@pytest.mark.parametrize("group", range(6))
def test_the_five_years_of_a_group_add_up_to_it_whatever_its_neighbours_hold(group):
    years = single_years(np.eye(6)[group][None, :])[0]
    assert years.reshape(4, 5).sum(axis=1) == pytest.approx(np.eye(6)[group][:4], abs=1e-9)


def test_school_ages_are_six_three_and_three_years():
    ages = school_age(np.array([3000.0]), np.full((1, 6), 10.0))
    assert [round(float(v[0]), 6) for v in ages.values()] == [360, 180, 180]


def test_an_unknown_group_leaves_the_ages_drawn_from_it_unknown():
    groups = np.array([[100.0, 100, 100, 100, 100, np.nan]])
    years = single_years(groups)
    assert np.isnan(years[0, 15:]).all()
    assert not np.isnan(years[0, :15]).any()
