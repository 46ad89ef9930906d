"""What a row says of its figures: a word of provenance, reliability or status outside the vocabulary was replaced, with a warning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from data.i18n import LANGUAGES, Translator
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.importing.status_words import read_status

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, _context: CheckContext) -> list[Finding]:
    """Warnings, one finding a distinct word."""
    findings: list[Finding] = []
    for column in ("provenance", "reliability"):
        given = cells[cells[f"{column}_raw"].notna()]
        replaced = given[given[f"{column}_raw"].astype(str).str.strip() != given[column]]
        findings += group_findings(replaced, [f"{column}_raw"], "word_replaced", Severity.WARNING, _described(column))
    given = cells[cells["status_raw"].notna()]
    told = given[given["status_raw"].map(lambda raw: read_status(raw).is_told).astype(bool)]
    return findings + group_findings(told, ["status_raw"], "word_replaced", Severity.WARNING, _described("status"))


def _described(column: str) -> Callable[[pd.Series], dict[str, object]]:
    def described(cell: pd.Series) -> dict[str, object]:
        raw = str(cell[f"{column}_raw"])[:40]
        taken = str(cell[column]) if column != "status" else read_status(raw).status
        words = {language: _said(column, taken, Translator(language)) for language in LANGUAGES}
        return {"text": raw, "replacement": words}

    return described


def _said(column: str, word: str, t: Translator) -> str:
    """The word that was taken, in the reader's language; a letter of reliability is itself."""
    if column == "provenance":
        return t(f"provenance.{word}")
    return t(f"declared_status.{word}") if column == "status" else word
