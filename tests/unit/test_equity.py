"""Gini, Theil and P90/P10: the method note's vector, PySAL's `inequality`, and what must hold for any figures."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inequality.gini import Gini as LibraryGini
from inequality.theil import Theil as LibraryTheil
from inequality.theil import TheilD as LibraryTheilParts

from analytics.equity import gini, quantile_ratio, share_in_high_class, theil

NAN = np.nan
SOME = settings(max_examples=40, deadline=None)
# Method note 5.6: capacity per head of four communes, 30/1,260 = 0.02381 and so on.
PEOPLE = np.array([1260, 700, 420, 900])
ACCESS = np.array([30, 15, 12, 30]) / PEOPLE


def test_the_vector_of_the_method_note():
    assert gini(ACCESS, PEOPLE).value == pytest.approx(0.0940, abs=5e-5)
    assert theil(ACCESS, PEOPLE, np.zeros(4)).total == pytest.approx(0.01503, abs=5e-6)


def test_two_people_one_of_whom_has_everything():
    # Lorenz curve (0, 0), (½, 0), (1, 1): Gini ½; Theil: one half of 2 × ln 2, the other adds 0.
    values, people = np.array([0.0, 10.0]), np.ones(2)
    assert gini(values, people).value == pytest.approx(0.5)
    parts = theil(values, people, np.array(["a", "b"]))
    assert (parts.total, parts.between, parts.within) == pytest.approx((math.log(2), math.log(2), 0))


def test_the_person_at_the_ninth_decile_over_the_one_at_the_first():
    # 100 people: 10 with 1, 79 with 2, 11 with 6. The 10th has 1, the 90th has 6.
    assert quantile_ratio(np.array([2, 6, 1]), np.array([79, 11, 10])).value == 6
    assert quantile_ratio(np.array([2, 6, 1]), np.array([80, 10, 10])).value == 2
    assert np.isnan(quantile_ratio(np.array([0, 6]), np.array([50, 50])).value)


def test_share_of_people_in_class_four_or_more():
    share = share_in_high_class(np.array([5, 4, 3, 1, NAN]), np.array([100, 200, 300, 400, 5000]))
    assert (share.value, share.count, share.missing_count) == (pytest.approx(0.3), 4, 1)


@pytest.mark.parametrize("measure", [gini, quantile_ratio, share_in_high_class, lambda v, p: theil(v, p, np.arange(len(v)))])
def test_missing_places_are_left_out_and_counted(measure):
    whole = measure(np.array([1.0, 4.0, 5.0]), np.array([10.0, 20.0, 30.0]))
    holed = measure(np.array([1.0, NAN, 4.0, 5.0, 2.0]), np.array([10.0, 99.0, 20.0, 30.0, NAN]))
    assert (whole.count, whole.missing_count) == (3, 0)
    assert (holed.count, holed.missing_count) == (3, 2)
    assert holed == type(holed)(*(getattr(whole, f) for f in whole.__slots__ if f not in ("count", "missing_count")), 3, 2)


@pytest.mark.parametrize("people", [np.array([]), np.array([NAN, NAN])])
def test_nothing_known_is_missing_not_equality(people):
    values = np.ones(people.size)
    for measured in (gini(values, people), quantile_ratio(values, people), share_in_high_class(values, people)):
        assert np.isnan(measured.value)
        assert measured.missing_count == people.size
    assert np.isnan(theil(values, people, values).total)


def test_nobody_having_anything_has_no_inequality_to_measure():
    assert np.isnan(gini(np.zeros(3), np.ones(3)).value)
    assert np.isnan(theil(np.zeros(3), np.ones(3), np.arange(3)).total)


@pytest.mark.parametrize(("values", "people"), [([-1.0, 2.0], [1.0, 1.0]), ([1.0, 2.0], [1.0, -1.0])])
def test_negative_values_are_refused(values, people):
    for measure in (gini, quantile_ratio):
        with pytest.raises(ValueError, match="0 or more"):
            measure(np.array(values), np.array(people))


PLACES = st.lists(
    st.tuples(st.integers(0, 500).map(lambda v: v / 7), st.integers(1, 40), st.integers(0, 3)), min_size=2, max_size=25
).filter(lambda places: sum(value for value, _, _ in places) > 0)


def columns(places):
    values, people, groups = np.array(places).T
    return values, people.astype(int), groups.astype(int)


@SOME
@given(PLACES)
def test_gini_and_theil_equal_the_library_that_counts_every_person(places):
    values, people, groups = columns(places)
    each, group_of_each = np.repeat(values, people), np.repeat(groups, people)
    parts, library = theil(values, people, groups), LibraryTheilParts(each, group_of_each)
    np.testing.assert_allclose(gini(values, people).value, LibraryGini(each).g, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(parts.total, LibraryTheil(each).T, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(parts.between, np.sum(library.bg), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(parts.within, np.sum(library.wg), rtol=1e-9, atol=1e-9)


@SOME
@given(PLACES)
def test_within_is_the_theil_of_each_group_weighted_by_what_it_holds(places):
    values, people, groups = columns(places)
    within = 0.0
    for group in set(groups.tolist()):
        inside = groups == group
        held = (values * people)[inside].sum() / (values * people).sum()
        if held:
            within += held * theil(values[inside], people[inside], groups[inside]).total
    assert theil(values, people, groups).within == pytest.approx(within, abs=1e-9)


@SOME
@given(PLACES)
def test_gini_is_the_mean_difference_between_two_people(places):
    values, people, _ = columns(places)
    pairs = sum(p * q * abs(v - w) for v, p, _ in places for w, q, _ in places)
    expected = pairs / (2 * people.sum() * (values * people).sum())
    assert gini(values, people).value == pytest.approx(expected, abs=1e-9)


@SOME
@given(PLACES)
def test_the_decile_ratio_is_that_of_the_people_in_line(places):
    values, people, _ = columns(places)
    line = np.sort(np.repeat(values, people))
    low, high = (line[-(-len(line) * tenths // 10) - 1] for tenths in (1, 9))
    np.testing.assert_allclose(quantile_ratio(values, people).value, high / low if low else NAN)


@SOME
@given(PLACES, st.sampled_from([0.01, 3.0, 1000.0]), st.randoms(use_true_random=False))
def test_unit_number_of_people_and_order_do_not_matter(places, factor, random):
    values, people, groups = columns(places)
    shuffled = list(places)
    random.shuffle(shuffled)
    other_values, other_people, other_groups = columns(shuffled)
    assert gini(other_values * factor, other_people * 3).value == pytest.approx(gini(values, people).value, abs=1e-9)
    first, second = theil(values, people, groups), theil(other_values * factor, other_people * 3, other_groups)
    assert (second.total, second.between) == pytest.approx((first.total, first.between), abs=1e-9)


@SOME
@given(st.floats(0.01, 1000), st.lists(st.integers(1, 500), min_size=1, max_size=20))
def test_the_same_for_everyone_is_equality(value, people):
    same = np.full(len(people), value)
    assert gini(same, np.array(people)).value == pytest.approx(0, abs=1e-9)
    assert theil(same, np.array(people), np.arange(len(people))).total == pytest.approx(0, abs=1e-9)
    assert quantile_ratio(same, np.array(people)).value == 1


@SOME
@given(PLACES)
def test_measures_stay_within_their_bounds(places):
    values, people, groups = columns(places)
    parts = theil(values, people, groups)
    assert -1e-9 <= gini(values, people).value < 1
    assert -1e-9 <= parts.total <= math.log(people.sum()) + 1e-9
    assert min(parts.between, parts.within) >= -1e-9


def test_a_place_with_nobody_and_one_with_part_of_a_person_are_no_mistake():
    values, people = np.array([1.0, 4.0, 9.0]), np.array([0.5, 0.5, 0.0])
    two = np.array([1.0, 4.0]), np.array([1.0, 1.0])
    # Nobody counts for nothing, and halves weigh as wholes do.
    for measure in (gini, quantile_ratio, share_in_high_class):
        assert measure(values, people).value == pytest.approx(measure(*two).value)
    assert theil(values, people, np.arange(3)).total == pytest.approx(theil(*two, np.arange(2)).total)
