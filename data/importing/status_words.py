"""What a row, or a title, says of how firm its figures are: a word of a status, of a draft, of a plan."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import NamedTuple

from analytics.model import Status
from data.importing.blocks.headings import FOLDER
from data.importing.reading.sheet import RawValue
from geo.spelling import plain

NOT_APPROVED, FORECAST = "not_approved", "forecast"
_KEPT = frozenset(status.value for status in Status)
# A title that says of all figures below it that they may change still.
_IN_TITLES = re.compile(
    r"\b(?:donnees|chiffres|effectifs|resultats|situation|bilan|etat|figures|data|معطيات|المعطيات|ارقام|الارقام|نتايج|حصيله)\s+"
    r"(?:encore\s+)?(provisoires?|preliminaires?|موقته|اوليه)\b|\b(provisional|preliminary)\s+(?:data|figures|results|situation)\b"
)


class StatusWord(NamedTuple):
    """What a word stands for: ``status`` of a figure; ``flaw`` and ``asked`` as those of a cell (``cells.RawCell``).

    ``is_told``: it was not one of the words that stand for that status alone, and the report says what was taken.
    """

    status: str = ""
    flaw: str = ""
    asked: str = ""
    is_told: bool = False


_NOTHING = StatusWord()


def read_status(raw: RawValue) -> StatusWord:
    """The status that a cell declares; that of a figure reported, and told, where nobody knows its word."""
    text = plain(str(raw).replace("_", " ")) if raw is not None else ""
    if not text:
        return _NOTHING
    found, is_told = _words().get(text, (Status.REPORTED.value, True))
    if found in _KEPT:
        return StatusWord(found, is_told=is_told)
    return StatusWord(flaw=NOT_APPROVED) if found == NOT_APPROVED else StatusWord(asked=FORECAST)


def status_in_title(text: str) -> str:
    """The word of a title that says that its figures may change still; empty where it says no such thing."""
    match = _IN_TITLES.search(plain(text))
    return next(word for word in match.groups() if word) if match else ""


@cache
def _words() -> dict[str, tuple[str, bool]]:
    """Words by their plain letters (``words/statuses.csv``)."""
    with (FOLDER / "words" / "statuses.csv").open(encoding="utf-8", newline="") as lines:
        return {plain(row["word"].replace("_", " ")): (row["status"], bool(row["told"])) for row in csv.DictReader(lines)}
