"""Reconstruction by hand: pace, what remains, people still out, and what the same rule would have said a year earlier."""

import pandas as pd
import pytest

from analytics.reconstruction import (
    COMPLETED,
    FILES,
    NEARLY,
    compare_steps,
    done_of,
    look_back,
    measure_pace,
    people_out,
    series,
    standings,
)
from data.dated_facts import COMMUNE, EVENT, PROVINCE, read_day, read_facts
from tests.territories import TAROUDANNT, VALCLAIR

EVENT_DAY = pd.Timestamp("2023-09-08")


def facts(*rows):
    return pd.DataFrame([(i, pd.Timestamp(d), float(v)) for i, d, v in rows], columns=["indicator", "day", "value"])


PROVINCE_FACTS = facts(
    (FILES, "2024-09-08", 14978), (NEARLY, "2024-09-08", 1455), (FILES, "2025-09-07", 15100), (COMPLETED, "2025-09-07", 11450)
)  # fmt: skip


def test_what_remains_is_files_less_completed_and_the_third_tranche_stands_in_where_nothing_was_counted():
    first, last = standings(PROVINCE_FACTS)
    assert (first.completed, first.nearly, first.remaining) == (1455, True, 13523)
    assert (last.completed, last.nearly, last.remaining) == (11450, False, 3650)
    assert last.share == pytest.approx(0.758, abs=0.001)


def test_3650_dwellings_at_the_size_of_a_household_are_about_15000_people():
    # 858,162 people in 209,341 households: 4.0993; times 3,650 is 14,962.6.
    assert people_out(standings(PROVINCE_FACTS)[-1], 858162 / 209341) == pytest.approx(14962.6, abs=0.5)


def test_the_pace_is_between_the_last_two_dates_and_says_when_the_last_would_be_done():
    # 9,995 dwellings in 364 days, 11.959 months of 30.4375 days: 835.8 a month; 3,650 remain for 4.367 months, 133 days.
    pace = measure_pace(standings(PROVINCE_FACTS), EVENT_DAY)
    assert pace.per_month == pytest.approx(835.8, abs=0.1)
    assert pace.end == pd.Timestamp("2025-09-07") + pd.Timedelta(days=133)


def test_a_year_earlier_the_same_rule_would_have_said_2902_of_the_11450_that_were_published():
    # 1,455 in the 366 days since the event: 3.975 a day; 364 days more: 1,455 + 1,447 = 2,902.
    test = look_back(standings(PROVINCE_FACTS), EVENT_DAY)
    assert test.expected == pytest.approx(2902, abs=1)
    assert test.published == 11450


def test_without_two_dates_or_without_progress_there_is_no_pace_and_no_test():
    assert look_back(standings(PROVINCE_FACTS)[:1], EVENT_DAY) is None
    assert measure_pace([], EVENT_DAY) is None
    still = facts(
        (FILES, "2024-01-01", 10), (COMPLETED, "2024-01-01", 4), (FILES, "2025-01-01", 10), (COMPLETED, "2025-01-01", 4)
    )  # fmt: skip
    assert measure_pace(standings(still), EVENT_DAY) is None


def test_steps_side_by_side_leave_out_what_neither_day_says():
    table = compare_steps(PROVINCE_FACTS, pd.Timestamp("2024-09-08"), pd.Timestamp("2025-09-07"))
    assert list(table.index) == [FILES, NEARLY, COMPLETED]
    assert table.loc[FILES].tolist() == [14978, 15100]
    assert table.loc[NEARLY].isna().tolist() == [False, True]


def test_schools_done_are_a_share_of_those_that_were_hit():
    own = facts(("hit", "2024-12-01", 1946), ("done", "2024-12-01", 197), ("done", "2025-07-10", 269))
    assert done_of(own, "hit", "done")["share"].tolist() == pytest.approx([197 / 1946, 269 / 1946])
    assert done_of(own, "hit", "nothing").empty


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025-09-07", "2025-09-07", "day"),
        ("2023-10-13 (arrete 3.58.23, BO 7240 of 2023-10-19)", "2023-10-13", "day"),
        ("2023-10-04 to 2023-10-29", "2023-10-04", "day"),
        ("2023-09-09 11:00", "2023-09-09", "day"),
        ("2023-10 on", "2023-10-01", "month"),
        ("2023-09/10", "2023-09-01", "month"),
        ("2024", "2024-01-01", "year"),
        ("2023-2024", "2023-01-01", "year"),
    ],
)
def test_every_form_of_a_date_is_read_by_its_first_day(text, day, precision):
    assert read_day(text) == (pd.Timestamp(day), precision)


@pytest.mark.taroudannt
def test_all_76_facts_of_the_earthquake_and_20_of_reconstruction_are_read_with_their_place_and_source():
    own = read_facts(TAROUDANNT)
    assert own["table"].value_counts().to_dict() == {"earthquake_figures": 76, "reconstruction_watch": 20}
    assert (own["source"] != "").all()
    assert set(own["area"]) == {PROVINCE, EVENT, COMMUNE, "elsewhere"}
    assert (own["commune_code"] != "").equals(own["area"] == COMMUNE)
    assert series(own[own["area"] == PROVINCE], FILES).tolist() == [14978, 15100]
    assert read_facts(VALCLAIR).empty


@pytest.mark.parametrize(("built", "days"), [(3, 5 * 366), (9, 366), (12, 183)])
def test_a_pace_of_a_few_dwellings_a_year_is_a_pace(built, days):
    # In the 366 days of 2024 some of 18 are built: 3 are a quarter a month and leave five times as many.
    slow = facts(
        (FILES, "2024-01-01", 18), (COMPLETED, "2024-01-01", 0), (FILES, "2025-01-01", 18), (COMPLETED, "2025-01-01", built)
    )  # fmt: skip
    pace = measure_pace(standings(slow), EVENT_DAY)
    assert pace.per_month == pytest.approx(built / 12, rel=0.01)
    assert pace.end == pd.Timestamp("2025-01-01") + pd.Timedelta(days=days)
