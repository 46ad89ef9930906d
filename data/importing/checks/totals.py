"""Rows of totals: left out before every other check, with a note."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks.codes import write_commune
from data.importing.checks.saying import Says, that_say
from data.importing.findings import Finding, Severity
from data.loaders.today import load_today
from geo.spelling import plain

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Notes, one a distinct word, for rows that bear a word for a total where a commune should stand."""
    named = that_say(cells, Says.COMMUNE)
    lost = named[named["commune_code"].isna()]
    lost = lost.assign(word=[write_commune(row.code_raw, row.name_raw) for row in lost.itertuples()])
    known = _usual_words() | {plain(word) for word in context.province.total_words}
    totals = lost[lost["word"].map(lambda word: plain(word) in known).astype(bool)]
    # A row is named once, however many communes it should name.
    totals = totals[~totals.index.duplicated()]
    return [
        Finding("total_row", Severity.NOTE, tuple(group["cell"]), tuple(group.index), {"text": word}, left_out=True)
        for word, group in totals.groupby("word", sort=False)
    ]


@cache
def _usual_words() -> frozenset[str]:
    return frozenset(map(plain, load_today().total_words))
