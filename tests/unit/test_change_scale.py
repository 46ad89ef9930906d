"""A change in seven steps: worked by hand, and the same on both sides."""

import numpy as np
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
