"""Figures: a cell that holds no number, a formula without a value, an unknown variable; a thousands mark that was assumed."""

from __future__ import annotations

from collections.abc import Callable
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
    findings = group_findings(unknown, ["variable"], "variable_unknown", Severity.ERROR, lambda c: {})
    return findings + find_problems(cells[cells["variable"] != ""], "variable", _described)


def find_problems(cells: pd.DataFrame, by: str, described: Callable[[pd.Series], dict[str, object]]) -> list[Finding]:
    """Errors for what was not read as a number, by problem; notes for what was read by an assumption."""
    findings: list[Finding] = []
    for column, severity in (("problem", Severity.ERROR), ("note", Severity.NOTE)):
        said = cells[cells[column] != ""]
        for key, group in said.groupby(column, sort=False):
            findings += group_findings(group, [by], str(key), severity, described)
    return findings


def _described(cell: pd.Series) -> dict[str, object]:
    return {"variable": load_variables()[cell["variable"]].labels, "text": str(cell["raw"])[:40]}
