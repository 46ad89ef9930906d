"""Trigger levels with hysteresis on hand-worked sequences; crossing dates; messages that fit one SMS."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.faces import Face
from analytics.short_message import GSM_7, fit_message, message_length, to_gsm
from analytics.triggers import AlertRule, Reading, crossing_date, first_reached, trigger_levels
from data.i18n import LANGUAGES
from data.loaders.today import load_definitions, load_trigger_rules

RULES = load_trigger_rules()
NAMES = ["none", *(rule.id for rule in RULES.levels)]
NAN = np.nan
PLAIN = AlertRule("X", falls_by=0.1, falls_periods=2)
COMPARED = AlertRule("X", falls_by=0.1, falls_periods=2, needs_year_before=True)


def levels(*figures, absent=None, at_least=None, rule=PLAIN):
    shape = (1, len(figures))
    gone, low = (np.broadcast_to(np.array(marks or False), shape) for marks in (absent, at_least))
    found = trigger_levels(Reading(np.array(figures, dtype=float).reshape(shape), gone, low), RULES, rule)
    return [NAMES[rank] for rank in found.level[0]], found.is_held[0].tolist()


def plain(figures):
    """Whole figures of services that are there."""
    never = np.zeros(figures.shape, dtype=bool)
    return Reading(figures, never, never)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        # Thresholds are strict: 0.9 is not above 0.9.
        ([0.9, 0.95, 0.95], ["none", "watch", "watch"]),
        # Above 1.0 once is a watch, twice a pre-alert; above 1.2 twice an alert; above 1.5 it takes three months.
        ([1.05, 1.05, 1.05], ["watch", "pre_alert", "pre_alert"]),
        ([1.3, 1.3], ["watch", "alert"]),
        ([1.6, 1.6, 1.6], ["watch", "alert", "activation"]),
        # One wild month is a watch.
        ([0.5, 1.7, 0.5, 0.5], ["none", "watch", "watch", "none"]),
        # A level ends a tenth below its threshold for two months (1.35, 1.08, 0.9, 0.81), one step after the other.
        ([1.6, 1.6, 1.6, 1.4, 1.3, 1.3], ["watch", "alert", "activation", "activation", "activation", "alert"]),
        ([1.3, 1.3, 1.1, 1.1, 1.0, 1.0], ["watch", "alert", "alert", "alert", "alert", "pre_alert"]),
        ([1.3, 1.3, 0.7, 0.7], ["watch", "alert", "alert", "none"]),
        ([1.3, 1.3, 0.7, 1.1, 0.7], ["watch", "alert", "alert", "alert", "alert"]),
    ],
)
def test_levels_rise_by_severity_and_duration_and_fall_step_by_step(figures, expected):
    assert levels(*figures)[0] == expected


def test_a_month_that_is_not_known_keeps_the_level_and_breaks_a_row_of_months():
    found, held = levels(1.3, 1.3, NAN, 0.7, NAN, 0.7, 0.7)
    assert found == ["watch", "alert", "alert", "alert", "alert", "alert", "none"]
    assert held == [False, False, True, False, True, False, False]
    assert levels(NAN, 0.5) == (["none", "none"], [True, False])


def test_a_figure_that_is_at_least_so_much_may_raise_a_level_and_ends_none():
    low = [False, False, True, True, True]
    # 0.7 at the least says nothing of 1.2; twice 0.7 would end the alert where it were the whole.
    assert levels(1.3, 1.3, 0.7, 0.7, 0.7, at_least=low) == (["watch", *["alert"] * 4], [False, False, True, True, True])
    # 1.3 at the least is 1.3 or more: it raises, and only then is the level known.
    assert levels(0.5, 0.5, 0.5, 1.3, 1.3, at_least=low) == (
        ["none", "none", "none", "watch", "alert"],
        [False, False, True, False, False],
    )


def test_nothing_is_compared_with_a_year_before_of_which_only_the_lower_end_is_known():
    year = [1.0] * 12
    # 1.05 is no news against 1.0, and twice no news ends the watch.
    assert levels(*year, 1.05, 1.05)[0][-2:] == ["watch", "none"]
    # Against 1.0 or more nobody knows: the figure is taken as it is, above 1.0 for two months.
    assert levels(*year, 1.05, 1.05, at_least=[True] * 12 + [False] * 2)[0][-2:] == ["watch", "pre_alert"]


def test_a_service_that_closes_is_an_alert_at_once_and_an_activation_in_the_second_month():
    found, held = levels(0.8, NAN, NAN, 0.5, 0.5, absent=[False, True, True, False, False])
    assert found == ["none", "alert", "activation", "activation", "none"]
    assert not any(held)


def test_what_comes_back_each_year_raises_nothing_and_what_is_worse_than_last_year_does():
    year = [0.6] * 8 + [1.6, 1.6, 1.6, 0.6]
    found, _ = levels(*year, *year)
    assert "activation" in found[:12]
    assert set(found[15:]) == {"none"}
    # 10 % more than last year is no news, 11 % is.
    assert set(levels(*year, *(1.1 * x for x in year))[0][15:]) == {"none"}
    assert levels(*year, *(1.11 * x for x in year))[0][20:23] == ["watch", "alert", "activation"]


def test_what_lasts_is_no_alert_for_ever_and_what_is_still_in_breakdown_stays_a_watch():
    """1.3 for two years: an alert from the second month on; from the thirteenth nothing is new, from the fourteenth it is over."""
    found, _ = levels(*[1.3] * 20)
    assert found == ["watch", *["alert"] * 12, *["none"] * 7]
    found, _ = levels(*[1.6] * 20)
    assert found == ["watch", "alert", *["activation"] * 11, *["watch"] * 7]


def test_a_ratio_that_months_hardly_move_raises_only_against_the_year_before():
    found, held = levels(*[1.6] * 14, rule=COMPARED)
    assert set(found) == {"none"}
    # In the first year it can be told neither way, which is not "none".
    assert held == [True] * 12 + [False] * 2
    assert levels(*[0.8] * 12, 1.6, 1.6, 1.6, rule=COMPARED)[0][12:] == ["watch", "alert", "activation"]
    assert levels(*[0.8] * 3, rule=COMPARED)[1] == [False] * 3
    # A building that closes is news; one that was never there is not.
    assert levels(0.8, 0.8, NAN, absent=[False, False, True], rule=COMPARED)[0] == ["none", "none", "alert"]
    assert set(levels(*[NAN] * 14, absent=[True] * 14, rule=COMPARED)[0]) == {"none"}


def test_days_have_thresholds_of_their_own():
    days = RULES.indicators["CIV03"]
    assert days.thresholds == (3, 5, 10, 15)
    assert levels(4, 6, 11, 11, 16, 16, 16, 11, rule=days)[0] == [
        "watch", "watch", "pre_alert", "alert", "alert", "alert", "activation", "alert",
    ]  # fmt: skip


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=30), st.floats(1, 2))
def test_never_a_level_above_what_its_threshold_and_months_allow_whatever_comes(figures, factor):
    found = trigger_levels(plain(np.array([figures])), RULES, PLAIN).level[0]
    for rank, level in enumerate(RULES.levels, 1):
        above = np.array(figures) > level.above
        reached = np.flatnonzero(found >= rank)
        if len(reached):
            assert above[: reached[0] + 1].sum() >= level.periods
    # In the first year, more is never a lighter level.
    worse = trigger_levels(plain(np.array([figures[:12]]) * factor), RULES, PLAIN).level[0]
    assert (worse >= found[:12]).all()


def test_a_level_is_never_a_share_of_communes():
    rng = np.random.default_rng(3)
    figures = rng.uniform(0.5, 1.8, (50, 36))
    figures[rng.random((50, 36)) < 0.1] = NAN
    together = trigger_levels(plain(figures), RULES, PLAIN)
    for row in range(0, 50, 7):
        alone = trigger_levels(plain(figures[row : row + 1]), RULES, PLAIN)
        assert (together.level[row] == alone.level[0]).all()


def test_the_first_month_at_a_level():
    months = list(pd.date_range("2025-01-01", periods=3, freq="MS"))
    found = trigger_levels(plain(np.array([[1.3, 1.3, 1.6], [0.5, 0.5, 0.5]])), RULES, PLAIN)
    reached = pd.DatetimeIndex(first_reached(found, months, NAMES.index("alert")))
    assert reached[0] == months[1]
    assert pd.isna(reached[1])


def test_the_rules_are_those_of_the_method_note():
    assert [(r.id, r.above, r.periods, r.absent_periods) for r in RULES.levels] == [
        ("watch", 0.9, 1, None), ("pre_alert", 1.0, 2, None), ("alert", 1.2, 2, 1), ("activation", 1.5, 3, 2),
    ]  # fmt: skip
    assert (RULES.news_above, RULES.stale_periods) == (0.1, 2)
    for rule in RULES.levels:
        for words in (rule.labels, rule.actions, rule.short_actions, rule.responsible, rule.delay):
            assert set(words) == set(LANGUAGES)
    # The governor is not told to refer to the governor.
    assert all("Gouverneur" not in rule.actions["fr"] for rule in RULES.levels)


def test_no_share_of_a_census_no_national_mean_and_no_density_raises_an_alert():
    indicators = load_definitions().indicators
    assert set(RULES.indicators) == {"EDU01", "EDU02", "HEA01", "HEA02", "CIV02", "CIV03"}
    assert all(indicators[i].face is Face.LOAD for i in RULES.indicators)
    assert RULES.indicators["HEA01"].needs_year_before


def series(values):
    return pd.Series(values, index=pd.date_range("2025-01-01", periods=len(values), freq="MS"), dtype=float)


def test_a_straight_line_crosses_when_it_crosses():
    # 0.80 in January, 0.02 more each month: 0.98 in October, 1.00 in November.
    found = crossing_date(series([0.8 + 0.02 * m for m in range(10)]), 1.0)
    assert found.month == pd.Timestamp("2025-11-01")
    assert found.earliest == found.latest == found.month
    assert found.slope_by_month == pytest.approx(0.02)
    # One wild month does not move it: the slope is a median.
    wild = [0.8 + 0.02 * m for m in range(10)]
    wild[4] = 3.0
    assert crossing_date(series(wild), 1.0).month == pd.Timestamp("2025-11-01")


def test_a_falling_pressure_crosses_downwards():
    found = crossing_date(series([1.6 - 0.05 * m for m in range(8)]), 1.0)
    assert found.month == pd.Timestamp("2026-01-01")


def test_the_range_is_left_open_when_its_slope_may_lead_away():
    noisy = series([0.80, 0.95, 0.78, 0.97, 0.80, 0.96, 0.83, 0.95])
    found = crossing_date(noisy, 1.2)
    assert found is None or (found.earliest is None and found.latest is None)
    rising = series([0.80, 0.83, 0.82, 0.87, 0.86, 0.90, 0.89, 0.93])
    found = crossing_date(rising, 1.2)
    assert found.earliest <= found.month <= found.latest


def test_there_is_no_date_without_a_trend_or_with_too_few_months():
    assert crossing_date(series([0.8] * 10), 1.0) is None
    assert crossing_date(series([0.9 - 0.02 * m for m in range(10)]), 1.0) is None
    assert crossing_date(series([0.8, 0.9, 1.0]), 1.2) is None
    assert crossing_date(series([NAN] * 10), 1.0) is None
    gaps = [0.8 + 0.02 * m if m % 3 else NAN for m in range(12)]
    assert crossing_date(series(gaps), 1.1).month == pd.Timestamp("2026-04-01")


def test_messages_fit_one_sms():
    parts = ["Préalerte – Sidi Abdellah Ou Saïd : école 1,2 × la norme", "y" * 90, "z" * 60, "fin"]
    message = fit_message([parts], "fr")
    assert len(message) <= 160
    assert set(message) <= GSM_7
    assert message.startswith("Préalerte - Sidi Abdellah Ou Said : école 1,2 x la norme")
    assert message.endswith("fin")
    assert len(fit_message([["ء" * 90]], "ar")) == 70
    # In fewer words rather than without a part, and without a part rather than without one of more weight.
    full, brief = ["a" * 60, "b" * 90, "c" * 40], ["a" * 60, "b" * 70, "c" * 20]
    assert fit_message([full, brief], "fr") == " ".join(brief)
    assert fit_message([full[:2], brief[:2]], "fr") == " ".join(full[:2])
    assert fit_message([["a" * 60, "b" * 120, "c"], ["a" * 60, "b" * 90, "c" * 40]], "fr") == f"{'a' * 60} {'b' * 90}"
    assert to_gsm("Forêt, façade, œuvre ’") == "Foret, facade, oeuvre '"
    assert message_length("abc") == 160
    assert message_length("شدة") == 70
