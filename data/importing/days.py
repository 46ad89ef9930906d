"""Reads a month: real days, the usual writings of three languages, a spreadsheet's numbers; never silently another month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.importing.digits import in_western_digits
from data.importing.reading.sheet import RawValue
from geo.spelling import plain

_EXCEL_EPOCH = date(1899, 12, 30)
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100
# The days that a field of dates may hold: agreements and ends of works lie ahead.
EARLIEST_DAY, LATEST_DAY = date(_EARLIEST_YEAR, 1, 1), date(_LATEST_YEAR - 1, 12, 31)

_MONTH_NAMES = {
    "janvier": 1, "janv": 1, "january": 1, "jan": 1, "يناير": 1,
    "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2, "فبراير": 2,
    "mars": 3, "march": 3, "mar": 3, "مارس": 3,
    "avril": 4, "avr": 4, "april": 4, "apr": 4, "ابريل": 4, "أبريل": 4,
    "mai": 5, "may": 5, "ماي": 5, "مايو": 5,
    "juin": 6, "june": 6, "jun": 6, "يونيو": 6, "يونيه": 6,
    "juillet": 7, "juil": 7, "july": 7, "jul": 7, "يوليوز": 7, "يوليو": 7,
    "aout": 8, "august": 8, "aug": 8, "غشت": 8, "اغسطس": 8,
    "septembre": 9, "sept": 9, "sep": 9, "september": 9, "شتنبر": 9, "سبتمبر": 9,
    "octobre": 10, "oct": 10, "october": 10, "اكتوبر": 10,
    "novembre": 11, "nov": 11, "november": 11, "نونبر": 11, "نوفمبر": 11,
    "decembre": 12, "dec": 12, "december": 12, "دجنبر": 12, "ديسمبر": 12,
}  # fmt: skip
# Offices of the United Nations for the region write the months as in the Levant.
_MONTH_NAMES |= {
    "شباط": 2, "اذار": 3, "نيسان": 4, "ايار": 5, "حزيران": 6, "تموز": 7, "اب": 8, "ايلول": 9,
    "شتمبر": 9, "نوفمبر": 11, "نونمبر": 11, "دجمبر": 12,
}  # fmt: skip
_OF_TWO_WORDS = {"كانون الثاني": "يناير", "تشرين الاول": "اكتوبر", "تشرين الثاني": "نونبر", "كانون الاول": "دجنبر"}
MONTHS = {plain(name): number for name, number in _MONTH_NAMES.items()}
_BESIDE_A_MONTH = frozenset(
    plain(word)
    for word in ("mois", "de", "du", "le", "d", "fin", "debut", "month", "of", "end", "شهر", "من", "متم", "بداية", "سنة",
                 "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "monday", "tuesday", "wednesday",
                 "thursday", "friday", "saturday", "sunday", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت",
                 "الاحد", "1er")
)  # fmt: skip
# "septembre25", "شتنبر2025": a year that follows its month without a space.
_GLUED = re.compile(r"(?<=[^\W\d_]{3})(?=\d)")
# A time of day behind a date, as programs write it.
_TIME = r"(?:[T ]\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_AT_GREENWICH = re.compile(r"[T ]\s*(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:Z|\+00:?00)?$")
_EVENING = 22
_PATTERNS = tuple(
    (re.compile(pattern + _TIME), order)
    for pattern, order in (
        (r"(\d{4})\s*[-/. ]\s*(\d{1,2})", "ym"),
        (r"(\d{1,2})\s*[-/. ]\s*(\d{4})", "my"),
        (r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", "ymd"),
        (r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", "dmy"),
        (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})", "dmy"),
        (r"(\d{4})M(\d{1,2})", "ym"),
        (r"(\d{4})(\d{2})", "ym"),
        (r"(\d{4})(\d{2})(\d{2})", "ymd"),
        (r"(\d{1,2})[-/](\d{2})", "my"),
    )
)


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day that was read, None where there is none.

    ``other`` is the day that the same text says where months are written before days: only its column can tell which. ``month``
    is a month without its year, ``year`` a year without its month.
    """

    day: date | None = None
    other: date | None = None
    month: int | None = None
    year: int | None = None


