"""What an allocation refuses, and the nearest that it would not."""

import pytest

from analytics.allocation import AllocationCriterion, allocate
from analytics.allocation_problem import InfeasibleError, Limits
from tests.allocation_cases import gap_rows, problem_of, vector_rows


def test_a_floor_over_the_budget_is_refused_with_the_nearest_that_is_not():
    rows = gap_rows([("a", "rooms", 460.0, 100.0)], {"rooms": {"module": 36.0}})
    problem = problem_of(rows, {"module": 10.0}, Limits(budget_mad=30.0, floor=1.0))
    with pytest.raises(InfeasibleError) as refused:
        allocate(problem)
    # Three modules carry 108 of 360: three tenths.
    assert refused.value.reason == "floor_over_budget"
    assert refused.value.values == {"nearest": pytest.approx(0.3), "budget": 100.0}


def test_a_floor_above_the_stock_is_refused():
    rows = gap_rows([("a", "rooms", 460.0, 100.0)], {"rooms": {"module": 36.0}})
    with pytest.raises(InfeasibleError) as refused:
        allocate(problem_of(rows, {"module": 10.0}, Limits(stocks=(("module", 5),), floor=1.0)))
    assert refused.value.reason == "floor_out_of_reach"
    assert refused.value.values["nearest"] == pytest.approx(0.5)


def test_a_budget_below_every_unit_is_refused_with_the_cheapest():
    with pytest.raises(InfeasibleError) as refused:
        allocate(problem_of(vector_rows(), {"module": 220.0}, Limits(budget_mad=100.0)))
    assert (refused.value.reason, refused.value.values) == ("budget_buys_nothing", {"nearest": 220.0})


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(budget_mad=-1.0), "budget_negative"),
        (Limits(budget_mad=float("inf")), "budget_negative"),
        (Limits(budget_mad=float("nan")), "budget_negative"),
        (Limits(stocks=(("module", -1),)), "stock_negative"),
        (Limits(ceiling=0), "ceiling_zero"),
        (Limits(floor=1.5), "floor_outside"),
        (Limits(target_pressure=0.5), "target_below_norm"),
    ],
)
def test_limits_that_make_no_sense_are_refused(limits, reason):
    with pytest.raises(InfeasibleError) as refused:
        problem_of(vector_rows(), {"module": 220.0}, limits)
    assert refused.value.reason == reason


def test_a_target_that_stocks_cannot_reach_is_refused_with_the_nearest_level():
    limits = Limits(stocks=(("module", 2),), target_pressure=1.0)
    allocation = allocate(problem_of(vector_rows(), {"module": 220.0}, limits))
    refusal = allocation.refusals[AllocationCriterion.COST]
    assert refusal.reason == "target_out_of_reach"
    # Two rooms: 700 / (36 × 17) = 1.144 but 1260 / (36 × 30) = 1.167 stays; the best is 1260/1080.
    assert refusal.values["nearest"] == pytest.approx(1.1667, abs=1e-3)
