"""Texts, numbers and dates in French, Arabic and English, from ``data/locales`` and CLDR (Babel).

One ``Translator`` is passed to whatever writes words; there is no process-wide language, so that two readers and a file in
a third language never meet.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from data.languages import CLDR, DEFAULT_LANGUAGE, LANGUAGES, SHORT_MONTHS
from data.province import Province, default_province
from data.typography import elide, typeset

LOCALES = Path(__file__).parent / "locales"
NO_VALUE = "—"
MINUS = "\N{MINUS SIGN}"


class MissingTextError(KeyError):
    """A text was asked for that no catalogue holds."""


@cache
def load_texts(language: str) -> dict[str, Any]:
    """The texts of one language that name no place, every area file of ``locales/<language>`` merged; keys are ``area.name``.

    Raises:
        ValueError: two area files hold the same key, or one is not JSON; the file and its line are named.
    """
    texts: dict[str, Any] = {}
    for path in sorted((LOCALES / language).glob("*.json")):
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}:{error.lineno}: {error.msg}") from error
        for key, text in read.items():
            if key in texts:
                raise ValueError(f"text {key} stands twice in {language}")
            texts[key] = typeset(language, text)
    return texts


@cache
def load_place_texts(language: str, province: Province) -> dict[str, Any]:
    """The texts of one language that name a territory, from its folder; those of the default language where it has none."""
    own = province.folder / "locales" / f"{language}.json"
    path = own if own.exists() else own.with_name(f"{DEFAULT_LANGUAGE}.json")
    texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {key: typeset(language, text) for key, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Translator:
    """Words, numbers and dates in one language, for the readers of one territory (the default one unless it is given).

    ``t(key, **values)`` fills a text; plural forms take ``count``.
    """

    language: str = DEFAULT_LANGUAGE
    territory: Province | None = None

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"unknown language {self.language!r}")

    @property
    def province(self) -> Province:
        """The territory of its readers. Read only when a text names it: what is wrong in its file must be told in words.

        Raises:
            DefinitionsError: its ``territory.yaml`` cannot be read.
        """
        return self.territory or default_province()

    @property
    def direction(self) -> str:
        """``rtl`` for a language that is written from right to left, as Arabic; ``ltr`` otherwise."""
        return "rtl" if _locale(self.language).character_order == "right-to-left" else "ltr"

    def __call__(self, key: str, **values: Any) -> str:
        """Text of a key with its values filled in; numbers given as values are formatted for the language.

        Raises:
            MissingTextError: no catalogue of this language holds the key.
        """
        texts = load_texts(self.language)
        text: Any = texts[key] if key in texts else load_place_texts(self.language, self.province).get(key)
        if text is None:
            raise MissingTextError(f"{self.language}:{key}")
        if isinstance(text, dict):
            text = text.get(_form_of(text, self.language, values["count"]), text["other"])
        if not values:
            return text
        written = {name: self._written(value) for name, value in values.items()}
        return (elide(text, written) if self.language == "fr" else text).format(**written)

    def _written(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return self.number(value, -int(value.as_tuple().exponent))
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return self.number(value) if is_number else value

    def has(self, key: str) -> bool:
        """Whether a key exists in this language."""
        return key in load_texts(self.language) or key in load_place_texts(self.language, self.province)

    def into(self, language: str) -> Translator:
        """The same words in another language."""
        return replace(self, language=language)

    @property
    def place(self) -> str:
        """Short name of the territory."""
        return self.label(self.province.names)

    def label(self, labels: Mapping[str, str]) -> str:
        """The label of this language from a definition's ``labels``; that of the default language where it is not translated."""
        language = self.language if self.language in labels else DEFAULT_LANGUAGE
        return _typeset_once(language, labels[language])

    def words(self, value: object) -> str:
        """A value that is the same in every language, or the one of this language where it comes as ``{language: text}``."""
        return self.label(value) if isinstance(value, dict) else str(value)

    def number(self, value: float | Decimal | None, decimals: int | None = None) -> str:
        """A number with the language's separators; a dash when there is none. Integers show no decimals."""
        if value is None or math.isnan(value):
            return NO_VALUE
        if decimals is None:
            decimals = 0 if float(value).is_integer() else 1
        return self._keep_order(_write_decimal(self.language, rounded(value, decimals), decimals))

    def _keep_order(self, written: str) -> str:
        """A figure below zero with a minus sign, not a hyphen; inside Arabic text it keeps its order, as a percentage does."""
        text = written.replace("-", MINUS)
        return isolate(text) if self.direction == "rtl" and (MINUS in text or "%" in text) else text

    def quantity(self, number: float | None, unit: str, decimals: int = 0) -> str:
        """A number and its unit; a dash when there is no number.

        A noun (``counted.<unit>``) agrees with the number; a share is a percentage, a ratio has no unit; a rate or a symbol stands
        as in a heading (``unit.<unit>``).
        """
        if number is None or math.isnan(number):
            return NO_VALUE
        if unit == "percent":
            return self.percent(number / 100, decimals)
        if unit == "share":
            return self.percent(number, max(0, decimals - 2))
        if unit == "ratio":
            return self.number(number, decimals)
        if not self.has(f"counted.{unit}"):
            return f"{self.number(number, decimals)} {self(f'unit.{unit}')}"
        return _write_counted(self, unit, str(rounded(number, decimals)))

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share of 0–1 as a percentage."""
        if share is None or math.isnan(share):
            return NO_VALUE
        mark = "\u202f%" if self.language == "fr" else "%"
        return self._keep_order(_write_decimal(self.language, rounded(share * 100, decimals), decimals) + mark)

    def month(self, day: date) -> str:
        """Month and year, as ``septembre 2023``."""
        return _write_month(self.language, day.year, day.month)

    def month_name(self, month: int) -> str:
        """Name of a month of the year, 1–12."""
        return format_date(date(2000, month, 1), "LLLL", locale=_locale(self.language))

    def short_month(self, day: date) -> str:
        """Month and year for an axis, as ``sept. 23``."""
        return format_date(day, "LLL yy", locale=_short_months(self.language))

    def date(self, day: date) -> str:
        """A day in full; French writes the first one as an ordinal, which CLDR leaves out."""
        written = format_date(day, "long", locale=_locale(self.language))
        return f"1er{written[1:]}" if self.language == "fr" and day.day == 1 else written

    def moment(self, moment: datetime) -> str:
        """A day with its month in letters, and an hour."""
        day = format_date(moment, "d MMM y", locale=_short_months(self.language))
        return f"{day}{self('sign.comma')}{moment:%H:%M:%S}"


@lru_cache(maxsize=16384)
def _write_counted(t: Translator, unit: str, count: str) -> str:
    """Kept, by the digits that are written: a list of douars has hundreds of "12 persons"."""
    return t(f"counted.{unit}", count=Decimal(count))


@lru_cache(maxsize=8192)
def _typeset_once(language: str, text: str) -> str:
    """A text of a definition, with the spaces and signs of its language; there are as many as the definitions hold."""
    return str(typeset(language, text))


def isolate(text: str) -> str:
    """A text whose own direction turns nothing over beside it."""
    return f"\u2068{text}\u2069"


def rounded(number: float | Decimal, decimals: int = 0) -> Decimal:
    """A number as it is written, so that what is counted agrees with what is read: 1.9996 is written 2 and counts as 2. One without
    end stays as it is."""
    exact = number if isinstance(number, Decimal) else Decimal(str(float(number)))
    return exact.quantize(Decimal(1).scaleb(-decimals)) if exact.is_finite() else exact


def _form_of(text: Mapping[str, str], language: str, count: float | Decimal) -> str:
    """The form for a count: for none at all the one of its own, where the text has it ("aucune commune")."""
    return "zero" if count == 0 and "zero" in text else plural_category(language, count)


def plural_category(language: str, number: float | Decimal) -> str:
    """The plural form that a number takes in a language, as CLDR names it: ``one``, ``few``, ``other`` …"""
    # 1 and 1.0 are one key and two plurals: how many decimals are written belongs to it.
    return _plural_category(language, _plain(number), number.as_tuple().exponent if isinstance(number, Decimal) else None)


@lru_cache(maxsize=4096)
def _plural_category(language: str, number: float | Decimal, _exponent: object) -> str:
    return str(_locale(language).plural_form(number))


def _plain(number: Any) -> Any:
    """A number as Python's own: one of NumPy cannot be told apart from a ``Decimal`` of the same hash."""
    return number.item() if hasattr(number, "item") else number


@lru_cache(maxsize=16384)
def _write_decimal(language: str, value: Decimal, decimals: int) -> str:
    """Kept, by the digits that are written: of a province the same numbers are written for every reader."""
    written = format_decimal(value, _pattern(decimals), locale=_locale(language))
    # What is written 0,00 has no sign: it is not below zero for whoever reads it.
    return written if set(written) & set("123456789") else written.lstrip("-")


def _short_months(language: str) -> Locale | str:
    return SHORT_MONTHS.get(language) or _locale(language)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(CLDR[language])


@cache
def _pattern(decimals: int) -> NumberPattern:
    """How a number is written, parsed once: a screen writes hundreds."""
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


@cache
def _write_month(language: str, year: int, month: int) -> str:
    """Kept: three lists of a screen name every month that there is."""
    return format_date(date(year, month, 1), "LLLL y", locale=_locale(language))