def read_day(raw: RawValue) -> ReadDay:
    """Read a date or a month (its first day): real dates, "2024-05", "05/2024", "31/05/2024", "mai 2024", "202405", a
    spreadsheet's serial number."""
    if isinstance(raw, datetime):
        return ReadDay() if _is_moved(raw.date(), raw.hour, (raw.minute, raw.second)) else ReadDay(raw.date())
    if isinstance(raw, date):
        return ReadDay(raw)
    if isinstance(raw, bool) or raw is None:
        return ReadDay()
    if isinstance(raw, int | float):
        return _from_number(raw)
    return _from_text(in_western_digits(str(raw)).strip())


def _from_number(raw: float) -> ReadDay:
    """A month's number, a year, a day that a spreadsheet counts, 202405 or 20240531."""
    if not float(raw).is_integer():
        return ReadDay(_EXCEL_EPOCH + timedelta(days=int(raw))) if 30_000 < raw < 80_000 else ReadDay()
    number = int(raw)
    if 1 <= number <= 12:
        return ReadDay(month=number)
    if _EARLIEST_YEAR <= number <= _LATEST_YEAR:
        return ReadDay(year=number)
    if 30_000 < number < 80_000:
        return ReadDay(_EXCEL_EPOCH + timedelta(days=number))
    return _from_text(str(number)) if len(str(number)) in (6, 8) else ReadDay()


def _from_text(text: str) -> ReadDay:
    for pattern, order in _PATTERNS:
        if match := pattern.fullmatch(text):
            read = _ordered({name: int(part) for name, part in zip(order, match.groups(), strict=True)})
            return ReadDay() if read.day and _is_moved(read.day, *_hour_of(text)) else read
    if re.fullmatch(r"\d{5}", text):
        # Files of lines hold the number by which a spreadsheet counts the day.
        return _from_number(int(text))
    if re.fullmatch(r"\d{4}", text):
        return ReadDay(year=int(text))
    if re.fullmatch(r"\d{1,2}", text):
        return ReadDay(month=int(text)) if 1 <= int(text) <= 12 else ReadDay()
    return _from_words(month_words(_GLUED.sub(" ", plain(text))))


def _hour_of(text: str) -> tuple[int, tuple[int, int]]:
    """Hour, minute and second of a moment that names no other zone than that of Greenwich."""
    time = _AT_GREENWICH.search(text)
    return (int(time[1]), (int(time[2]), int(time[3] or 0))) if time else (0, (0, 0))


def _is_moved(day: date, hour: int, minute_and_second: tuple[int, int]) -> bool:
    """Whether a moment is the last evening of a month: in Morocco it may be the next month already, and programs write the
    first day of a month so. The last second of a month is its end."""
    is_eve = hour >= _EVENING and (day + timedelta(days=1)).day == 1
    return is_eve and minute_and_second != (59, 59)


def month_words(text: str) -> list[str]:
    """The words of a text in plain letters, names of months that are two words as one."""
    said = plain(text)
    for two, one in _OF_TWO_WORDS.items():
        said = said.replace(two, one)
    return said.split()


def _ordered(parts: dict[str, int]) -> ReadDay:
    """The day of numbers in order; the other order too where both are days."""
    if parts["y"] < 100:
        parts["y"] += 2000
    day = _valid(parts["y"], parts["m"], parts.get("d", 1))
    if list(parts) != ["d", "m", "y"] or parts["d"] == parts["m"]:
        return ReadDay(day)
    other = _valid(parts["y"], parts["d"], parts["m"])
    return ReadDay(day, other) if day else ReadDay(None, other)


def _from_words(words: list[str]) -> ReadDay:
    """A month by its name, with its year, perhaps a day; or the name alone."""
    said = [word for word in words if word not in _BESIDE_A_MONTH]
    named = [MONTHS[word] for word in said if word in MONTHS]
    numbers = [word for word in said if word.isascii() and word.isdigit()]
    if len(named) != 1 or len(named) + len(numbers) != len(said):
        return ReadDay()
    if not numbers:
        return ReadDay(month=named[0])
    if (
        len(numbers) == 1
        and len(numbers[0]) < 3
        and said.index(numbers[0]) < said.index(next(w for w in said if w in MONTHS))
    ):
        # "25 septembre" is a day, "septembre 25" a year.
        return ReadDay(month=named[0])
    year = numbers[-1]
    day = int(numbers[0]) if len(numbers) == 2 and len(numbers[0]) < 3 else 1
    if len(numbers) > 2 or len(year) not in (2, 4) or (len(numbers) == 2 and len(numbers[0]) > 2):
        return ReadDay()
    return ReadDay(_valid(int(year) if len(year) == 4 else 2000 + int(year), named[0], day))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
