"""Phases of a response, sessions of a council, the month to plan for: by hand."""

import math
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.resource_gap import costs_by, total_cost
from analytics.response_phases import Phase, design_month, is_over, next_sessions, phase_of
from analytics.scenario import Scenario, risk_level

PHASES = (Phase("hours_72", 3), Phase("days_30", 30), Phase("months_6", 183), Phase("later", math.inf))


@pytest.mark.parametrize(
    ("days", "phase"), [(0, "hours_72"), (3, "hours_72"), (4, "days_30"), (30, "days_30"), (60, "months_6"), (540, "later")]
)
def test_a_delay_falls_into_the_first_phase_that_it_fits(days, phase):
    assert phase_of(days, PHASES).id == phase


def test_a_delay_beyond_every_phase_is_an_error():
    with pytest.raises(ValueError, match="31"):
        phase_of(31, PHASES[:2])


def test_the_next_sessions_after_august_2025_are_october_february_and_may():
    found = next_sessions(pd.Timestamp("2025-08-01"), (2, 5, 10), 3)
    assert [f"{day:%Y-%m}" for day in found] == ["2025-10", "2026-02", "2026-05"]


def test_a_session_of_the_month_itself_is_over():
    assert f"{next_sessions(pd.Timestamp('2025-10-01'), (2, 5, 10), 1)[0]:%Y-%m}" == "2026-02"


@given(st.dates(min_value=pd.Timestamp("2020-01-01").date(), max_value=pd.Timestamp("2040-01-01").date()), st.integers(1, 8))
def test_sessions_are_ahead_in_order_and_in_their_months(day, count):
    found = next_sessions(pd.Timestamp(day), (2, 5, 10), count)
    assert len(found) == count
    assert found == sorted(set(found))
    assert all(month > pd.Timestamp(day) and month.month in (2, 5, 10) for month in found)


@pytest.mark.parametrize(
    ("today", "over"),
    [(date(2026, 7, 31), False), (date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2027, 1, 1), True)],
)
def test_a_period_until_august_2026_is_over_from_the_first_of_september(today, over):
    assert is_over(pd.Timestamp("2026-08-01"), today) is over


def projection(scores):
    return SimpleNamespace(commune_codes=("a", "b"), table=lambda _, figure: np.array([[1.0, 1.0, 1.0], scores]))


@pytest.mark.parametrize(
    ("scores", "at"), [([10, 30, 20], 1), ([30, 30, 10], 0), ([math.nan, 5, math.nan], 1), ([math.nan] * 3, 2)]
)
def test_the_month_to_plan_for_is_the_heaviest_one(scores, at):
    assert design_month(projection(scores), "b") == at


@pytest.mark.parametrize(
    ("probability", "impact", "level"), [(1, 5, "low"), (2, 4, "medium"), (2, 5, "medium"), (3, 5, "high")]
)
def test_the_level_of_a_risk(probability, impact, level):
    scenario = Scenario("x", probability=probability, impact=impact)
    assert scenario.risk_level == risk_level(probability * impact) == level


def test_costs_by_a_column_add_up_to_the_total_and_leave_alternatives_out():
    rows = pd.DataFrame(
        {
            "commune_code": "a",
            "role": ["main", "main", "alternative", "main"],
            "missing_units": [1.0, 2.0, 2.0, math.nan],
            "status": ["assessed", "assessed", "assessed", "missing"],
            "competence": ["own", "state", "state", "state"],
            "cost_low_mad": [1.0, 10.0, 99.0, math.nan],
            "cost_central_mad": [2.0, 20.0, 99.0, math.nan],
            "cost_high_mad": [3.0, 30.0, 99.0, math.nan],
        }
    )
    found = costs_by(rows, "competence")
    assert list(found) == ["own", "state"]
    assert (found["own"].central_mad, found["own"].missing_count) == (2, 0)
    assert (found["state"].central_mad, found["state"].missing_count) == (20, 1)
    assert total_cost(rows).central_mad == 22
