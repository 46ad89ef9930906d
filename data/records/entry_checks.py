"""Checks of the fields of an entry, as text: the same rules as on the screen where it is typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import pandas as pd

from analytics.scenario import ScenarioError
from data.free_text import PERSONAL_KINDS, find_personal_data, one_line, paragraphs
from data.loaders.scenarios import read_scenario

# As the store writes them: ISO 8601 allows other forms, which the store does not read.
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?", re.ASCII)
_TERRITORIES = ("all", "programme", "urban")
PERSONAL = frozenset(f"entry_{kind}" for kind in PERSONAL_KINDS)


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Codes that an entry may name: of communes, and of whatever a decision may be about."""

    communes: frozenset[str]
    subjects: frozenset[str]


def read_places(communes: pd.DataFrame) -> KnownPlaces:
    """The codes of the store's communes (``commune_code, cercle_code``)."""
    codes = frozenset(communes["commune_code"])
    return KnownPlaces(codes, (codes | {*communes["cercle_code"], *_TERRITORIES}) - {""})


# Gives the key of what is wrong with a text (``check.<key>``); empty where nothing is.
Check = Callable[[str, KnownPlaces], str]


def commune(text: str, places: KnownPlaces) -> str:
    """A code of a commune of the store."""
    return _unknown_unless(text in places.communes)


def subject(text: str, places: KnownPlaces) -> str:
    """A commune, a cercle or a whole territory."""
    return _unknown_unless(text in places.subjects)


def one_of(words: Callable[[], Collection[str]]) -> Check:
    """One of a list of words, which is asked for when a text is checked."""
    return lambda text, _places: _unknown_unless(text in words())


def matching(pattern: str) -> Check:
    """A text of one form, such as an id or a number."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda text, _places: _unknown_unless(compiled.fullmatch(text) is not None)


snapshot_id = matching(r"[0-9A-Za-z-]{0,60}")


def sentence(longest: int, shortest: int = 0) -> Check:
    """One line of a bounded length, without a personal datum."""

    def check(text: str, _places: KnownPlaces) -> str:
        if text != one_line(text) or not shortest <= len(text) <= longest:
            return "entry_length"
        return _personal([text])

    return check


def several_lines(longest: int) -> Check:
    """Lines and paragraphs of a bounded length, without a personal datum."""

    def check(text: str, _places: KnownPlaces) -> str:
        return "entry_length" if text != paragraphs(text) or len(text) > longest else _personal(text.splitlines())

    return check


def day(text: str, _places: KnownPlaces) -> str:
    """A date as the store writes it: 2025-08-31."""
    return _readable(text, date.fromisoformat, "entry_date") if _DATE.fullmatch(text) else "entry_date"


def moment(text: str, _places: KnownPlaces) -> str:
    """A date and time as the store writes it: 2025-08-31 10:00:00."""
    return _readable(text, datetime.fromisoformat, "entry_date") if _MOMENT.fullmatch(text) else "entry_date"


def optional(check: Check) -> Check:
    """Nothing, or a text that passes a check."""
    return lambda text, places: check(text, places) if text else ""


def scenario(text: str, _places: KnownPlaces) -> str:
    """The definition of a scenario as JSON, whose sentences hold no personal datum."""
    problem = _readable(text, lambda definition: read_scenario(_json(definition)), "entry_unreadable")
    return problem or _personal(_texts_in(_json(text)))


def figures(text: str, _places: KnownPlaces) -> str:
    """What a snapshot said, by name of figure, as JSON: numbers and months."""
    return _readable(text, partial(_read_values, types=(str, int, float)), "entry_unreadable")


def choices(text: str, _places: KnownPlaces) -> str:
    """Assumptions as JSON: words."""
    return _readable(text, partial(_read_values, types=(str,)), "entry_unreadable")


def _unknown_unless(is_known: bool) -> str:
    return "" if is_known else "entry_unknown"


def _personal(lines: Collection[str] | Iterator[str]) -> str:
    kind = next((kind for line in lines if (kind := find_personal_data(line))), "")
    return f"entry_{kind}" if kind else ""


def _texts_in(value: object) -> Iterator[str]:
    """Every text in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(part)


def _read_values(text: str, types: tuple[type, ...]) -> None:
    for value in _json(text).values():
        # In Python True is an integer.
        if isinstance(value, bool) or not isinstance(value, types):
            raise ValueError(f"{type(value)} is none of {types}")


def _json(text: str) -> dict[str, object]:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no number")

    found = json.loads(text, parse_constant=refuse)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _readable(text: str, read: Callable[[str], object], problem: str) -> str:
    try:
        read(text)
    except (ValueError, TypeError, RecursionError, ScenarioError):
        return problem
    return ""
