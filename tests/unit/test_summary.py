"""How many communes have a result, of those that it concerns, and which of them are surely in a high class."""

import numpy as np
import pandas as pd
import pytest

from analytics.summary import Coverage, decided_high


def test_half_of_the_communes_are_half_and_nobody_concerned_is_nothing():
    assert Coverage(1, 2).share == 0.5
    assert Coverage(0, 0).share == 0


@pytest.mark.parametrize(
    ("low", "high", "decided"),
    [
        (3, 3, 0), (4, 4, 1), (5, 5, 1),
        # Between two classes it is told where both say the same.
        (1, 3, 0), (4, 5, 1), (3, 4, np.nan), (1, 5, np.nan),
        (pd.NA, pd.NA, np.nan),
    ],
)  # fmt: skip
def test_a_commune_is_surely_high_or_surely_not_where_both_ends_of_its_range_say_so(low, high, decided):
    ends = {"severity_class_low": pd.array([low], dtype="Int8"), "severity_class_high": pd.array([high], dtype="Int8")}
    assert decided_high(pd.DataFrame(ends)).tolist() == pytest.approx([decided], nan_ok=True)
