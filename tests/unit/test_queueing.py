"""The registry counter as a queue: the vectors of the method note, the closed forms of M/M/c, what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import ratios
from analytics.queueing import (
    backlog_after,
    backlog_path,
    clearance_days,
    mean_wait,
    next_backlog,
    staff_for_wait,
    staff_to_clear,
    time_in_system,
    utilisation,
    waiting_probability,
)

NAN = np.nan
SOME = settings(max_examples=40, deadline=None)


def one(*values: float) -> list[np.ndarray]:
    return [np.array([value]) for value in values]


# 40 requests a day, 3 clerks at 12 a day (μ = 36), 180 waiting.
def test_forty_requests_for_thirty_six_served():
    assert utilisation(*one(40, 36))[0] == pytest.approx(1.111, abs=1e-3)
    assert backlog_after(*one(180, 40, 36), 20)[0] == 260
    assert clearance_days(*one(180, 40, 36))[0] == np.inf
    # (40 + 180 / 20) / (12 × 0.85) = 4.80
    assert staff_to_clear(*one(40, 180, 20, 12, 0.85))[0] == 5


def test_backlog_clears_at_what_is_served_beyond_what_comes():
    # Five clerks serve 60: 180 / (60 − 40) = 9 days, and then nothing waits.
    assert clearance_days(*one(180, 40, 60))[0] == 9
    np.testing.assert_array_equal(backlog_after(*one(180, 40, 60), np.array([0, 8, 9, 12])), [180, 20, 0, 0])


@pytest.mark.parametrize(
    ("backlog", "arrivals", "capacity", "days"),
    [
        (180, 40, 40, math.inf),  # never clears
        (0, 40, 40, 0),  # nothing waits and nothing adds up
        (0, 40, 60, 0),
        (0, 41, 40, math.inf),  # will wait, and never clear
        (NAN, 40, 60, NAN),  # unknown is neither 0 nor never
        (180, NAN, 60, NAN),
        (180, 40, NAN, NAN),
    ],
)
def test_not_clearing_is_infinite_and_unknown_is_missing(backlog, arrivals, capacity, days):
    np.testing.assert_array_equal(clearance_days(*one(backlog, arrivals, capacity)), [days])


def test_a_missing_figure_is_never_an_empty_queue():
    assert np.isnan(next_backlog(*one(NAN, 40, 36))[0])
    assert np.isnan(backlog_after(*one(10, NAN, 36), 5)[0])
    assert np.isnan(utilisation(*one(NAN, 36))[0])
    assert np.isnan(staff_for_wait(*one(NAN, 12), 1)[0])


def test_requests_that_nobody_serves_use_the_counter_without_limit():
    np.testing.assert_array_equal(utilisation(np.array([5.0, 0.0]), np.zeros(2)), [np.inf, NAN])


def test_backlog_path_follows_each_month():
    # 10 → 10 + 5 − 8 = 7 → 7 + 0 − 8 = 0 → 0 + 20 − 8 = 12; the second commune misses its second month.
    arrivals = np.array([[5, 0, 20], [5, NAN, 20]])
    np.testing.assert_array_equal(
        backlog_path(np.array([10, 10]), arrivals, np.full((2, 1), 8.0)), [[7, 0, 12], [7, NAN, NAN]]
    )


def test_little_links_number_present_and_time_spent():
    np.testing.assert_array_equal(time_in_system(np.array([20.0, 3.0, NAN]), np.array([40.0, 0.0, 40.0])), [0.5, NAN, NAN])


def test_the_formula_of_staff_exists_once():
    assert ratios.staff_to_clear is staff_to_clear


def erlang_c(arrivals: float, service_rate: float, servers: int) -> float:
    """Closed form of the textbooks, with factorials."""
    load = arrivals / service_rate
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)


def test_erlang_c_of_two_servers_by_hand():
    # Load 1, two servers: last = 1/2 × 2/(2 − 1) = 1; 1 / (1 + 1 + 1) = 1/3; wait 1/3 ÷ (2 − 1).
    assert waiting_probability(*one(1, 1, 2))[0] == pytest.approx(1 / 3)
    assert mean_wait(*one(1, 1, 2))[0] == pytest.approx(1 / 3)


@SOME
@given(st.integers(1, 60), st.floats(0.01, 0.999), st.floats(0.1, 30))
def test_erlang_c_equals_the_closed_form_with_factorials(servers, share, service_rate):
    arrivals = share * servers * service_rate
    expected = erlang_c(arrivals, service_rate, servers)
    np.testing.assert_allclose(waiting_probability(*one(arrivals, service_rate, servers)), expected, rtol=1e-9)
    np.testing.assert_allclose(
        mean_wait(*one(arrivals, service_rate, servers)), expected / (servers * service_rate - arrivals), rtol=1e-9
    )


@SOME
@given(st.floats(0.01, 0.999), st.floats(0.1, 30))
def test_one_server_is_the_m_m_1_queue(share, service_rate):
    # Probability ρ, wait ρ ÷ (μ − λ), and with service λ ÷ (μ (μ − λ)) + 1/μ = 1 ÷ (μ − λ), as Little's law says of L = ρ ÷ (1 − ρ).
    arrivals = share * service_rate
    wait = mean_wait(*one(arrivals, service_rate, 1))[0]
    assert waiting_probability(*one(arrivals, service_rate, 1))[0] == pytest.approx(share)
    assert wait == pytest.approx(share / (service_rate - arrivals), rel=1e-6)
    present = share / (1 - share)
    assert time_in_system(*one(present, arrivals))[0] == pytest.approx(wait + 1 / service_rate, rel=1e-6)


def test_erlang_c_agrees_with_the_balance_of_flows():
    # Stationary probabilities from π(k) λ = π(k+1) min(k+1, c) μ, up to 2,000 requests present: whoever finds c or more waits.
    arrivals, service_rate, servers = 20.0, 3.0, 8
    factors = arrivals / (service_rate * np.minimum(np.arange(1, 2001), servers))
    stationary = np.concatenate(([1.0], np.cumprod(factors)))
    stationary /= stationary.sum()
    assert waiting_probability(*one(arrivals, service_rate, servers))[0] == pytest.approx(stationary[servers:].sum())
    queued = np.maximum(0, np.arange(2001) - servers) @ stationary
    assert mean_wait(*one(arrivals, service_rate, servers))[0] == pytest.approx(queued / arrivals)


def test_erlang_c_holds_where_factorials_overflow():
    assert 0 < waiting_probability(*one(1980, 1, 2000))[0] < 1


def test_a_counter_that_cannot_keep_up_makes_everyone_wait_for_ever():
    arrivals, service_rate, servers = np.array([36, 40, 1, 0.0]), np.array([12, 12, 0, 12.0]), np.array([3, 3, 4, 0])
    np.testing.assert_array_equal(waiting_probability(arrivals, service_rate, servers), [1, 1, 1, 1])
    np.testing.assert_array_equal(mean_wait(arrivals, service_rate, servers), [np.inf] * 4)


def test_each_commune_has_its_own_number_of_servers():
    servers = np.array([1, 4, NAN, 12])
    together = waiting_probability(np.full(4, 3.0), np.full(4, 4.0), servers)
    np.testing.assert_allclose(together, [0.75, erlang_c(3, 4, 4), NAN, erlang_c(3, 4, 12)])
    np.testing.assert_array_equal(
        np.isnan(mean_wait(np.full(4, 3.0), np.full(4, 4.0), servers)), [False, False, True, False]
    )


@pytest.mark.parametrize("servers", [2.5, -1])
def test_servers_are_whole(servers):
    with pytest.raises(ValueError, match="whole"):
        waiting_probability(*one(3, 4, servers))


@SOME
@given(st.floats(0.1, 200), st.floats(0.5, 20), st.floats(0.001, 1))
def test_staff_for_a_wait_is_the_fewest_that_keeps_it(arrivals, service_rate, longest):
    staff = staff_for_wait(*one(arrivals, service_rate), longest)
    assert mean_wait(*one(arrivals, service_rate), staff)[0] <= longest
    assert not mean_wait(*one(arrivals, service_rate), staff - 1)[0] <= longest


def test_no_staff_answers_an_impossible_target():
    assert np.isnan(staff_for_wait(*one(10, 0), 1)[0])
    with pytest.raises(ValueError, match="vanish"):
        staff_for_wait(*one(10, 2), 0)


RATES = st.integers(0, 500)


@SOME
@given(st.integers(0, 2000), RATES, RATES, st.integers(0, 60))
def test_constant_rates_give_what_the_recursion_gives(backlog, arrivals, capacity, days):
    path = backlog_path(np.array([backlog]), np.full((1, days), arrivals), np.full((1, days), capacity))
    assert backlog_after(*one(backlog, arrivals, capacity), days)[0] == (path[0, -1] if days else backlog)


@SOME
@given(st.integers(1, 2000), RATES, RATES)
def test_nothing_waits_once_the_clearance_time_has_passed_and_something_does_before(backlog, arrivals, capacity):
    days = clearance_days(*one(backlog, arrivals, capacity))[0]
    if np.isinf(days):
        assert backlog_after(*one(backlog, arrivals, capacity), 1000)[0] >= backlog
    else:
        assert backlog_after(*one(backlog, arrivals, capacity), math.ceil(days))[0] == 0
        assert backlog_after(*one(backlog, arrivals, capacity), days * 0.99)[0] > 0


@SOME
@given(st.integers(1, 300), st.integers(0, 900), st.integers(1, 60), st.integers(1, 40))
def test_staff_to_clear_clears_within_the_days_and_one_fewer_does_not(arrivals, backlog, days, productivity):
    staff = staff_to_clear(*one(arrivals, backlog, days, productivity, 1.0))[0]
    assert backlog_after(*one(backlog, arrivals, staff * productivity), days)[0] == pytest.approx(0, abs=1e-6)
    assert backlog_after(*one(backlog, arrivals, (staff - 1) * productivity), days)[0] > 0
