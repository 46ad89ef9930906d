"""A change in seven steps: worked by hand, and the same on both sides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.change_scale import PRESSURE_ENDS, SCORE_ENDS, VALUE_ENDS, step_of


def test_each_end_begins_its_step():
    changes = np.array([-0.6, -0.5, -0.2, -0.05, -0.04, 0.0, 0.049, 0.05, 0.19, 0.2, 0.5, 9.0, np.nan])
    expected = [-3, -3, -2, -1, 0, 0, 0, 1, 1, 2, 3, 3, np.nan]
    np.testing.assert_array_equal(step_of(changes, PRESSURE_ENDS), expected)


@given(st.lists(st.floats(-200, 200), min_size=1), st.sampled_from([PRESSURE_ENDS, SCORE_ENDS, VALUE_ENDS]))
def test_a_rise_and_the_same_fall_are_as_far_from_none(changes, ends):
    steps = step_of(np.array(changes), ends)
    np.testing.assert_array_equal(steps, -step_of(-np.array(changes), ends))
    assert (np.abs(steps) <= 3).all()
    order = np.argsort(changes)
    assert (np.diff(steps[order]) >= 0).all()


@pytest.mark.parametrize(
    ("ends", "begins"),
    # A score of 0 to 100, in points; a share or another value in its own unit.
    [(PRESSURE_ENDS, (0.05, 0.2, 0.5)), (SCORE_ENDS, (2, 10, 25)), (VALUE_ENDS, (1, 5, 15))],
)
def test_the_steps_begin_where_the_legend_says(ends, begins):
    before, at = step_of(np.array(begins) - 0.01, ends), step_of(np.array(begins), ends)
    assert (before.tolist(), at.tolist()) == ([0, 1, 2], [1, 2, 3])
