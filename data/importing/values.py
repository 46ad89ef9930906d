"""Reads one cell: a number in any usual writing, a month, or a word that says why there is no figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from analytics.model import Status
from data.importing.workbook import RawValue
from geo.spelling import plain

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.", "٬")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_EXCEL_EPOCH = date(1899, 12, 30)

MISSING_WORDS = frozenset(
    plain(w)
    for w in ("ND", "N.D.", "nd", "NC", "non disponible", "non communiqué", "manquant", "inconnu", "missing", "not available",
              "غير متوفر", "غير متاح", "غير معروف")
)  # fmt: skip
NOT_APPLICABLE_WORDS = frozenset(
    plain(w) for w in ("SO", "S.O.", "sans objet", "n/a", "NA", "not applicable", "لا ينطبق", "بدون موضوع")
)
_DASHES = frozenset({"-", "–", "—", "--", "…", "...", "?", "/"})

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
_MONTHS = {plain(name): number for name, number in _MONTH_NAMES.items()}


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A cell that was read: a value with its status, or ``problem`` (key of a finding) when it cannot be read; ``note`` names
    a finding about a value that was read by an assumption."""

    value: float | None = None
    status: Status = Status.REPORTED
    problem: str = ""
    note: str = ""


@lru_cache(maxsize=20_000, typed=True)
def read_number(raw: RawValue, *, integer: bool) -> ReadValue:
    """Read a figure; ``integer`` decides "1,234" and "1.234", which could be either."""
    if isinstance(raw, (bool, date, datetime)):
        return ReadValue(problem="not_a_number")
    if isinstance(raw, (int, float)):
        return ReadValue(float(raw)) if abs(float(raw)) != float("inf") else ReadValue(problem="not_a_number")
    text = str(raw).strip()
    if text in _DASHES or plain(text) in MISSING_WORDS:
        return ReadValue(status=Status.MISSING)
    if plain(text) in NOT_APPLICABLE_WORDS or plain(text).replace(" ", "") in NOT_APPLICABLE_WORDS:
        return ReadValue(status=Status.NOT_APPLICABLE)
    if text.startswith("="):
        return ReadValue(problem="formula_without_value")
    if text.startswith("#"):
        return ReadValue(problem="spreadsheet_error")
    return _number_from_text(text, integer)


def _number_from_text(text: str, integer: bool) -> ReadValue:
    compact = _SPACES.sub("", text.translate(_DIGITS)).removesuffix("%").removesuffix("٪")
    if not re.fullmatch(r"[+\-−]?\d[\d.,]*", compact):
        return ReadValue(problem="not_a_number")
    compact = compact.replace("−", "-")
    marks = [c for c in compact if c in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        return _parsed(compact.replace("." if decimal == "," else ",", "").replace(decimal, "."), marks.count(decimal) == 1)
    if len(marks) > 1:
        return _parsed(compact.replace(marks[0], ""), bool(re.fullmatch(r"[+\-]?\d{1,3}([.,]\d{3})+", compact)))
    if marks and re.fullmatch(r"[+\-]?\d{1,3}[.,]\d{3}", compact) and integer:
        return ReadValue(float(compact.replace(marks[0], "")), note="thousands_assumed")
    return _parsed(compact.replace(",", "."), True)


def _parsed(text: str, well_formed: bool) -> ReadValue:
    try:
        return ReadValue(float(text)) if well_formed else ReadValue(problem="not_a_number")
    except ValueError:
        return ReadValue(problem="not_a_number")


def read_day(raw: RawValue) -> date | None:
    """Read a date or a month (its first day): real dates, "2024-05", "05/2024", "31/05/2024" day first, "mai 2024", a
    spreadsheet's serial number. None when it is none of these."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _EXCEL_EPOCH + timedelta(days=int(raw)) if 30_000 < raw < 80_000 else None
    return _day_from_text(str(raw).translate(_DIGITS).strip())


def _day_from_text(text: str) -> date | None:
    for pattern, order in (
        (r"(\d{4})[-/. ](\d{1,2})", "ym"),
        (r"(\d{1,2})[-/. ](\d{4})", "my"),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", "ymd"),
        (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", "dmy"),
    ):
        match = re.fullmatch(pattern, text)
        if match:
            return _valid_day(dict(zip(order, (int(g) for g in match.groups()), strict=True)))
    words = plain(text).split()
    named = [_MONTHS[w] for w in words if w in _MONTHS]
    years = [int(w) for w in words if re.fullmatch(r"\d{4}|\d{2}", w)]
    if len(named) == 1 and len(years) == 1 and len(words) == 2:
        return _valid_day({"m": named[0], "y": years[0] if years[0] > 99 else 2000 + years[0]})
    return None


def _valid_day(parts: dict[str, int]) -> date | None:
    try:
        return date(parts["y"], parts["m"], parts.get("d", 1))
    except ValueError:
        return None
