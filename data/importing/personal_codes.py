"""Codes of places, of facilities, of programs, and amounts: they look like a person's number and are none.

A column is one of codes by its heading and by what stands beside it. A heading that only says "code" is not enough for a list in
which several such values share a commune and a month, or whose digits follow no order.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from data.importing.blocks.block import Block
from data.importing.blocks.headings import DATE, FOLDER, PLACE_FIELDS
from data.importing.digits import in_western_digits
from data.importing.reading.sheet import Place, RawValue
from geo.spelling import plain

# From so many different values on, codes share how they begin; a few may not.
_FEW = 5
_SHAPE = re.compile(r"([A-Za-z]*)\s?(\d+)")
# "J.B 123456", "JB-123456": signs between the letters of a number and its digits.
_PARTED = re.compile(r"([A-Za-z])[.\s-]?([A-Za-z]?)[.\s-]{0,3}(?=\d)")


def without_signs(value: RawValue) -> str:
    """A number behind letters, without the signs that people write between them."""
    return _PARTED.sub(r"\1\2", in_western_digits(str(value).strip()), count=1)


def without_codes(cells: Mapping[Place, RawValue], blocks: Sequence[Block]) -> list[Place]:
    """The cells that may be a person's, without those of columns of codes and without amounts."""
    by_column: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place, value in cells.items():
        if not _is_amount(value):
            number = next((n for n, block in enumerate(blocks) if _holds(block, place)), -1)
            by_column[number, place[1]].append(place)
    personal: list[Place] = []
    for (number, column), places in by_column.items():
        block = blocks[number] if number >= 0 else None
        if block is None or not _are_codes(block, column, {place: cells[place] for place in places}):
            personal += places
    return personal


def _holds(block: Block, place: Place) -> bool:
    row, column = place
    return block.bottom < row < block.end and block.left <= column < block.right


def _is_amount(value: RawValue) -> bool:
    """Whether the letters of a value are those of a currency."""
    match = _SHAPE.fullmatch(without_signs(value))
    return match is not None and plain(match[1]) in heading_words("currency")


def _are_codes(block: Block, column: int, values: Mapping[Place, RawValue]) -> bool:
    known = block.columns.get(column)
    heading = known.heading if known else ""
    last = plain(heading.rpartition("/")[2])
    # A sign within a word parts it: "P-code" is "Pcode".
    words = {*last.split(), last.replace(" ", "")}
    if words & heading_words("person"):
        return False
    if heading.rpartition("/")[2].strip().startswith("_") or words & heading_words("code"):
        return True
    is_headed = bool(words & heading_words("perhaps_code")) or all(_is_of_country(value) for value in values.values())
    return is_headed and not _look_personal(block, values)


def _is_of_country(value: RawValue) -> bool:
    """Whether a value begins like the codes of places of a country: its two letters, and digits filled up with zeros."""
    return re.fullmatch(r"MA0\d+", without_signs(value), re.IGNORECASE) is not None


def _look_personal(block: Block, values: Mapping[Place, RawValue]) -> bool:
    """Whether several values share a commune and a month, or many begin in many ways."""
    of_row: dict[tuple[str, ...], set[str]] = defaultdict(set)
    columns = [at for name in (*PLACE_FIELDS, DATE) for at in block.columns_of(name)]
    for (row, _), value in values.items():
        of_row[tuple(str(block.sheet.at(row, at)) for at in columns)].add(str(value))
    distinct = {without_signs(value).upper() for value in values.values()}
    if _follow_an_order(distinct):
        return False
    return len(distinct) >= _FEW or any(len(said) > 1 for said in of_row.values())


def _follow_an_order(values: Iterable[str]) -> bool:
    """Whether digits are filled up with zeros, or all begin alike: numbers of identity cards do neither."""
    shapes = [match for value in values if (match := _SHAPE.fullmatch(value))]
    if all(match[2].startswith("0") for match in shapes):
        return True
    return len(shapes) >= _FEW and len({(match[1], match[2][:2]) for match in shapes}) == 1


@cache
def heading_words(kind: str) -> frozenset[str]:
    """Words of headings, and letters before an amount or a postal box (``words/codes.csv``)."""
    with (FOLDER / "words" / "codes.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(plain(row["word"]) for row in csv.DictReader(lines) if row["kind"] == kind)
