"""What changed between two dates: parts that sum to the change exactly, each zero where its cause did not move."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.two_dates import CAUSES, compare_dates, shapley
from data.loaders.today import load_definitions

POSITIVE = st.floats(1e-3, 1e6)
STATE = st.tuples(POSITIVE, POSITIVE, POSITIVE)


def rows(demand, units, norm, pressure=None):
    at_norm = None if units is None else units * norm
    figure = np.nan if demand is None or not at_norm else demand / at_norm
    frame = pd.DataFrame(
        {
            "numerator": [demand], "denominator": [units], "capacity_at_norm": [at_norm], "norm_value": [norm],
            "pressure": [figure if pressure is None else pressure], "value": [np.nan],
            "severity_class": pd.array([None], dtype="Int8"),
        },
        index=["a"],
    )  # fmt: skip
    return frame.astype(dict.fromkeys(("numerator", "denominator", "capacity_at_norm", "norm_value", "pressure"), float))


@pytest.fixture(scope="module")
def indicator():
    return load_definitions().indicators["HEA01"]


@settings(max_examples=60, deadline=None)
@given(STATE, STATE)
def test_the_parts_sum_to_the_change_and_turn_round_with_it(first, second):
    before, after = ([np.array([v]) for v in state] for state in (first, second))
    parts = shapley(tuple(before), tuple(after))
    change = after[0] / (after[1] * after[2]) - before[0] / (before[1] * before[2])
    scale = max(1.0, *(abs(float(part[0])) for part in parts))
    assert sum(parts)[0] == pytest.approx(change[0], abs=1e-9 * scale)
    back = shapley(tuple(after), tuple(before))
    assert all(p[0] == pytest.approx(-b[0], abs=1e-9 * scale) for p, b in zip(parts, back, strict=True))


@settings(max_examples=30, deadline=None)
@given(STATE, st.integers(0, 2), POSITIVE)
def test_a_cause_that_did_not_move_has_no_part(state, moved, value):
    before = [np.array([v]) for v in state]
    after = [np.array([value]) if at == moved else v for at, v in enumerate(before)]
    parts = shapley(tuple(before), tuple(after))
    assert all(parts[at][0] == 0 for at in range(3) if at != moved)


def test_a_worked_case(indicator):
    # 12,000 people and 1 facility become 15,000 and 2, at 10,000 a facility: 1.2 to 0.75.
    found = compare_dates(rows(12000, 1, 10000), rows(15000, 2, 10000), indicator).loc["a"]
    assert (found["before"], found["after"]) == (1.2, 0.75)
    # Demand: 0.3 with one facility, 0.15 with two; capacity: -0.6 with the first people, -0.75 with the second.
    assert found["demand"] == pytest.approx(0.225)
    assert found["capacity"] == pytest.approx(-0.675)
    assert (found["norm"], found["method"]) == (0, 0)
    assert found["known"] == "both"


def test_a_norm_that_moved_and_a_method_that_moved_have_parts_of_their_own(indicator):
    found = compare_dates(rows(12000, 1, 10000), rows(12000, 1, 15000), indicator).loc["a"]
    assert found["norm"] == pytest.approx(0.8 - 1.2)
    assert found["demand"] == found["capacity"] == 0
    recomputed = compare_dates(rows(12000, 1, 10000), rows(12000, 1, 15000), indicator, rows(12000, 1, 15000)).loc["a"]
    assert recomputed["method"] == pytest.approx(0.8 - 1.2)
    assert recomputed[list(CAUSES)].sum() == pytest.approx(recomputed["change"])


def test_where_one_date_is_silent_only_reporting_changed(indicator):
    found = compare_dates(rows(None, None, 10000), rows(15000, 2, 10000), indicator).loc["a"]
    assert found["known"] == "second"
    assert np.isnan(found["change"])
    assert found[list(CAUSES)].isna().all()


def test_parts_sum_for_every_indicator_and_commune_of_the_example(figures):
    first, second = figures.months[0], figures.months[-1]
    for indicator in figures.definitions.indicators.values():
        if indicator.has_pressure:
            found = compare_dates(figures.of_month(indicator.id, first), figures.of_month(indicator.id, second), indicator)
            both = found[(found["known"] == "both") & np.isfinite(found["change"])]
            assert np.allclose(both[list(CAUSES)].sum(axis=1), both["change"], atol=1e-9), indicator.id
