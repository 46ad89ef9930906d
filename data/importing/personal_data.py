"""Refuses a file that looks like a list of persons; its cells are named, and nothing of what they hold is repeated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.importing.blocks.block import Block
from data.importing.blocks.headings import COMMUNE_NAME, Vocabulary, figure_vocabulary, is_neutral_group
from data.importing.blocks.levels import shown_at, to_the_left
from data.importing.digits import in_western_digits
from data.importing.findings import RefusedError
from data.importing.personal_codes import heading_words, without_codes, without_signs
from data.importing.reading.sheet import Place, RawSheet, RawValue
from data.importing.record_headers import record_vocabulary
from data.loaders.today import load_today
from geo.spelling import plain

HEADER_SEARCHED_ROWS = 30
_DIGIT_OR_AT = re.compile(r"[\d@]")
_UUID = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b", re.IGNORECASE)
# The national number of a pupil: one letter and nine digits, which codes of places and facilities never have.
_PUPIL = re.compile(r"[A-Za-z]\d{9}")
_SPELT = re.compile(r"\b(\w) (?=\w\b)")


def refuse_personal_data(sheets: Sequence[RawSheet], blocks: Sequence[Block]) -> None:
    """Look at headings and at every cell, those of hidden sheets too.

    Args:
        blocks: the tables of the sheets: a heading that their kind knows is no person's datum there, such as the latitude
            of a public facility.

    Raises:
        RefusedError: a heading names a person's datum, or a cell holds an identity number, a telephone or an address.
    """
    for sheet in sheets:
        own = [block for block in blocks if block.sheet is sheet]
        heading, cell = _personal_heading(sheet, own)
        if heading:
            raise RefusedError("personal_heading", (cell,), sheet=sheet.name or "CSV", heading=heading)
        kind, cells = _personal_contents(sheet, own)
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
        # An address of e-mail is one wherever it stands.
        patterns_within={"e_mail": file["patterns_in_sentences"]["e_mail"], **file["patterns_within"]},
    )


def _vocabularies(blocks: Sequence[Block]) -> list[Vocabulary]:
    """The headings that are known in a sheet: those of its kinds of records, else those of figures."""
    kinds = {block.kind for block in blocks}
    known = [record_vocabulary(kind) for kind in kinds if kind is not None]
    return known if known and None not in kinds else [*known, figure_vocabulary()]


def _personal_heading(sheet: RawSheet, blocks: Sequence[Block]) -> tuple[str, str]:
    """The first such heading and its address; empty where there is none."""
    vocabularies = _vocabularies(blocks)
    rows = {*range(min(HEADER_SEARCHED_ROWS, len(sheet.rows)))}
    rows |= {row for block in blocks for row in range(block.top, block.bottom + 1)}
    for position in sorted(rows):
        headings = [(at, cell) for at, cell in enumerate(sheet.rows[position]) if isinstance(cell, str) and plain(cell)]
        found = {at: _find(cell, vocabularies) for at, cell in headings}
        fields = {field for field in found.values() if field is not None}
        for column, heading in headings:
            beside = fields | _fields_above(sheet, blocks, vocabularies, (position, column))
            if found[column] is None and (_names_a_person(heading, beside) or _heads_names(sheet, position, column)):
                return heading.strip(), sheet.address(position, column)
    return "", ""


def _fields_above(sheet: RawSheet, blocks: Sequence[Block], vocabularies: Sequence[Vocabulary], place: Place) -> set[str]:
    """The fields of a block for a heading in a lower row of its headings: it is beside them, unless it explains a column that is
    read ("(nom)" below "Commune"), or a heading that we do not know stands above ("Établissement" over "Nom") and says what that is
    called."""
    row, column = place
    block = next((b for b in blocks if b.top < row <= b.bottom), None)
    if block is None or column in block.fields:
        return set()
    above = shown_at(sheet, row - 1, column) or to_the_left(sheet, row - 1, column, block.left)
    is_known = above is None or is_neutral_group(str(above)) or _find(str(above), vocabularies) is not None
    return set(block.fields.values()) if is_known else set()


def _heads_names(sheet: RawSheet, row: int, column: int) -> bool:
    """Whether a heading in the singular ("Bénéficiaire") stands above words that may be a name and a surname."""
    if plain(str(sheet.at(row, column))) not in heading_words("alone"):
        return False
    below = [sheet.at(at, column) for at in range(row + 1, len(sheet.rows))]
    return any(isinstance(cell, str) and not _DIGIT_OR_AT.search(cell) and len(plain(cell).split()) > 1 for cell in below)


def _find(heading: str, vocabularies: Sequence[Vocabulary]) -> str | None:
    return next((field for known in vocabularies if (field := known.find(heading)) is not None), None)


def _names_a_person(heading: str, fields: set[str]) -> bool:
    """Whether a heading, in a row whose other headings hold these fields, announces a datum of persons."""
    rules, text = _rules(), plain(heading)
    last = plain(heading.rpartition("/")[2])
    # "C.I.N", "Né(e) le"
    spelt = {_SPELT.sub(r"\1", text), plain(re.sub(r"\(e?s?\)", "", heading))}
    known = rules.headings | heading_words("heading")
    if {text, last, *spelt} & known or (text in rules.beside_a_commune and COMMUNE_NAME in fields):
        return True
    # Titles, instructions and remarks do not stand in a row of headings that we know.
    return bool(fields) and text.split()[0] not in rules.counting_words and any(w in f" {text} " for w in rules.words)


def _personal_contents(sheet: RawSheet, blocks: Sequence[Block]) -> tuple[str, tuple[str, ...]]:
    """The first kind of personal datum that the cells hold and the addresses of those that hold it."""
    # Cell values repeat: the regular expressions are matched once for each distinct value.
    said = {cell for row in sheet.rows for cell in row if isinstance(cell, (str, int, float))}
    texts: list[tuple[str, RawValue]] = [
        (_as_digits(cell), cell) for cell in said if isinstance(cell, str) and _DIGIT_OR_AT.search(cell)
    ]
    # A telephone number typed as a number has lost its leading zero, or the sign before the code of its country.
    numbers = {cell: f"0{cell % 1e9:.0f}" for cell in said if not isinstance(cell, str) and _may_be_telephone(cell)}
    rules = _rules()
    for kind, pattern in rules.patterns.items():
        within = rules.patterns_within.get(kind)
        sure = {cell for text, cell in texts if within and within.search(text)}
        if kind == "identity_number":
            sure |= {cell for text, cell in texts if _PUPIL.fullmatch(text)}
            likely = {
                cell for text, cell in texts if pattern.fullmatch(text) or pattern.fullmatch(without_signs(text))
            } - sure
        else:
            likely = {cell for text, cell in texts if pattern.fullmatch(text)} - sure
        unsure = likely if kind == "identity_number" else set()
        unsure |= {cell for cell, text in numbers.items() if pattern.fullmatch(text)}
        personal = [*_places(sheet, sure | (likely - unsure)), *without_codes(_places(sheet, unsure), blocks)]
        if personal:
            return kind, tuple(sheet.address(row, column) for row, column in sorted(personal))
    return "", ()


def _as_digits(text: str) -> str:
    """A text with digits of Europe, without what only looks like a number: "+212 (0)6…", the id of a collection tool."""
    return _UUID.sub("", in_western_digits(unicodedata.normalize("NFKC", text))).replace("(0)", "").strip()


def _may_be_telephone(number: float) -> bool:
    return 5e8 <= number < 8e8 or 212_500_000_000 <= number < 212_800_000_000


def _places(sheet: RawSheet, wanted: Iterable[RawValue]) -> Mapping[Place, RawValue]:
    """Where cells hold one of some values."""
    looked_for = set(wanted)
    if not looked_for:
        return {}
    return {
        (position, column): cell
        for position, row in enumerate(sheet.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, (str, int, float)) and cell in looked_for
    }
