"""Alerts of the observed months against hand-worked series."""

import numpy as np
import pandas as pd
import pytest

from analytics.alerts import UNKNOWN, describe_alert, list_alerts, read_levels
from analytics.assessment import assess
from analytics.model import Sector
from analytics.panel import Column, Panel
from data.loaders.today import load_definitions, load_trigger_rules

DEFINITIONS, RULES = load_definitions(), load_trigger_rules()
CODE = "09.541.04.67"
MONTHS = tuple(pd.date_range("2024-01-01", periods=8, freq="MS"))
EDUCATION = Sector.EDUCATION


def assessment(**values):
    """A commune of so many months; the figures that are not given are missing."""
    shape = (len(MONTHS),)
    rank = np.zeros(shape, dtype=np.int8)
    columns = {
        name: Column(np.broadcast_to(np.asarray(value, dtype=float), shape).copy(), rank, rank, rank, np.zeros(shape))
        for name, value in values.items()
    }
    return assess(Panel((CODE,), MONTHS, columns), DEFINITIONS)


def schools(primary, college=0.0, rooms=(10, 0)):
    """Ten primary rooms of 33 seats, and a college; teachers enough."""
    return assessment(
        pupils_primary=np.asarray(primary, dtype=float) * 330,
        classrooms_functional_primary=rooms[0],
        teachers_primary=100,
        pupils_college=college,
        classrooms_functional_college=rooms[1],
        teachers_college=50,
        pupils_lycee=0,
        classrooms_functional_lycee=0,
        teachers_lycee=0,
    )


def describe(of, month=-1):
    return describe_alert(of, CODE, MONTHS[month], EDUCATION, DEFINITIONS, RULES)


def test_a_steady_rise_crosses_the_next_threshold_when_the_line_does():
    # 0.60 and 0.04 more each month: 0.88 in August; 0.90 is half a month away, so September.
    alert = describe(schools(0.6 + 0.04 * np.arange(8)))
    assert (alert.rank, alert.next_rank, alert.next_threshold, alert.indicator) == (0, 1, 0.9, "EDU01")
    assert alert.figure == pytest.approx(0.88)
    assert alert.crossing is not None
    assert alert.crossing.month == pd.Timestamp("2024-09-01")


def test_a_fall_leads_to_no_higher_level():
    assert describe(schools(1.15 - 0.03 * np.arange(8))).crossing is None


def test_an_alert_says_since_when_and_a_month_without_a_figure_keeps_it():
    alert = describe(schools([0.8, 0.8, 0.8, 1.25, 1.25, 1.25, 1.25, np.nan]))
    assert (alert.rank, alert.is_held, alert.is_unknown, alert.next_rank) == (3, True, False, None)
    assert alert.since == pd.Timestamp("2024-05-01")


def test_only_the_months_up_to_the_chosen_one_are_looked_at():
    alert = describe(schools([0.6] * 7 + [1.6]), month=5)
    assert (alert.rank, alert.figure) == (0, pytest.approx(0.6))


def test_an_alert_reads_the_school_cycle_under_most_pressure_not_the_mean():
    """Rooms of the primary school are half empty, the college has 50 pupils a room for 40: 1.25, the mean of both 0.8."""
    of = schools(0.5, college=250.0, rooms=(10, 5))
    assert of.results["EDU01"].figures["pressure"][0] < 0.9
    alert = describe(of)
    assert (alert.rank, alert.indicator, alert.figure) == (3, "EDU01", pytest.approx(1.25))


def test_a_cycle_with_pupils_and_no_room_is_an_absent_service():
    levels = read_levels(schools(0.5, college=[0.0] * 4 + [100.0] * 4), DEFINITIONS, RULES, EDUCATION).loc[CODE]
    assert levels.tolist() == [0, 0, 0, 0, 3, 4, 4, 4]


