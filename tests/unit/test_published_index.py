"""The composite's own steps (goalposts, weighted mean, power mean) give the Human Development Index that UNDP published."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.composite import power_mean, weighted_mean
from analytics.legend import Goalposts
from analytics.pressure import score

PUBLISHED = pd.read_csv(Path(__file__).parents[1] / "cases" / "hdi.csv", comment="#").set_index("iso3")

SOME = settings(max_examples=40, deadline=None)


def goalposts(low: float, high: float) -> Goalposts:
    return Goalposts("value", ((low, 0.0), (high, 100.0)))


# Technical note 1 of the report: 20–85 years of life, 0–18 and 0–15 of schooling, logarithm of 100–75,000 PPP $; education is
# the arithmetic mean of its two, the index the geometric mean of the three dimensions.
def human_development_index(rows: pd.DataFrame, power: float = 0) -> np.ndarray:
    life = score(rows["life_expectancy_years"].to_numpy(), goalposts(20, 85))
    expected = score(rows["expected_schooling_years"].to_numpy(), goalposts(0, 18))
    mean = score(rows["mean_schooling_years"].to_numpy(), goalposts(0, 15))
    income = score(np.log(rows["gni_per_capita_ppp"].to_numpy()), goalposts(math.log(100), math.log(75_000)))
    education = weighted_mean(np.array([expected, mean]), np.array([[0.5], [0.5]]))
    return power_mean(np.array([life, education, income]), np.ones(3), power) / 100


def test_the_published_index_comes_out_within_its_rounding():
    # Published to three decimals: half of the last one, and the rounding of floating point.
    np.testing.assert_allclose(human_development_index(PUBLISHED), PUBLISHED["hdi"], rtol=0, atol=0.0005 + 1e-9)


def test_the_published_order_of_countries_comes_out():
    assert list(np.argsort(-human_development_index(PUBLISHED))) == list(range(len(PUBLISHED)))


@pytest.mark.parametrize("power", [1, 2])
def test_another_mean_would_not_give_the_published_index(power):
    # Where a country's dimensions lie apart, as in the six below 0.9, the geometric mean is visibly lower.
    apart = human_development_index(PUBLISHED, power) - PUBLISHED["hdi"]
    assert (apart[PUBLISHED["hdi"] < 0.9] > 0.004).all()


def test_years_of_schooling_above_the_goalpost_count_as_the_goalpost():
    # Norway expects 18.6 years; the note caps them at 18.
    assert PUBLISHED.at["NOR", "expected_schooling_years"] > 18
    capped = PUBLISHED.assign(expected_schooling_years=PUBLISHED["expected_schooling_years"].clip(upper=18))
    np.testing.assert_array_equal(human_development_index(capped), human_development_index(PUBLISHED))


def test_power_zero_is_the_geometric_mean_leaving_missing_entries_out():
    # (2 × 8)^½ = 4; with weights 3 and 1: (2³ × 8)^¼ = 2.828; one entry alone is itself; none is missing; one at 0 makes 0.
    table = np.array([[2.0, 2.0, 0.0, np.nan], [8.0, np.nan, 50.0, np.nan]])
    np.testing.assert_allclose(power_mean(table, np.ones(2), 0), [4, 2, 0, np.nan])
    assert power_mean(table, np.array([3.0, 1.0]), 0)[0] == pytest.approx(64**0.25)
    assert power_mean(table, np.array([3.0, 0.0]), 0)[2] == 0
    assert power_mean(np.array([[0.0], [50.0]]), np.array([0.0, 1.0]), 0)[0] == pytest.approx(50)


@SOME
@given(
    st.lists(st.tuples(st.floats(1, 100), st.floats(0.1, 10)), min_size=1, max_size=6),
    st.lists(st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, 2.0, 8.0]), min_size=2, max_size=2, unique=True),
)
def test_a_power_mean_rises_with_its_power_and_zero_lies_between(entries, powers):
    values, weights = np.array(entries).T
    low, high = (power_mean(values[:, None], weights, power)[0] for power in sorted(powers))
    assert values.min() * (1 - 1e-9) <= low <= high * (1 + 1e-9) <= values.max() * (1 + 2e-9)
