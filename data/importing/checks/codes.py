"""Communes: a code or name that is not recognised, that fits several communes, or a code and a name that contradict."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import yaml

from data.catalogue import DEFINITIONS
from data.importing.findings import Finding, Severity
from geo.names import MatchKind, NameMatch
from geo.spelling import plain

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for cells without a commune, one finding a distinct writing, with the nearest candidates; a note for a row of totals."""
    lost = cells[cells["commune_code"].isna()]
    written = [_written(row.code_raw, row.name_raw) for row in lost.itertuples()]
    findings = []
    for text, group in lost.groupby(pd.Series(written, index=lost.index), sort=False):
        if plain(text) in _total_words():
            findings.append(
                Finding("total_row", Severity.NOTE, tuple(group["cell"]), tuple(group.index), {"text": text}, left_out=True)
            )
            continue
        match: NameMatch = group["commune_match"].iloc[0]
        values = {"text": text, "candidates": _names(match, context)}
        findings.append(Finding(_key(text, match), Severity.ERROR, tuple(group["cell"]), tuple(group.index), values))
    return findings


@cache
def _total_words() -> frozenset[str]:
    words = yaml.safe_load((DEFINITIONS / "total_words.yaml").read_text(encoding="utf-8"))
    return frozenset(plain(word) for word in words)


def _written(code: object, name: object) -> str:
    return " / ".join(
        str(part).strip() for part in (code, name) if part is not None and not pd.isna(part) and str(part).strip()
    )


def _key(text: str, match: NameMatch) -> str:
    if not text:
        return "commune_absent"
    if match.kind is MatchKind.AMBIGUOUS:
        return "commune_contradiction" if " / " in text else "commune_ambiguous"
    return "commune_unknown_near" if match.candidates else "commune_unknown"


def _names(match: NameMatch, context: CheckContext) -> str:
    names = context.communes.set_index("commune_code")["name_fr"]
    return ", ".join(f"{names[code]} ({code})" for code in match.candidates if code in names.index)
