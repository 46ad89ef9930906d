"""Difference in differences: by hand, by a second way of computing, and on the two censuses that ship."""

import numpy as np
import pytest

from analytics.assumptions import DEFAULTS
from analytics.difference import Effect, difference_in_differences
from data.i18n import Translator
from pages.address.selection import Selection
from pages.words.census_difference import count_unknown, list_effects, read_effects
from pages.words.view import View
from tests.territories import TAROUDANNT, VALCLAIR

GENERATOR = np.random.default_rng(8)


def with_dummies(before, after, dose):
    """The slope of a panel of two periods with a dummy for each unit and one for the period, and dose at work in the second."""
    units = len(dose)
    design = np.zeros((2 * units, units + 2))
    design[np.arange(2 * units), np.tile(np.arange(units), 2)] = 1
    design[units:, units] = 1
    design[units:, units + 1] = dose
    return np.linalg.lstsq(design, np.concatenate([before, after]), rcond=None)[0][-1]


def test_a_change_that_follows_the_dose_exactly_by_hand():
    before = np.arange(12.0)
    effect = difference_in_differences(before, before + 5 + 2 * before, before)
    assert effect.slope == pytest.approx(2)
    assert (effect.low, effect.high) == pytest.approx((2, 2))
    # Doses 6 to 11 against 0 to 5: 5 + 2 × 8.5 and 5 + 2 × 2.5.
    assert (effect.change_above, effect.change_below) == pytest.approx((22, 10))
    assert effect.is_told


@pytest.mark.parametrize("seed", range(3))
def test_dummies_for_each_commune_and_year_give_the_same_slope(seed):
    rng = np.random.default_rng(seed)
    before, dose = rng.normal(10, 3, 60), rng.normal(5, 1, 60)
    after = before + 1 + 0.7 * dose + rng.normal(0, 2, 60)
    assert difference_in_differences(before, after, dose).slope == pytest.approx(with_dummies(before, after, dose))


def test_the_interval_holds_the_truth_nineteen_times_of_twenty_under_unequal_scatter():
    held = 0
    for _ in range(1000):
        dose = GENERATOR.uniform(4, 8, 81)
        change = 0.5 * dose + GENERATOR.standard_normal(81) * (dose - 3)
        effect = difference_in_differences(np.zeros(81), change, dose)
        held += effect.low <= 0.5 <= effect.high
    assert held == pytest.approx(950, abs=25)


def test_what_is_not_known_is_left_out_and_too_little_tells_nothing():
    before = np.append(np.arange(12.0), np.nan)
    effect = difference_in_differences(before, before + 1, np.append(np.arange(12.0), 3.0))
    assert effect.communes == 12
    assert difference_in_differences(before[:5], before[:5], before[:5]) is None
    assert difference_in_differences(before, before, np.ones(13)) is None


@pytest.mark.taroudannt
def test_tents_came_where_it_shook_harder_in_the_censuses_that_ship():
    effects = read_effects(TAROUDANNT)
    other = effects.everywhere["dwelling_other_pct"]
    assert (effects.first, effects.second, other.communes) == (2014, 2024, 81)
    assert (other.slope, other.low, other.high) == pytest.approx((10.43, 3.14, 17.72), abs=0.01)
    assert effects.where_known["dwelling_other_pct"].communes == 70
    assert effects.where_known["dwelling_other_pct"].slope == pytest.approx(12.07, abs=0.01)
    assert not effects.everywhere["dwelling_basic_pct"].is_told
    assert count_unknown(effects) == 11
    # The method note says why this is not an effect of the earthquake.
    assert not effects.where_known["population"].is_told


def test_a_province_without_two_censuses_of_dwellings_says_nothing_of_them():
    assert read_effects(VALCLAIR) is None


def test_people_and_households_are_never_said_to_be_the_earthquakes_doing(figures):
    view = View(figures, Selection("ar", "all", figures.months[-1], "ISP", figures.territory[0], DEFAULTS), Translator("ar"))
    rows = list_effects(view, read_effects(TAROUDANNT))
    assert [row["told"] == view.t("difference.told") for row in rows] == [True, False, False, False]
    # A sign stays before its number inside Arabic text; e^-.169 is 15.6 % less.
    assert "\u2068\N{MINUS SIGN}15,6\u2069" in rows[2]["below"]


@pytest.mark.parametrize(
    ("low", "high", "is_told"), [(-2, -1, True), (-2, 0, False), (-1, 1, False), (0, 0, False), (0, 2, False), (1, 2, True)]
)
def test_a_sign_is_told_where_the_interval_lies_on_one_side_of_nothing_and_does_not_touch_it(low, high, is_told):
    assert Effect((low + high) / 2, low, high, 12, 0.0, 0.0).is_told == is_told
