"""Arrays of a panel and its results that are equal are one array, and say the same."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as drawn

from analytics.assessment import assess
from analytics.equal_arrays import FEWEST_ROWS, EqualArrays
from analytics.panel import Column

VALUES = drawn.arrays(np.float64, 40, elements=st.sampled_from([0.0, -0.0, 1.0, np.nan]))
RANKS = drawn.arrays(np.int8, 40, elements=st.integers(-1, 1))


@given(VALUES, VALUES, RANKS, RANKS)
def test_what_is_shared_says_the_same_to_the_bit(first, second, one, other):
    equal = EqualArrays(fewest=0)
    columns = [Column(first, one, one.copy(), other, second), Column(second.copy(), other.copy(), one, one, first.copy())]
    for before, after in zip(columns, [equal.share(column) for column in columns], strict=True):
        for name in Column.__slots__:
            assert getattr(after, name).tobytes() == getattr(before, name).tobytes()


def test_what_is_equal_is_held_once_and_what_differs_in_one_place_is_not():
    value = np.linspace(0, 1, 1000)
    other = value.copy()
    # A place that no sample of thirty-two sees.
    other[501] = np.nan
    equal, rank = EqualArrays(fewest=0), np.zeros(1000, dtype=np.int8)
    first = equal.share(Column(value, rank, rank.copy(), rank.copy(), value.copy()))
    second = equal.share(Column(other, rank.copy(), rank, rank, other.copy()))
    assert first.value is first.age_months
    assert first.status is first.provenance is second.reliability
    assert second.value is second.age_months is not first.value
    assert np.isnan(second.value[501])
    with pytest.raises(ValueError, match="read-only"):
        first.value[0] = 1


def test_arrays_of_a_few_rows_are_not_looked_at():
    value, rank = np.zeros(FEWEST_ROWS - 1), np.zeros(FEWEST_ROWS - 1, dtype=np.int8)
    column = EqualArrays().share(Column(value, rank, rank, rank, value.copy()))
    assert column.value is not column.age_months
    more = np.zeros(FEWEST_ROWS)
    column = EqualArrays().share(Column(more, rank, rank, rank, more.copy()))
    assert column.value is column.age_months


def test_an_assessment_of_figures_without_ranges_holds_both_ends_once(figures, monkeypatch):
    monkeypatch.setattr("analytics.assessment.EqualArrays", partial(EqualArrays, 0))
    whole = assess(figures.assessment.panel, figures.definitions, figures.assumptions)
    held = [value for result in whole.results.values() for value in result.figures.values()]
    different = {id(value) for value in held}
    assert len(different) < len(held) * 2 / 3
    assert all(result.status.dtype == np.int8 for result in whole.results.values())
