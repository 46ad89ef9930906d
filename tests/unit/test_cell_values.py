"""One cell: numbers in any usual writing, months, words that say why there is no figure."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model import Status
from data.importing.days import EARLIEST_DAY, LATEST_DAY, read_day
from data.importing.values import read_number


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (1234, 1234),
        ("1234", 1234),
        ("1 234", 1234),
        ("1\u202f234", 1234),
        ("1\u00a0234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1'234", 1234),
        ("1.234.567", 1234567),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("٣٤", 34),
        ("٣٤٫٥", 34.5),
        ("45 %", 45),
        ("-3", -3),
        ("−3", -3),
        ("+7", 7),
        ("0", 0),
    ],
)
def test_numbers(raw, expected):
    assert read_number(raw, integer=False).value == pytest.approx(expected)


@pytest.mark.parametrize("raw", ["1.234", "1,234", "12.345"])
def test_a_mark_before_three_digits_is_a_thousand_where_units_are_counted_and_that_is_said(raw):
    read = read_number(raw, integer=True)
    assert read.value == float(raw.replace(".", "").replace(",", ""))
    assert read.note == "thousands_assumed"
    # Where parts are counted too it could be either, unless a thousand is more than there can be.
    assert read_number(raw, integer=False).problem == "thousand_or_decimal"
    assert read_number(raw, integer=False, maximum=100).value == float(raw.replace(",", "."))


@pytest.mark.parametrize("raw", ["ND", "n.d.", "Non disponible", "-", "…", "غير متوفر", "?"])
def test_words_for_a_missing_figure_are_never_zero(raw):
    read = read_number(raw, integer=True)
    assert read.value is None
    assert read.status is Status.MISSING


@pytest.mark.parametrize("raw", ["SO", "s.o.", "sans objet", "N/A", "لا ينطبق"])
def test_words_for_a_question_that_does_not_apply(raw):
    assert read_number(raw, integer=True).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("douze", "not_a_number"),
        ("12 élèves", "not_a_number"),
        ("1,2,3", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("=A1+B1", "formula_without_value"),
        ("#REF!", "spreadsheet_error"),
        (True, "not_a_number"),
        (date(2024, 1, 1), "not_a_number"),
        (float("inf"), "not_a_number"),
    ],
)
def test_what_is_no_number_is_said(raw, problem):
    read = read_number(raw, integer=True)
    assert read.problem == problem
    assert read.value is None


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from([" ", "\u202f", "\u00a0", "'"]))
def test_grouped_integers_are_read_back(number, separator):
    grouped = f"{number:,}".replace(",", separator)
    assert read_number(grouped, integer=True).value == number


@pytest.mark.parametrize(
    "raw",
    ["2024-05", "05/2024", "5/2024", "2024/05", "mai 2024", "Mai 24", "31/05/2024", "2024-05-17", "May 2024", "ماي 2024",
     datetime(2024, 5, 9), date(2024, 5, 31), 45430, "٠٥/٢٠٢٤"],
)  # fmt: skip
def test_months(raw):
    assert read_day(raw).day.strftime("%Y-%m") == "2024-05"


@pytest.mark.parametrize(
    "raw", ["mois dernier", "13/2024", "2024", "mai", "", 2024, "32/01/2024", "mai juin 2024", "120 mai 2024"]
)
def test_what_is_no_month(raw):
    assert read_day(raw).day is None


@given(st.dates(min_value=date(2014, 1, 1), max_value=date(2099, 12, 31)))
def test_days_in_iso_and_french_writing_are_read_back(day):
    assert read_day(day.isoformat()).day == day
    assert read_day(f"{day:%d/%m/%Y}").day == day


def test_a_number_is_a_year_of_this_century_or_none():
    assert [read_day(number).year for number in (1999, 2000, 2100, 2101)] == [None, 2000, 2100, None]
    assert (date(2000, 1, 1), date(2099, 12, 31)) == (EARLIEST_DAY, LATEST_DAY)


# The spreadsheet's day 1 is the first of January 1900, and it counts a 29 February that there was not: 45 901 is the first of
# September 2025 (45 658 the first of January, and 243 days more); 79 990 is the first of January 2119 (119 years and 29 leap days
# after 36 526, the first of January 2000).
@pytest.mark.parametrize(
    ("number", "day"),
    [(45_901, date(2025, 9, 1)), (45_901.25, date(2025, 9, 1)), (45_900.999, date(2025, 8, 31)), (30_001, date(1982, 2, 19)),
     (30_000.5, date(1982, 2, 18)), (79_999, date(2119, 1, 10)), (79_999.5, date(2119, 1, 10)), (30_000, None), (29_999.5, None),
     (80_000, None), (80_000.5, None), (12.5, None), (2025.5, None), (-45_901.5, None)],
)  # fmt: skip
def test_a_number_is_a_day_where_a_spreadsheet_counts_one_of_our_time_with_or_without_an_hour(number, day):
    assert read_day(number).day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("septembre 2025", date(2025, 9, 1)), ("2025 septembre", date(2025, 9, 1)), ("٢٠٢٥ شتنبر", date(2025, 9, 1)),
     ("sept 25", date(2025, 9, 1)), ("25 septembre", None), ("5 septembre", None), ("025 septembre", None), ("septembre 025", None),
     ("25 sept 2025", date(2025, 9, 25)), ("5 sept 25", date(2025, 9, 5)), ("2025 sept 25", None), ("31 septembre 2025", None),
     ("1 2 sept 2025", None)],
)  # fmt: skip
def test_a_number_beside_the_name_of_a_month_is_its_year_behind_it_or_of_four_digits_and_a_day_before_it(text, day):
    assert read_day(text).day == day


# In Morocco it is an hour later than in Greenwich: from ten in the evening the last day of a month may be the first of the next.
@pytest.mark.parametrize(
    ("hour", "is_read"),
    [("00:00:00", True), ("21:59:59", True), ("22:00:00", False), ("22:30:00", False), ("23:00:00", False), ("23:00:01", False),
     ("23:59:58", False), ("23:58:59", False), ("23:59:59", True)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("last", "next_to_last"), [("2025-08-31", "2025-08-30"), ("2025-02-28", "2025-02-27"), ("2024-02-29", "2024-02-28")]
)
def test_the_last_evening_of_a_month_is_of_no_month_but_its_last_second_is_its_end(hour, is_read, last, next_to_last):
    for text in (f"{last}T{hour}Z", f"{last} {hour}+00:00"):
        assert read_day(text).day == (date.fromisoformat(last) if is_read else None)
    assert read_day(datetime.fromisoformat(f"{last}T{hour}")).day == (date.fromisoformat(last) if is_read else None)
    assert read_day(f"{next_to_last}T{hour}Z").day == date.fromisoformat(next_to_last)
    assert read_day(f"{last}T{hour}+01:00").day == date.fromisoformat(last)
