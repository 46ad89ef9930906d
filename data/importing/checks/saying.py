"""What a cell says, whatever kind it is of: a check looks at the cells that speak of its subject."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd


class Says(StrEnum):
    """A figure says its commune, its month and a number at once; a cell of a record says one thing.

    ``BLANK`` is a blank that must be filled, ``NOTHING`` one that need not be, or a text, which has no check of its own.
    """

    FIGURE = "figure"
    COMMUNE = "commune"
    MONTH = "month"
    DAY = "day"
    WORD = "word"
    NUMBER = "number"
    BLANK = "blank"
    NOTHING = ""


_OF_FIGURES = frozenset((Says.COMMUNE, Says.MONTH, Says.NUMBER))


def that_say(cells: pd.DataFrame, subject: Says) -> pd.DataFrame:
    """The cells that speak of a subject; the table itself where all do."""
    spoken = [subject.value, *((Says.FIGURE.value,) if subject in _OF_FIGURES else ())]
    chosen = cells["says"].isin(spoken)
    return cells if chosen.all() else cells[chosen]
