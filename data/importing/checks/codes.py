"""Communes: a code or name that is not recognised, that fits several communes, or a code and a name that contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks.saying import Says, that_say
from data.importing.findings import Finding, Severity
from geo.names import MatchKind, NameMatch

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for cells without a commune, one finding a distinct spelling, with the nearest candidates."""
    named = that_say(cells, Says.COMMUNE)
    lost = named[named["commune_code"].isna()]
    lost = lost.assign(written=[write_commune(row.code_raw, row.name_raw) for row in lost.itertuples()])
    findings = []
    for text, group in lost.groupby("written", sort=False):
        match: NameMatch = group["commune_match"].iloc[0]
        values = {"text": text, "candidates": _names(match, context)}
        findings.append(Finding(_key(text, match), Severity.ERROR, tuple(group["cell"]), tuple(group.index), values))
    return findings


def write_commune(code: object, name: object) -> str:
    """What a row says of its commune: code, name, or both."""
    return " / ".join(
        str(part).strip() for part in (code, name) if part is not None and not pd.isna(part) and str(part).strip()
    )


def _key(text: str, match: NameMatch) -> str:
    if not text:
        return "commune_absent"
    if match.kind is MatchKind.AMBIGUOUS:
        return "commune_contradiction" if " / " in text else "commune_ambiguous"
    return "commune_unknown_near" if match.candidates else "commune_unknown"


def _names(match: NameMatch, context: CheckContext) -> dict[str, str]:
    """The candidates in each language, for a person to choose from."""
    names = context.communes.set_index("commune_code")
    known = [code for code in match.candidates if code in names.index]

    def written(column: str) -> str:
        return ", ".join(f"{names.at[code, column]} ({code})" for code in known)

    return {"fr": written("name_fr"), "ar": written("name_ar"), "en": written("name_fr")}
