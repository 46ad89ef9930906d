"""Rows of totals: left out before every other check, with a note."""

from __future__ import annotations

from functools import cache

import pandas as pd
import yaml

from data.catalogue import DEFINITIONS
from data.importing.checks.codes import write_commune
from data.importing.findings import Finding, Severity
from geo.spelling import plain


def check(cells: pd.DataFrame) -> list[Finding]:
    """Notes, one a distinct word, for rows that bear a word for a total where a commune should stand."""
    lost = cells[cells["commune_code"].isna()]
    words = pd.Series(
        [write_commune(row.code_raw, row.name_raw) for row in lost.itertuples()], index=lost.index, dtype="object"
    )
    totals = lost[words.map(lambda word: plain(word) in _total_words()).astype(bool)]
    return [
        Finding("total_row", Severity.NOTE, tuple(group["cell"]), tuple(group.index), {"text": word}, left_out=True)
        for word, group in totals.groupby(words.reindex(totals.index), sort=False)
    ]


@cache
def _total_words() -> frozenset[str]:
    words = yaml.safe_load((DEFINITIONS / "total_words.yaml").read_text(encoding="utf-8"))
    return frozenset(plain(word) for word in words)
