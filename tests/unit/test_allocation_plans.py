"""What a plan says of itself, and what its programmes answer, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.allocation import AllocationCriterion, allocate
from analytics.allocation_problem import Limits
from analytics.allocation_program import Effort, find_most_above, find_widest
from analytics.allocation_reading import Reason, list_places
from tests.allocation_cases import gap_rows, problem_of, vector_rows

EXACT = Effort(nodes=100_000, gap=0.0)


@pytest.mark.parametrize(("budget", "is_over"), [(1759, True), (1760, False), (1761, False), (None, False)])
def test_a_plan_at_least_cost_is_over_the_budget_by_whatever_it_costs_more(budget, is_over):
    # Eight rooms of 220 bring everyone to 1.05: 1,760.
    problem = problem_of(vector_rows(), {"module": 220.0}, Limits(budget_mad=budget, target_pressure=1.05))
    plan = allocate(problem).plans[AllocationCriterion.COST]
    assert plan.cost_mad == 1760
    assert plan.over_budget == is_over


def test_whoever_waits_under_the_target_has_reached_it_and_elsewhere_others_come_first():
    # a: 1260 / (30 x 36) = 1.167 is under 1.2 already; b: 700 / (17 x 36) = 1.144 with two rooms; both stay above the norm.
    plans = allocate(problem_of(vector_rows(), {"module": 220.0}, Limits(target_pressure=1.2))).plans
    cheapest = plans[AllocationCriterion.COST]
    assert cheapest.units.tolist() == [0, 2]
    assert list_places(cheapest)["reason"].tolist() == [*[Reason.TARGET_REACHED] * 2, *[Reason.NO_GAP] * 2]
    for name in (AllocationCriterion.FAIRNESS, AllocationCriterion.COVERAGE):
        # A plan of its own that leaves rooms which nothing forbids.
        other = replace(plans[name], units=cheapest.units)
        assert list_places(other)["reason"].tolist() == [*[Reason.OTHERS_FIRST] * 2, *[Reason.NO_GAP] * 2]


@pytest.mark.parametrize("heavier", [0, 1, 2])
def test_of_equally_many_places_those_with_most_people_above_the_norm_are_raised(heavier):
    # One module, three places that one module raises; 80 people above the norm in one of them, 50 in the others.
    people = [280.0 if at == heavier else 250.0 for at in range(3)]
    rows = gap_rows([(code, "rooms", p, 200.0) for code, p in zip("abc", people, strict=True)], {"rooms": {"module": 36.0}})
    problem = problem_of(rows, {"module": 10.0}, Limits(budget_mad=10.0))
    units = find_most_above(problem, np.zeros(3), np.full(3, 20.0), EXACT)
    assert units.tolist() == [float(at == heavier) for at in range(3)]


def test_more_places_come_before_one_with_more_people_above_the_norm():
    # Two modules: both for the 1,000 above the norm in a, or one each for the 30 in b and in c.
    places = [("a", "rooms", 1200.0, 200.0), ("b", "rooms", 230.0, 200.0), ("c", "rooms", 230.0, 200.0)]
    problem = problem_of(gap_rows(places, {"rooms": {"module": 36.0}}), {"module": 10.0}, Limits(budget_mad=20.0))
    assert find_most_above(problem, np.zeros(3), np.array([60.0, 20.0, 20.0]), EXACT).tolist() == [0, 1, 1]


def test_a_linear_optimum_whose_rounding_is_near_enough_is_the_answer_and_its_own_bound():
    # 1,000.5 modules of 10 people can be paid: 10,005 people, 10,000 by whole modules, which is within half a hundredth.
    problem = problem_of(
        gap_rows([("a", "rooms", 20_000.0, 0.0)], {"rooms": {"module": 10.0}}), {"module": 1.0}, Limits(budget_mad=1000.5)
    )
    found = find_widest(problem, np.zeros(1), Effort(), np.zeros(1))
    assert (found.units.tolist(), found.value, found.ended) == ([1000], 10_000, True)
    assert found.bound == pytest.approx(10_005)
    # Asked for the exact answer, the search says that nothing lies between.
    assert find_widest(problem, np.zeros(1), EXACT, np.zeros(1)).bound == pytest.approx(10_000)


def test_a_search_that_may_stop_early_raises_no_fewer_places_by_it():
    # All seven can be raised: with rooms of 36, 15 and 7 places at 220, 113 and 61 that costs 3,602 of the 3,657 that there are.
    asked = np.array([100.0, 91.0, 6.0, 33.0, 117.0, 49.0, 149.0])
    people = [221.0, 358.0, 286.0, 133.0, 229.0, 265.0, 294.0]
    rows = gap_rows(
        [(code, "rooms", p, 100.0) for code, p in zip("abcdefg", people, strict=True)],
        {"rooms": {"large": 36.0, "middle": 15.0, "small": 7.0}},
    )
    problem = problem_of(rows, {"large": 220.0, "middle": 113.0, "small": 61.0}, Limits(budget_mad=3657.0))
    units = find_most_above(problem, np.zeros(7), asked, Effort(gap=1.0))
    assert (problem.added(units) >= asked).all()
    assert problem.spent(units) <= 3657
