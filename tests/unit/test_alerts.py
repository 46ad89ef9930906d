"""Alerts of the observed months against hand-worked series."""

import numpy as np
import pandas as pd
import pytest

from analytics.alerts import describe_alert, read_levels
from analytics.assessment import assess
from analytics.model import Sector
from analytics.panel import Column, Panel
from data.loaders.today import load_definitions, load_trigger_rules

DEFINITIONS, RULES = load_definitions(), load_trigger_rules()
CODE = "09.541.04.67"
MONTHS = tuple(pd.date_range("2024-01-01", periods=8, freq="MS"))


def assessment(people):
    """One facility that carries 10,000 people: the pressure is people / 10,000."""
    people = np.array(people, dtype=float)
    rank = np.zeros(len(people), dtype=np.int8)

    def column(values):
        return Column(
            np.broadcast_to(np.asarray(values, dtype=float), people.shape).copy(), rank, rank, rank, np.zeros(len(people))
        )

    columns = {
        "population": column(people),
        "displaced_persons": column(0),
        "primary_care_facilities_functional": column(1),
        # More than enough of them.
        "clinicians_fte": column(10),
        "health_opening_days": column(20),
    }
    return assess(Panel((CODE,), MONTHS, columns), DEFINITIONS)


def test_the_level_stays_until_two_months_below_the_norm():
    people = [8_000, 12_500, 10_500, 9_500, 10_100, 9_800, 9_700, 9_600]
    levels = read_levels(assessment(people), DEFINITIONS, RULES, Sector.HEALTH).loc[CODE]
    # 1.25 raises the alert (3); one month at 0.95 does not end it, the second month below 1 in a row does; 0.97 is a watch.
    assert levels.tolist() == [0, 3, 3, 3, 3, 3, 1, 1]


def test_a_steady_rise_crosses_the_next_threshold_when_the_line_does():
    # 0.60 and 0.04 more each month: 0.88 in August; 0.90 is half a month away, so September.
    alert = describe_alert(assessment(6_000 + 400 * np.arange(8)), CODE, MONTHS[-1], Sector.HEALTH, DEFINITIONS, RULES)
    assert (alert.rank, alert.next_rank, alert.next_threshold) == (0, 1, 0.9)
    assert alert.pressure == pytest.approx(0.88)
    assert alert.crossing is not None
    assert alert.crossing.month == pd.Timestamp("2024-09-01")


def test_a_fall_leads_to_no_higher_level():
    alert = describe_alert(assessment(11_500 - 300 * np.arange(8)), CODE, MONTHS[-1], Sector.HEALTH, DEFINITIONS, RULES)
    assert alert.crossing is None


def test_a_month_without_a_figure_keeps_the_level_and_says_so():
    people = [12_500.0] * 7 + [np.nan]
    alert = describe_alert(assessment(people), CODE, MONTHS[-1], Sector.HEALTH, DEFINITIONS, RULES)
    assert (alert.rank, alert.is_held, alert.next_rank) == (3, True, None)


def test_only_the_months_up_to_the_chosen_one_are_looked_at():
    people = [6_000] * 7 + [16_000]
    alert = describe_alert(assessment(people), CODE, MONTHS[5], Sector.HEALTH, DEFINITIONS, RULES)
    assert (alert.rank, alert.pressure) == (0, 0.6)
