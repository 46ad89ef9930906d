"""Equity before and after each plan: the vector of the method note, a small allocation worked by hand, what must hold."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.allocation import Allocation, AllocationCriterion, AllocationPlan, allocate
from analytics.allocation_equity import BEFORE, TOGETHER, lowest, measure_equity
from analytics.allocation_problem import Limits
from data.loaders.today import load_definitions, load_means
from tests.allocation_cases import gap_rows, problem_of

DEFINITIONS, MEANS = load_definitions(), load_means()
MONTH = pd.Timestamp("2025-08-01")
NEED, UNIT = "classrooms_primary", "modular_classroom"
# Method note 5.1 and 5.6: four communes, demand and rooms, 36 pupils a room.
DEMAND, ROOMS = (1260.0, 700.0, 420.0, 900.0), (30, 15, 12, 30)
GROUPS = {"a": "north", "b": "north", "c": "south", "d": "south"}


def rows_of(places, options=None):
    return gap_rows(places, options or {NEED: {UNIT: 36.0}}).assign(status="assessed")


def plans_of(rows, limits, cost=None):
    return allocate(problem_of(rows, cost or {UNIT: 220_000.0}, limits))


def measured(allocation, rows):
    return measure_equity(allocation, rows, MEANS, DEFINITIONS, GROUPS, MONTH)


def four_communes():
    return rows_of([(code, NEED, d, 36.0 * rooms) for code, d, rooms in zip("abcd", DEMAND, ROOMS, strict=True)])


def test_before_any_unit_it_is_the_vector_of_the_method_note():
    rows = four_communes()
    before = measured(plans_of(rows, Limits(stocks=((UNIT, 8),))), rows).set_index("plan").loc[BEFORE]
    # 36 x the note's capacity per head: Gini, Theil and P90/P10 do not depend on the unit.
    assert before["gini"] == pytest.approx(0.0940, abs=5e-5)
    assert before["theil"] == pytest.approx(0.01503, abs=5e-6)
    assert before["between"] + before["within"] == pytest.approx(before["theil"])
    # 328 of 3,280 people live with 2.143 or less, the 2,952nd with 3.333.
    assert before["quantile_ratio"] == pytest.approx((30 / 900) / (15 / 700))
    # Pressures 1.167, 1.296, 0.972, 0.833: classes 3, 4, 2, 2 by the bounds 0.8, 1, 1.2, 1.5.
    assert before["people_in_high_class"] == pytest.approx(700 / 3280)


def test_eight_units_leave_what_is_worked_by_hand():
    rows = four_communes()
    after = (
        measured(plans_of(rows, Limits(stocks=((UNIT, 8),))), rows).set_index("plan").loc[AllocationCriterion.FAIRNESS.value]
    )
    # The note's answer x = (4, 4, 0, 0). In order of access: 19/700, 34/1260, 12/420, 30/900 = .02714, .02698, .02857, .03333.
    held = np.array([34, 19, 12, 30]) / 95
    people = np.array([1260, 700, 420, 900]) / 3280
    lorenz = np.concatenate(([0.0], np.cumsum(held)))
    assert after["gini"] == pytest.approx(1 - sum(people * (lorenz[1:] + lorenz[:-1])))
    assert after["theil"] == pytest.approx(sum(h * math.log(h / p) for h, p in zip(held, people, strict=True)))
    north = (53 / 95) * math.log((53 / 95) / (1960 / 3280)) + (42 / 95) * math.log((42 / 95) / (1320 / 3280))
    assert after["between"] == pytest.approx(north)
    assert after["quantile_ratio"] == pytest.approx((30 / 900) / (34 / 1260))
    assert after["people_in_high_class"] == 0


def test_two_communes_and_one_unit_by_hand():
    # a has nothing for 36 pupils (class 5), b has two rooms for 72; one unit gives everyone one seat.
    rows = rows_of([("a", NEED, 36.0, 0.0), ("b", NEED, 72.0, 72.0)])
    table = measured(plans_of(rows, Limits(stocks=((UNIT, 1),))), rows).set_index("plan")
    # Lorenz curve (0, 0), (1/3, 0), (1, 1): the area under it is 1/3, Gini 1/3; Theil: ln(1 / (2/3)).
    assert table.at[BEFORE, "gini"] == pytest.approx(1 / 3)
    assert table.at[BEFORE, "theil"] == pytest.approx(math.log(1.5))
    assert table.at[BEFORE, "people_in_high_class"] == pytest.approx(1 / 3)
    assert np.isnan(table.at[BEFORE, "quantile_ratio"])
    for plan in AllocationCriterion:
        assert table.loc[plan.value, ["gini", "theil", "people_in_high_class"]].tolist() == pytest.approx([0, 0, 0])
        assert table.at[plan.value, "quantile_ratio"] == 1


def test_shares_of_people_far_away_have_classes_of_their_own_and_do_not_enter_the_total():
    # One in five may be far: 50 %, 4 % and 24 %, classes 4, 1 and 3 by the goalposts (10, 20, 40, 60); as pressures, 5, 1, 3.
    rows = rows_of(
        [("a", NEED, 72.0, 36.0), ("a", "distance_health", 250.0, 100.0), ("b", "distance_health", 20.0, 100.0),
         ("c", "distance_health", 120.0, 100.0),
         ("b", "consultations", 500.0, 400.0)],
        {NEED: {UNIT: 36.0}, "distance_health": {"mobile_day": 150.0}, "consultations": {"clinician_post": 100.0}},
    )  # fmt: skip
    problem = problem_of(rows, {UNIT: 1.0, "mobile_day": 1.0, "clinician_post": 1.0}, Limits())
    plan = AllocationPlan(
        AllocationCriterion.FAIRNESS, problem, np.where(np.array(problem.need_ids)[problem.place] == NEED, 1.0, 0.0), ()
    )
    table = measured(Allocation(problem, {AllocationCriterion.FAIRNESS: plan}, {}), rows)
    assert table["kind"].unique().tolist() == [TOGETHER, "classrooms", "persons far from care", "clinicians"]
    far = table[table["kind"] == "persons far from care"]
    assert far["people_in_high_class"].tolist() == pytest.approx([250 / 390] * 2)
    together = table[table["kind"] == TOGETHER].set_index("plan")
    weight = MEANS.needs[NEED].weight * 72, MEANS.needs["consultations"].weight * 500
    assert together.at[BEFORE, "people_in_high_class"] == pytest.approx(1.0)
    assert together.at["fairness", "people_in_high_class"] == pytest.approx(weight[1] / sum(weight))


def test_missing_communes_are_left_out_and_counted_those_without_demand_are_not():
    rows = rows_of([("a", NEED, 72.0, 36.0), ("b", NEED, 36.0, 36.0), ("c", NEED, np.nan, np.nan), ("d", NEED, 0.0, 36.0)])
    table = measured(plans_of(rows, Limits(budget_mad=220_000.0)), rows)
    assert table["missing_count"].unique().tolist() == [1]
    # Capacity per head ½ for two thirds, 1 for one third: shares held ½ and ½.
    assert table.iloc[0]["gini"] == pytest.approx(2 / 3 - 1 / 2)


def test_a_plan_is_named_only_where_it_lowers_what_was_there_before():
    rows = rows_of([("a", NEED, 36.0, 0.0), ("b", NEED, 72.0, 72.0)])
    table = measured(plans_of(rows, Limits(stocks=((UNIT, 1),))), rows)
    assert lowest(table)["plan"] == AllocationCriterion.FAIRNESS.value
    assert lowest(table.assign(gini=table["gini"].iloc[0])) is None
    assert lowest(table, "people_in_high_class")["plan"] == AllocationCriterion.FAIRNESS.value
    assert lowest(table, "quantile_ratio") is None


def test_a_plan_that_was_refused_has_no_row():
    rows = four_communes()
    problem = problem_of(rows, {UNIT: 1.0}, Limits())
    assert measured(Allocation(problem, {}, {}), rows)["plan"].tolist() == [BEFORE]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(30, 400), st.integers(0, 12)), min_size=2, max_size=4), st.integers(1, 12))
def test_no_plan_raises_the_share_in_class_four_or_five(communes, units):
    rows = rows_of([("abcd"[i], NEED, float(d), 36.0 * rooms) for i, (d, rooms) in enumerate(communes)])
    problem = problem_of(rows, {UNIT: 1.0}, Limits(stocks=((UNIT, units),)))
    given_out = np.minimum(problem.upper, 1.0)
    plan = AllocationPlan(AllocationCriterion.COVERAGE, problem, given_out, ())
    table = measured(Allocation(problem, {AllocationCriterion.COVERAGE: plan}, {}), rows).set_index("plan")
    assert table.at["coverage", "people_in_high_class"] <= table.at[BEFORE, "people_in_high_class"] + 1e-12
