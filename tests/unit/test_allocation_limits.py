"""What a plan says of the limits that bind, and what the arrays and steps of an allocation mean, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.allocation import AllocationCriterion, allocate
from analytics.allocation_greedy import top_up
from analytics.allocation_problem import Limits
from analytics.allocation_program import Effort, find_level
from analytics.allocation_reading import Binding, Reason, list_bindings, list_places
from tests.allocation_cases import gap_rows, problem_of, vector_rows

EXACT = Effort(nodes=100_000, gap=0.0)


def plan_of(places, units, cost=10.0, **limits):
    """A coverage plan that gives so many modules of 36 places to each commune that lacks some."""
    rows = gap_rows([(code, "rooms", demand, carried) for code, demand, carried in places], {"rooms": {"module": 36.0}})
    problem = problem_of(rows, {"module": cost}, Limits(**limits))
    plan = allocate(problem).plans[AllocationCriterion.COVERAGE]
    return replace(plan, units=np.array(units, dtype=float))


def test_a_ceiling_binds_in_communes_that_lack_something_still_and_says_how_many_units_it_allows():
    # Two modules of 36 close the 60 above the norm in a and leave 40 of the 112 in b: only b is held back.
    assert list_bindings(plan_of([("a", 160.0, 100.0), ("b", 212.0, 100.0)], [2, 2], ceiling=2)) == [
        Binding("ceiling", "", 1, 2)
    ]
    both = plan_of([("a", 173.0, 100.0), ("b", 212.0, 100.0)], [2, 2], ceiling=2)
    assert list_bindings(both) == [Binding("ceiling", "", 2, 2)]
    assert list_bindings(plan_of([("a", 160.0, 100.0), ("b", 172.0, 100.0)], [2, 2], ceiling=2)) == []
    assert list_bindings(plan_of([("a", 160.0, 100.0), ("b", 212.0, 100.0)], [1, 1], ceiling=2)) == []


@pytest.mark.parametrize(("budget", "binds"), [(39.0, True), (40.0, False), (None, False)])
def test_a_budget_binds_where_what_is_left_pays_no_unit_that_somebody_lacks(budget, binds):
    # Three modules at 10 are given, the fourth is lacking.
    found = list_bindings(plan_of([("a", 240.0, 100.0)], [3], budget_mad=budget))
    assert found == ([Binding("budget", "", 30, 39)] if binds else [])
    # Nobody lacks anything: what is left over is no matter.
    assert list_bindings(plan_of([("a", 208.0, 100.0)], [3], budget_mad=30.0)) == []


@pytest.mark.parametrize(("given", "binds"), [(2, False), (3, True)])
def test_a_stock_binds_once_the_last_unit_is_given(given, binds):
    assert list_bindings(plan_of([("a", 240.0, 100.0)], [given], stocks=(("module", 3),))) == (
        [Binding("stock", "module", 3, 3)] if binds else []
    )


@pytest.mark.parametrize(("given", "binds"), [(2, True), (3, False)])
def test_a_floor_binds_where_one_unit_less_would_break_it(given, binds):
    # Half of the 100 above the norm: 50, which two modules give and one does not.
    found = list_bindings(plan_of([("a", 200.0, 100.0)], [given], floor=0.5))
    assert found == ([Binding("floor", "", 1, 0.5)] if binds else [])


def test_pressure_is_demand_for_what_is_carried_nothing_without_demand_and_endless_where_nothing_is_there():
    places = [("a", "rooms", 150.0, 100.0), ("b", "rooms", 0.0, 100.0), ("c", "rooms", 0.0, 0.0), ("d", "rooms", 30.0, 0.0)]
    problem = problem_of(gap_rows(places, {"rooms": {"module": 25.0}}), {"module": 1.0}, Limits())
    # Options: a and d, the two places with a gap.
    assert problem.pressure(np.zeros(2)).tolist() == [1.5, 0, 0, np.inf]
    assert problem.pressure(np.array([2.0, 1.0])).tolist() == [1, 0, 0, 1.2]


def test_a_plan_at_least_cost_leaves_nobody_waiting_for_want_of_money_even_above_the_budget():
    # 1.05 takes four and four modules; a and b stay above the norm, and the budget pays two.
    problem = problem_of(vector_rows(), {"module": 220.0}, Limits(budget_mad=440.0, target_pressure=1.05))
    plans = allocate(problem).plans
    cheapest, fairest = (plans[name] for name in (AllocationCriterion.COST, AllocationCriterion.FAIRNESS))
    assert list_places(cheapest)["reason"].tolist() == [*[Reason.TARGET_REACHED] * 2, *[Reason.NO_GAP] * 2]
    assert list_places(fairest)["reason"].tolist() == [*[Reason.BUDGET_SPENT] * 2, *[Reason.NO_GAP] * 2]


def test_what_is_left_goes_first_where_a_dirham_brings_most_people_under_the_norm():
    # 36 people for 10 dirhams, 100 for 20: 3.6 and 5 a dirham. The 100 of b are wanted twice as much: 10.
    options = {"rooms": {"module": 36.0}, "visits": {"clinician": 100.0}}
    rows = gap_rows([("a", "rooms", 236.0, 200.0), ("b", "visits", 400.0, 200.0)], options)
    cost = {"module": 10.0, "clinician": 20.0}
    for budget, units in ((19.0, [1, 0]), (20.0, [0, 1]), (30.0, [1, 1]), (40.0, [0, 2]), (50.0, [1, 2])):
        problem = problem_of(rows, cost, Limits(budget_mad=budget))
        assert top_up(problem, np.zeros(2)).tolist() == units, budget
    # Wanted thrice as much, the people of a come first: 10.8 a dirham.
    wanted = replace(problem_of(rows, cost, Limits(budget_mad=20.0)), weight=np.array([3.0, 1.0]))
    assert top_up(wanted, np.zeros(2)).tolist() == [1, 0]


@pytest.mark.parametrize("short", [0.0, 0.5, 1.0])
def test_the_level_that_a_budget_gives_costs_no_more_than_the_budget(short):
    # 10 above the norm in a, and 100 in b; a large unit at 300 serves 100, a small one at 10 serves 8. At the norm both need 300 for
    # b and 20 for a (two small ones): 320. Half a dirham less does not pay it.
    options = {"rooms": {"small": 8.0}, "visits": {"large": 100.0}}
    rows = gap_rows([("a", "rooms", 110.0, 100.0), ("b", "visits", 200.0, 100.0)], options)
    problem = problem_of(rows, {"small": 10.0, "large": 300.0}, Limits(budget_mad=320.0 - short))
    found = find_level(problem, np.zeros(2), EXACT)
    assert problem.spent(found.units) <= problem.budget
    assert found.value == pytest.approx(1 if short == 0 else 108 / 110)


def test_a_level_that_the_budget_cannot_pay_is_proved_out_of_reach():
    # b carries 100 of 200; the units that bring it to the norm cost 300 each for 20 people. 900 pay three: 160 of 200.
    options = {"rooms": {"small": 8.0}, "visits": {"large": 20.0}}
    rows = gap_rows([("a", "rooms", 110.0, 100.0), ("b", "visits", 200.0, 100.0)], options)
    problem = problem_of(rows, {"small": 10.0, "large": 300.0}, Limits(budget_mad=900.0))
    found = find_level(problem, np.zeros(2), EXACT)
    assert found.value == pytest.approx(0.8)
    assert found.bound == pytest.approx(0.8, abs=1e-6)
    assert found.ended
