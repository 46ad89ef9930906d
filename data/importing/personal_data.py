"""Refuses a file that looks like a list of persons; its cells are named, and nothing of what they hold is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from data.importing.findings import RefusedError
from data.importing.headers import COMMUNE_NAME, HEADER_SEARCHED_ROWS, known_headings, reduce_heading
from data.importing.workbook import RawSheet, RawValue
from data.loaders.today import load_today
from geo.spelling import plain

_DIGIT_OR_AT = re.compile(r"[\d@]")


def refuse_personal_data(sheets: list[RawSheet], known: Mapping[str, str] | None = None) -> None:
    """Look at headings and at every text cell.

    Args:
        known: headings that are no person's datum in these sheets, such as the latitude of a public facility; those of
            monthly figures where nothing is given.

    Raises:
        RefusedError: a heading names a person's datum, or a cell holds an identity number, a telephone or an address.
    """
    for sheet in sheets:
        heading, cell = _personal_heading(sheet, known_headings() if known is None else known)
        if heading:
            raise RefusedError("personal_heading", (cell,), sheet=sheet.name or "CSV", heading=heading)
        kind, cells = _personal_contents(sheet)
        if kind:
            raise RefusedError(f"personal_{kind}", cells, sheet=sheet.name or "CSV", count=len(cells))


@dataclass(frozen=True, slots=True)
class _Rules:
    """What makes a heading or a cell personal (``definitions/personal_data.yaml``)."""

    headings: frozenset[str]
    words: tuple[str, ...]
    counting_words: frozenset[str]
    beside_a_commune: frozenset[str]
    patterns: dict[str, re.Pattern[str]]
    patterns_within: dict[str, re.Pattern[str]]


@cache
def _rules() -> _Rules:
    file = load_today().personal_data

    def plain_set(words: Iterable[str]) -> frozenset[str]:
        return frozenset(map(plain, words))

    return _Rules(
        headings=plain_set(file["headings"]),
        words=tuple(f" {word} " for word in sorted(plain_set(file["words"]))),
        counting_words=plain_set(file["counting_words"]),
        beside_a_commune=plain_set(file["beside_a_commune"]),
        patterns=file["patterns"],
        patterns_within=file["patterns_within"],
    )


def _personal_heading(sheet: RawSheet, known: Mapping[str, str]) -> tuple[str, str]:
    """The first such heading and its address; empty where there is none."""
    for position, row in enumerate(sheet.rows[:HEADER_SEARCHED_ROWS]):
        headings = [(column, cell) for column, cell in enumerate(row) if isinstance(cell, str) and plain(cell)]
        fields = {known[reduced] for reduced in (reduce_heading(heading) for _, heading in headings) if reduced in known}
        for column, heading in headings:
            if reduce_heading(heading) not in known and _names_a_person(heading, fields):
                return heading.strip(), sheet.address(position, column)
    return "", ""


def _names_a_person(heading: str, fields: set[str]) -> bool:
    """Whether a heading, in a row whose other headings hold these fields, announces a datum of persons."""
    rules, text = _rules(), plain(heading)
    if text in rules.headings or (text in rules.beside_a_commune and COMMUNE_NAME in fields):
        return True
    # Titles, instructions and remarks do not stand in a row of headings that we know.
    return bool(fields) and text.split()[0] not in rules.counting_words and any(w in f" {text} " for w in rules.words)


def _personal_contents(sheet: RawSheet) -> tuple[str, tuple[str, ...]]:
    """The first kind of personal datum that the cells hold and the addresses of those that hold it."""
    # Cell values repeat: the regular expressions are matched once for each distinct value.
    said = {cell for row in sheet.rows for cell in row if isinstance(cell, (str, int, float))}
    texts: list[tuple[str, RawValue]] = [
        (cell.strip(), cell) for cell in said if isinstance(cell, str) and _DIGIT_OR_AT.search(cell)
    ]
    # A telephone number typed as a number has lost its leading zero.
    texts += [(f"0{cell:.0f}", cell) for cell in said if not isinstance(cell, str) and 5e8 <= cell < 8e8]
    rules = _rules()
    for kind, pattern in rules.patterns.items():
        within = rules.patterns_within.get(kind)
        personal = {cell for text, cell in texts if pattern.fullmatch(text) or (within and within.search(text))}
        if personal:
            return kind, _addresses(sheet, personal)
    return "", ()


def _addresses(sheet: RawSheet, wanted: set[RawValue]) -> tuple[str, ...]:
    return tuple(
        sheet.address(position, column)
        for position, row in enumerate(sheet.rows)
        for column, cell in enumerate(row)
        if cell in wanted
    )
