"""Figures: a cell that holds no number, a formula without a value, an unknown variable; a thousands mark that was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, _context: CheckContext) -> list[Finding]:
    """Errors by kind of problem; notes where "1.234" was read as a thousand."""
    unknown = cells[cells["variable"] == ""]
    unread = cells[(cells["problem"] != "") & (cells["variable"] != "")]
    findings = group_findings(unknown, ["variable"], "variable_unknown", Severity.ERROR, lambda c: {})
    for problem, group in unread.groupby("problem", sort=False):
        findings += group_findings(group, ["variable"], str(problem), Severity.ERROR, _described)
    noted = cells[cells["note"] != ""]
    for note, group in noted.groupby("note", sort=False):
        findings += group_findings(group, ["variable"], str(note), Severity.NOTE, _described)
    return findings


def _described(cell: pd.Series) -> dict[str, object]:
    return {"variable": load_variables()[cell["variable"]].labels, "text": str(cell["raw"])[:40]}