def test_a_service_of_which_one_figure_is_missing_is_not_said_to_be_without_alert():
    rooms_alone = assessment(
        pupils_primary=180, classrooms_functional_primary=10, pupils_college=0, classrooms_functional_college=0,
        pupils_lycee=0, classrooms_functional_lycee=0,
    )  # fmt: skip
    assert set(read_levels(rooms_alone, DEFINITIONS, RULES, EDUCATION).loc[CODE]) == {UNKNOWN}
    # Health: nothing is known at all.
    assert set(read_levels(rooms_alone, DEFINITIONS, RULES, Sector.HEALTH).loc[CODE]) == {UNKNOWN}


def without_rooms(known, college):
    """The rooms of the primary school are known for so many months, the college has 40 seats a room: its pressure is given."""
    rooms = [10.0] * known + [np.nan] * (len(MONTHS) - known)
    return schools(0.5, college=np.asarray(college, dtype=float) * 200, rooms=(rooms, 5))


def test_a_school_cycle_that_is_not_known_is_not_said_to_be_without_alert():
    calm = without_rooms(4, [0.5] * 8)
    assert read_levels(calm, DEFINITIONS, RULES, EDUCATION).loc[CODE].tolist() == [0] * 4 + [UNKNOWN] * 4
    alert = describe(calm)
    assert (alert.rank, alert.is_unknown, alert.is_lower_end) == (0, True, True)
    # How far the next level is nobody knows, nor whether the trend leads there: 0.5 is the college's.
    assert alert.figure == pytest.approx(0.5)
    assert (alert.next_rank, alert.next_threshold, alert.crossing) == (None, None, None)
    assert describe(calm, month=3).next_threshold == 0.9


def test_a_school_cycle_that_is_not_known_hides_no_alert_of_another():
    # The college is at 1.3 from June on: an alert after two months, whatever the primary school is.
    grave = without_rooms(2, [0.5] * 5 + [1.3] * 3)
    assert read_levels(grave, DEFINITIONS, RULES, EDUCATION).loc[CODE].tolist() == [0, 0, *[UNKNOWN] * 3, 1, 3, 3]
    (listed,) = list_alerts(grave, DEFINITIONS, RULES, MONTHS[-1]).itertuples()
    assert (listed.indicator, listed.figure, listed.is_lower_end) == ("EDU01", pytest.approx(1.3), True)
    # And it does not end where only the college is known to be better.
    better = schools(0.5, college=np.array([1.3] * 3 + [0.5] * 5) * 200, rooms=([10.0] * 3 + [np.nan] * 5, 5))
    assert read_levels(better, DEFINITIONS, RULES, EDUCATION).loc[CODE].tolist() == [1, *[3] * 7]


def test_the_list_of_alerts_begins_with_what_is_new():
    of = schools([0.8] * 6 + [1.3, 1.3])
    new = list_alerts(of, DEFINITIONS, RULES, MONTHS[-1])
    assert new[["sector", "rank", "is_new", "indicator"]].to_numpy().tolist() == [["education", 3, True, "EDU01"]]
    assert new["since"].tolist() == [MONTHS[-1]]
    before = list_alerts(schools([0.8] * 3 + [1.3] * 5), DEFINITIONS, RULES, MONTHS[-1])
    assert before[["rank", "is_new"]].to_numpy().tolist() == [[3, False]]
    assert before["since"].tolist() == [MONTHS[4]]


def test_the_next_level_is_heavier_than_today_s_and_its_threshold_still_above_the_figure():
    # 1.3 for one month is a watch: above 1.0 and 1.2 already, it waits for months, and only 1.5 is still to be crossed.
    sudden = describe(schools([0.8] * 7 + [1.3]))
    assert (sudden.rank, sudden.next_rank, sudden.next_threshold) == (1, 4, 1.5)
    # An alert that eased to 1.15 for one month is still one: 1.2 lies ahead of the figure, but is no heavier level.
    eased = describe(schools([0.8] * 5 + [1.3, 1.3, 1.15]))
    assert (eased.rank, eased.next_rank, eased.next_threshold) == (3, 4, 1.5)
    # Without a level the first threshold above the figure comes next; above the last one nothing does.
    assert (describe(schools([0.8] * 8)).next_rank, describe(schools([0.8] * 8)).next_threshold) == (1, 0.9)
    assert (describe(schools([1.6] * 8)).rank, describe(schools([1.6] * 8)).next_rank) == (4, None)
