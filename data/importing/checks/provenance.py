"""Provenance and reliability of long files: a word outside the vocabulary was replaced, with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, _context: CheckContext) -> list[Finding]:
    """Warnings, one finding a distinct word."""
    findings: list[Finding] = []
    for column in ("provenance", "reliability"):
        given = cells[cells[f"{column}_raw"].notna()]
        replaced = given[given[f"{column}_raw"].astype(str).str.strip() != given[column]]
        findings += group_findings(replaced, [f"{column}_raw"], "word_replaced", Severity.WARNING, _described(column))
    return findings


def _described(column: str):  # type: ignore[no-untyped-def]
    return lambda cell: {"text": str(cell[f"{column}_raw"])[:40], "replacement": cell[column]}
