"""Reads one cell: a number in any usual writing, or a word that says why there is no figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from analytics.model import Status
from data.importing.days import read_day
from data.importing.digits import in_western_digits
from data.importing.reading.sheet import RawValue
from geo.spelling import plain

# Thousands parted by a space or an apostrophe stand in groups of three: "3 4" and "12 15" are two numbers.
_GROUPED = re.compile(r"([+\-]?\d{1,3})((?:[ \u00a0\u202f\u2009'’]\d{3})+)((?:[.,]\d+)?)")
_BESIDE_DIGITS = " \u00a0\u202f\u2009\t"
_ERRORS = re.compile(r"#|err:\d+", re.IGNORECASE)
_NOISE = 1e-7

MISSING_WORDS = frozenset(
    plain(w)
    for w in ("ND", "N.D.", "nd", "NC", "NR", "non disponible", "non communiqué", "non renseigné", "indisponible", "manquant",
              "inconnu", "missing", "not available", "غير متوفر", "غير متوفرة", "غير متاح", "غير معروف")
)  # fmt: skip
NOT_APPLICABLE_WORDS = frozenset(
    plain(w) for w in ("SO", "S.O.", "sans objet", "n/a", "NA", "not applicable", "لا ينطبق", "بدون موضوع")
)
_DASHES = frozenset({"-", "–", "—", "--", "…", "...", "?", "/"})


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A cell that was read: a value with its status, or ``problem`` (key of a finding) when it cannot be read; ``note`` names
    a finding about a value that was read by an assumption. ``is_percent``: the cell says so itself."""

    value: float | None = None
    status: Status = Status.REPORTED
    problem: str = ""
    note: str = ""
    is_percent: bool = False


@lru_cache(maxsize=20_000, typed=True)
def read_number(raw: RawValue, *, integer: bool, maximum: float | None = None) -> ReadValue:
    """Read a figure; ``integer`` decides "1,234" and "1.234", which could be either, and so does a ``maximum`` that a thousand
    exceeds."""
    if isinstance(raw, (bool, date, datetime)):
        return ReadValue(problem="not_a_number")
    if isinstance(raw, (int, float)):
        return _from_float(float(raw), integer)
    text = str(raw).strip()
    if is_error(text):
        return ReadValue(problem="spreadsheet_error")
    # Letters of an abbreviation are written with full stops or without: N.C., n c, NC.
    said = {plain(text), plain(text).replace(" ", "")}
    if text in _DASHES or not said.isdisjoint(MISSING_WORDS):
        return ReadValue(status=Status.MISSING)
    if not said.isdisjoint(NOT_APPLICABLE_WORDS):
        return ReadValue(status=Status.NOT_APPLICABLE)
    if text.startswith("="):
        return ReadValue(problem="formula_without_value")
    return _number_from_text(text, integer, maximum)


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows where it could not calculate (#REF!, #N/D, Err:502)."""
    return _ERRORS.match(text) is not None


def is_readable(raw: RawValue) -> bool:
    """Whether a cell is a figure, a month, an error, or a word that stands for a figure."""
    if not isinstance(raw, str):
        return raw is not None
    read = read_number(raw, integer=True)
    return read.problem != "not_a_number" or read_day(raw).day is not None


def _from_float(value: float, integer: bool) -> ReadValue:
    if value != value or abs(value) == float("inf"):
        return ReadValue(problem="not_a_number")
    # What is counted has no decimals: those that a calculation left are its noise.
    return ReadValue(float(round(value)) if integer and abs(value - round(value)) < _NOISE else value)


def _number_from_text(text: str, integer: bool, maximum: float | None) -> ReadValue:
    # An apostrophe before it says that a spreadsheet shall take it for a text.
    western = in_western_digits(text.removeprefix("'")).replace("−", "-")
    compact = western.removesuffix("%").removesuffix("٪").strip(_BESIDE_DIGITS)
    is_percent = len(compact) < len(western.strip(_BESIDE_DIGITS))
    grouped = _GROUPED.fullmatch(compact)
    if grouped:
        head, thousands, decimals = grouped.groups()
        compact = head + re.sub(r"\D", "", thousands) + decimals
        # A group of three was written as one: what follows it is a decimal.
        return _parsed(compact.replace(",", "."), is_percent)
    # A mark at the end parts nothing: what stood behind it was lost.
    if not re.fullmatch(r"[+\-]?\d(?:[\d.,]*\d)?", compact):
        return ReadValue(problem="not_a_number")
    return _marked(compact, integer, maximum, is_percent)


def _marked(compact: str, integer: bool, maximum: float | None, is_percent: bool) -> ReadValue:
    """Digits with full stops and commas, each of which may part thousands or decimals."""
    marks = [c for c in compact if c in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        return _two_marks(compact, decimal, "." if decimal == "," else ",", marks.count(decimal) == 1, is_percent)
    if len(marks) > 1:
        well_formed = bool(re.fullmatch(r"[+\-]?\d{1,3}([.,]\d{3})+", compact))
        return _parsed(compact.replace(marks[0], ""), is_percent) if well_formed else ReadValue(problem="not_a_number")
    if marks and re.fullmatch(r"[+\-]?[1-9]\d{0,2}[.,]\d{3}", compact):
        thousands = float(compact.replace(marks[0], ""))
        if integer:
            return ReadValue(thousands, note="thousands_assumed", is_percent=is_percent)
        if maximum is None or abs(thousands) <= maximum:
            return ReadValue(problem="thousand_or_decimal")
    return _parsed(compact.replace(",", "."), is_percent)


def _two_marks(compact: str, decimal: str, thousands: str, once: bool, is_percent: bool) -> ReadValue:
    whole = compact.partition(decimal)[0]
    if not once or not re.fullmatch(r"[+\-]?\d{1,3}([.,]\d{3})+", whole):
        return ReadValue(problem="not_a_number")
    return _parsed(compact.replace(thousands, "").replace(decimal, "."), is_percent)


def _parsed(text: str, is_percent: bool = False) -> ReadValue:
    try:
        return ReadValue(float(text), is_percent=is_percent)
    except ValueError:
        return ReadValue(problem="not_a_number")
