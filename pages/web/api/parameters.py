"""The parameters of the API: each named once, with what it may hold; a call read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd
from starlette.datastructures import QueryParams

from analytics.assumptions import FigureKinds
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people.viewer import NOBODY, Person
from data.province import Province, find_province, offered_provinces
from pages.address.assumptions import OPTIONS
from pages.address.province import PARAMETER
from pages.figures.figures import Figures

JSON, CSV, PARQUET, SDMX_CSV, DHIS2 = "json", "csv", "parquet", "sdmx-csv", "dhis2"
PLAIN_FORMS = (JSON, CSV, PARQUET)
LARGEST_NUMBER = 10_000_000
_A_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MOST_DIGITS = len(str(LARGEST_NUMBER))
# Every address takes these.
ALWAYS = ("lang", PARAMETER)
PAGING = ("limit", "offset")
ASSUMED = tuple(OPTIONS)


class BadParameterError(Exception):
    """A parameter that cannot be answered; ``allowed`` says what can."""

    def __init__(self, parameter: str, value: str, allowed: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter
        self.value = value
        self.allowed = allowed


class NoSuchMonthError(BadParameterError):
    """A month that the address may name and that holds nothing through the lens of measured figures."""


@dataclass(frozen=True, slots=True)
class Question:
    """A call, checked: the figures as the caller may see them, and what of them is asked for."""

    figures: Figures
    t: Translator
    months: tuple[pd.Timestamp, ...]
    results: tuple[str, ...]
    communes: tuple[str, ...]
    variables: tuple[str, ...]
    needs: tuple[str, ...]
    form: str
    hxl: bool = False
    limit: int | None = None
    offset: int = 0
    person: Person = NOBODY

    @property
    def month(self) -> pd.Timestamp:
        """The month that is asked for."""
        return self.months[0]


def one_result(question: Question) -> str:
    """The one result that a map or a chart shows: that of the first screen where none is named.

    Raises:
        BadParameterError: several are named.
    """
    if question.results == tuple(question.figures.results):
        return question.figures.default_result
    if len(question.results) > 1:
        raise BadParameterError("indicator", ",".join(question.results), "one of: " + ", ".join(question.figures.results))
    return question.results[0]


def read_question(asked: QueryParams, figures: Figures, forms: Sequence[str], person: Person) -> Question:
    """What a call asks for.

    Raises:
        BadParameterError: a value that these figures do not have.
    """
    chosen = partial(_chosen, asked)
    return Question(
        figures=figures,
        t=Translator(one_of(asked.get("lang", DEFAULT_LANGUAGE), "lang", tuple(LANGUAGES)), figures.province),
        months=(_month(asked, figures),),
        results=chosen("indicator", tuple(figures.results)),
        communes=chosen("commune", figures.territory),
        variables=chosen("variable", tuple(figures.definition_set.variables)),
        needs=chosen("need", tuple(figures.definition_set.means.needs)),
        form=one_of(asked.get("format", forms[0]), "format", forms),
        hxl=one_of(asked.get("hxl", "0"), "hxl", ("0", "1")) == "1",
        limit=_number(asked, "limit", 1) if "limit" in asked else None,
        offset=_number(asked, "offset", 0) if "offset" in asked else 0,
        person=person,
    )


def require_known(asked: QueryParams, allowed: Sequence[str]) -> None:
    """Nothing where every parameter is one of those allowed, and each assumption one that there is.

    Raises:
        BadParameterError: the first that is not.
    """
    unknown = [name for name in asked if name not in allowed]
    if unknown:
        raise BadParameterError(unknown[0], asked[unknown[0]], "parameters: " + ", ".join(allowed))
    for name in OPTIONS.keys() & asked.keys():
        one_of(asked[name], name, OPTIONS[name])


def asked_province(asked: Mapping[str, str]) -> Province:
    """The territory that a call names; the default one where it names none.

    Raises:
        BadParameterError: it names one that is not offered.
    """
    offered, name = tuple(p.id for p in offered_provinces()), asked.get(PARAMETER)
    return find_province(None if name is None else one_of(name, PARAMETER, offered))


def one_of(value: str, parameter: str, allowed: Sequence[str]) -> str:
    """The value.

    Raises:
        BadParameterError: it is not one of those allowed.
    """
    if value not in allowed:
        raise BadParameterError(parameter, value, "one of: " + ", ".join(allowed))
    return value


def _month(asked: Mapping[str, str], figures: Figures) -> pd.Timestamp:
    months = {f"{m:%Y-%m}": m for m in figures.months}
    day = asked.get("date", "")
    month = _month_of(day)
    if day and month not in months:
        is_of_lens = figures.assumptions.figures is FigureKinds.REAL and _A_MONTH.fullmatch(month)
        raise (NoSuchMonthError if is_of_lens else BadParameterError)(
            "date", day, f"YYYY-MM from {min(months)} to {max(months)}"
        )
    return months[month] if day else figures.months[-1]


def _month_of(text: str) -> str:
    """The month of a text; a day of the month is as good as its month, a day that does not exist is none."""
    try:
        return f"{date.fromisoformat(text):%Y-%m}" if len(text) == 10 else text
    except ValueError:
        return ""


def _chosen(asked: Mapping[str, str], parameter: str, known: Sequence[str]) -> tuple[str, ...]:
    text = asked.get(parameter)
    if text is None:
        return tuple(known)
    # Each once: a name that is written ten thousand times would be computed and sent as often.
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for part in chosen:
        one_of(part, parameter, known)
    return chosen


def _number(asked: Mapping[str, str], parameter: str, least: int) -> int:
    text = asked[parameter]
    is_whole = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    if not is_whole or not least <= int(text) <= LARGEST_NUMBER:
        raise BadParameterError(parameter, text, f"a whole number from {least} to {LARGEST_NUMBER}")
    return int(text)
