"""Confidence sets of ranks against a second implementation written from the published method, and their coverage."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.rank_inference import expected_ranks, membership, probability_above, rank_sets, ranks_of


def sets_as_published(estimates, draws, confidence):
    """Rank sets of Mogstad, Romano, Shaikh and Wilhelm (2024), unit by unit and hypothesis by hypothesis.

    For each unit j the family holds two one-sided hypotheses for every other unit k, "k is not above j" and "j is not above k".
    A step rejects those whose studentised difference exceeds the quantile, over the draws, of the largest of the studentised errors
    of the hypotheses that remain. The rank of j is one more than the units surely above it, and at most all units less those
    surely not above it.
    """
    units, count = draws.shape
    sets = []
    for j in range(units):
        family, certain_above, certain_not_above = [], 0, 0
        for k in range(units):
            if k == j:
                continue
            error = [(draws[k, b] - estimates[k]) - (draws[j, b] - estimates[j]) for b in range(count)]
            size = (sum(e * e for e in error) / count) ** 0.5
            difference = estimates[k] - estimates[j]
            if size == 0:
                certain_above += difference > 0
                certain_not_above += difference <= 0
                continue
            for sign in (1, -1):
                family.append((sign, sign * difference / size, [sign * e / size for e in error]))
        rejected = {1: certain_above, -1: certain_not_above}
        while family:
            largest = sorted(max(member[2][b] for member in family) for b in range(count))
            critical = largest[int(np.ceil(confidence * (count - 1)))]
            kept = [member for member in family if member[1] <= critical]
            if len(kept) == len(family):
                break
            for sign, *_ in (member for member in family if member[1] > critical):
                rejected[sign] += 1
            family = kept
        sets.append((1 + rejected[1], units - rejected[-1]))
    return np.array(sets, dtype=float)


# Nine tenths of one less than the draws end on a draw (41, 61) or between two (60).
@pytest.mark.parametrize("count", [41, 60, 61])
@pytest.mark.parametrize("seed", range(12))
def test_sets_equal_those_of_a_second_implementation(seed, count):
    rng = np.random.default_rng(seed)
    units = int(rng.integers(2, 9))
    estimates = np.round(rng.normal(0, 3, units), 1)
    spread = rng.choice([0.0, 0.3, 1.0], units)
    together = rng.normal(0, 1, (1, count))
    draws = estimates[:, None] + spread[:, None] * (rng.normal(0, 1, (units, count)) + together)
    found = rank_sets(estimates, draws, 0.9)
    expected = sets_as_published(estimates, draws, 0.9)
    np.testing.assert_array_equal(np.column_stack([found.low, found.high]), expected)


def provinces(number, units=12, count=250, spread=1.0, seed=8):
    """Provinces whose truth is known: estimates around it, draws around the estimates, some errors shared, some units equal."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        truth = np.round(rng.normal(0, 2, units))
        sizes = spread * rng.choice([0.3, 0.6, 1.2], units)

        def errors(columns, sizes=sizes):
            return sizes[:, None] * (0.8 * rng.normal(0, 1, (units, columns)) + 0.6 * rng.normal(0, 1, (1, columns)))

        estimates = truth + errors(1)[:, 0]
        yield truth, estimates, estimates[:, None] + errors(count)


def coverage(number, spread=1.0):
    """Least and mean share of the units whose set holds their true rank, and mean width of the sets in ranks."""
    held, widths = [], []
    for truth, estimates, draws in provinces(number, spread=spread):
        sets, true = rank_sets(estimates, draws, 0.9), ranks_of(truth)
        held.append((sets.low <= true) & (true <= sets.high))
        widths.append((sets.high - sets.low).mean())
    by_unit = np.mean(held, axis=0)
    return by_unit.min(), by_unit.mean(), float(np.mean(widths))


@pytest.mark.slow
def test_a_thousand_provinces_hold_their_true_ranks_at_least_as_often_as_promised():
    least, mean, width = coverage(1000)
    # Four standard errors of a share of 0.9 over 1,000 provinces are 0.038: what is below 0.9 by more is no chance.
    assert least >= 0.9 - 0.038
    assert mean >= 0.9
    # A set of all 12 ranks is 11 wide: the differences say more than that, and smaller errors say more again.
    assert width < 6.5
    assert coverage(100, spread=0.25)[2] < 3


def test_perfect_figures_leave_no_tie_but_true_ones():
    figures = np.array([5.0, 7.0, 5.0, 1.0, 9.0])
    draws = np.repeat(figures[:, None], 50, axis=1)
    sets = rank_sets(figures, draws, 0.9)
    assert sets.low.tolist() == sets.high.tolist() == ranks_of(figures).tolist() == [3, 2, 3, 5, 1]
    above = probability_above(draws)
    assert above[4].tolist() == [1, 1, 1, 1, 0.5]
    assert above[0, 2] == above[2, 0] == 0.5
    assert expected_ranks(draws).tolist() == [3.5, 2, 3.5, 5, 1]
    assert membership(draws, 3).tolist() == [0.5, 1, 0.5, 0, 1]


def test_what_errs_together_is_told_apart_where_its_intervals_overlap():
    rng = np.random.default_rng(2)
    together = rng.normal(0, 10, (1, 1000))
    estimates = np.array([10.0, 12.0])
    draws = estimates[:, None] + together + rng.normal(0, 0.2, (2, 1000))
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    assert low[1] < high[0]
    sets = rank_sets(estimates, draws, 0.9)
    assert (sets.low.tolist(), sets.high.tolist()) == ([2, 1], [2, 1])


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 7), st.integers(2, 9), st.integers(0, 10**6))
def test_probabilities_add_up_whatever_is_drawn(units, count, seed):
    draws = np.random.default_rng(seed).integers(0, 4, (units, count)).astype(float)
    above = probability_above(draws)
    np.testing.assert_allclose(above + above.T, 1)
    # One more than the expected number of units above it.
    np.testing.assert_allclose(expected_ranks(draws), above.sum(axis=0) + 0.5)
    for size in range(1, units + 2):
        assert membership(draws, size).sum() == pytest.approx(min(size, units))
    by_hand = [
        np.mean([(a > b) + (a == b) / 2 for a, b in zip(*pair, strict=True)]) for pair in itertools.combinations(draws, 2)
    ]
    np.testing.assert_allclose(above[np.triu_indices(units, 1)], by_hand)


def test_the_first_of_a_draw_are_first_for_certain():
    draws = np.array([[5.0, 1.0], [4.0, 2.0], [3.0, 3.0], [2.0, 4.0], [1.0, 5.0]])
    assert membership(draws, 2).tolist() == [0.5, 0.5, 0, 0.5, 0.5]
    many = np.random.default_rng(3).permuted(np.tile(np.arange(200.0)[:, None], 300), axis=0)
    assert membership(many, 20) == pytest.approx((many >= 180).mean(axis=1))


def test_the_first_of_many_communes_are_the_first_of_their_order_however_many_are_asked_for():
    # 300 figures, all different, in 60 draws: first are those of rank 1 to size.
    draws = np.random.default_rng(4).permuted(np.tile(np.arange(300.0)[:, None], 60), axis=0)
    ranks = np.array([ranks_of(draw) for draw in draws.T]).T
    for size in range(1, 300):
        np.testing.assert_allclose(membership(draws, size), (ranks <= size).mean(axis=1), err_msg=str(size))
