"""Trigger levels with hysteresis on hand-worked sequences; crossing dates; messages that fit one SMS."""

import numpy as np
import pandas as pd
import pytest

from analytics.short_message import GSM_7, fit_message, message_length, to_gsm
from analytics.triggers import crossing_date, first_reached, trigger_levels
from data.i18n import LANGUAGES
from data.loaders.today import load_trigger_rules

RULES = load_trigger_rules()
NAMES = ["none", *(rule.id for rule in RULES.levels)]
NAN = np.nan


def levels(*pressures, no_service=None, days_waiting=None):
    shape = (1, len(pressures))
    found = trigger_levels(
        np.array(pressures, dtype=float).reshape(shape),
        RULES,
        None if no_service is None else np.array(no_service, dtype=bool).reshape(shape),
        None if days_waiting is None else np.array(days_waiting, dtype=float).reshape(shape),
    )
    return [NAMES[rank] for rank in found.level[0]], found.is_held[0].tolist()


@pytest.mark.parametrize(
    ("pressures", "expected"),
    [
        # Thresholds are strict: 0.9 is not above 0.9.
        ([0.9, 0.95, 0.95], ["none", "watch", "watch"]),
        # Above 1.0 once is a watch, twice a pre-alert.
        ([1.05, 1.05, 1.05], ["watch", "pre_alert", "pre_alert"]),
        ([1.05, 0.95, 1.05], ["watch", "watch", "watch"]),
        # A level does not fall while the pressure only dips: 0.95 once, or hovering above 1.0.
        ([1.3, 1.1, 1.1, 0.95, 1.05], ["alert", "alert", "alert", "alert", "alert"]),
        # Below 1.0 twice: it falls to what the pressure itself gives, a watch at 0.95, nothing at 0.8.
        ([1.6, 0.95, 0.95, 0.8], ["activation", "activation", "watch", "none"]),
        ([1.6, 0.8, 0.8], ["activation", "activation", "none"]),
        # Exactly 1.0 is not below 1.0.
        ([1.3, 1.0, 1.0, 0.99, 0.99], ["alert", "alert", "alert", "alert", "watch"]),
        # It rises at once, over several levels.
        ([0.5, 1.7], ["none", "activation"]),
    ],
)
def test_levels_rise_at_once_and_fall_by_the_deactivation_only(pressures, expected):
    assert levels(*pressures)[0] == expected


def test_a_month_that_is_not_known_keeps_the_level_and_says_so():
    found, held = levels(1.3, NAN, 0.9, NAN, 0.9, 0.9)
    assert found == ["alert", "alert", "alert", "alert", "alert", "none"]
    assert held == [False, True, False, True, False, False]
    assert levels(NAN, 0.5) == (["none", "none"], [True, False])


def test_an_absent_service_activates_and_counts_as_known():
    found, held = levels(NAN, 0.8, 0.8, no_service=[True, False, False])
    assert found == ["activation", "activation", "none"]
    assert held == [False, False, False]


def test_people_who_wait_more_than_fifteen_days_activate():
    assert levels(0.5, 0.5, 0.5, days_waiting=[15, 15.1, 15.1])[0] == ["none", "activation", "activation"]
    assert levels(0.5, 0.5, days_waiting=[16, 3])[0] == ["activation", "none"]


def test_many_communes_at_once_are_each_alone():
    rng = np.random.default_rng(3)
    pressures = rng.uniform(0.5, 1.8, (50, 36))
    pressures[rng.random((50, 36)) < 0.1] = NAN
    together = trigger_levels(pressures, RULES)
    for row in range(0, 50, 7):
        alone = trigger_levels(pressures[row : row + 1], RULES)
        assert (together.level[row] == alone.level[0]).all()


def test_the_first_month_at_a_level():
    months = list(pd.date_range("2025-01-01", periods=3, freq="MS"))
    found = trigger_levels(np.array([[0.5, 1.3, 1.6], [0.5, 0.5, 0.5]]), RULES)
    reached = pd.DatetimeIndex(first_reached(found, months, NAMES.index("alert")))
    assert reached[0] == months[1]
    assert pd.isna(reached[1])


def test_the_rules_are_those_of_the_method_note():
    assert [(r.id, r.above, r.periods) for r in RULES.levels] == [
        ("watch", 0.9, 1), ("pre_alert", 1.0, 2), ("alert", 1.2, 1), ("activation", 1.5, 1),
    ]  # fmt: skip
    assert (RULES.falls_below, RULES.falls_periods) == (1.0, 2)
    assert (RULES.levels[-1].when_no_service, RULES.levels[-1].days_waiting) == (True, 15)
    for rule in RULES.levels:
        for words in (rule.labels, rule.actions, rule.short_actions, rule.responsible, rule.delay):
            assert set(words) == set(LANGUAGES)


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
