"""Names of months are those of the calendar (CLDR), in the languages and spellings that files hold."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date

from data.importing.days import MONTHS, read_day
from geo.spelling import plain

LOCALES = ("fr", "en", "ar_MA", "ar_EG")
# Read by single words in some months, by two in others (``data.importing.days``).
LEVANT = "ar_SY"


def calendar() -> dict[str, set[int]]:
    """Months by the full name of each."""
    found: dict[str, set[int]] = {}
    for locale in (*LOCALES, LEVANT):
        for number, name in Locale.parse(locale).months["format"]["wide"].items():
            found.setdefault(plain(name), set()).add(number)
    return found


def heard(name: str) -> str:
    """Before a b an n is spoken, and often written, as an m."""
    return name.replace("م", "ن")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_month_of_the_calendar_is_read(locale):
    names = Locale.parse(locale).months["format"]["wide"]
    assert {number: MONTHS.get(plain(name)) for number, name in names.items()} == {n: n for n in range(1, 13)}


def test_a_short_name_is_that_of_a_month_that_begins_so():
    for name, number in MONTHS.items():
        alike = {month for full, months in calendar().items() if heard(full).startswith(heard(name)[:3]) for month in months}
        assert number in alike, name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_month_is_read_by_its_name_with_a_day_before_it_or_none(language):
    for month in range(1, 13):
        name = format_date(date(2025, month, 1), "LLLL", locale=language)
        assert read_day(f"{name} 2025").day == date(2025, month, 1)
        assert read_day(f"17 {name} 2025").day == date(2025, month, 17)


# As people write them; worked out by hand from calendars and letters, not from the list of the importer.
SPELLINGS = [
    "janvier janv. janv Jan january JANVIER يناير",
    "février fevrier févr. fév. feb february شباط فبراير",
    "mars march mar مارس آذار",
    "avril avr. april apr أبريل ابريل إبريل نيسان",
    "mai may ماي مايو أيار",
    "juin june jun يونيو يونيه حزيران",
    "juillet juil. july jul يوليوز يوليو تموز",
    "août aout aug august غشت أغسطس آب",
    "septembre sept. sep september شتنبر شتمبر سبتمبر أيلول",
    "octobre oct. october أكتوبر اكتوبر",
    "novembre nov. november نونبر نونمبر نوفمبر",
    "décembre déc. dec december دجنبر دجمبر ديسمبر",
]
OF_TWO_WORDS = {1: "كانون الثاني", 10: "تشرين الأول", 11: "تشرين الثاني", 12: "كانون الأول"}


@pytest.mark.parametrize("month", range(1, 13))
def test_every_spelling_of_a_month_is_read_with_its_year_and_alone(month):
    names = [*SPELLINGS[month - 1].split(), *([OF_TWO_WORDS[month]] if month in OF_TWO_WORDS else [])]
    for name in names:
        assert read_day(f"{name} 2025").day == date(2025, month, 1), name
        assert read_day(f"mois de {name} 25").day == date(2025, month, 1), name
        assert read_day(f"2025 {name}").day == date(2025, month, 1), name
        assert (read_day(name).day, read_day(name).month) == (None, month), name


def test_every_spelling_that_is_known_is_one_of_these():
    said = {plain(name) for names in SPELLINGS for name in names.split()}
    assert set(MONTHS) <= said
