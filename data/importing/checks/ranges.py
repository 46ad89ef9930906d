"""Impossible figures: negative, above the variable's maximum, or a fraction of something that is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, _context: CheckContext) -> list[Finding]:
    """Errors, one finding a variable."""
    known = cells[cells["value"].notna() & (cells["variable"] != "")]
    if known.empty:
        return []
    variables = load_variables()
    minimum = known["variable"].map(lambda v: variables[v].minimum)
    maximum = known["variable"].map(lambda v: variables[v].maximum).astype(float)
    counted = known["variable"].map(lambda v: variables[v].integer and variables[v].monthly)
    found = {
        "value_negative": known[known["value"] < minimum],
        "value_too_large": known[known["value"] > maximum],
        "value_not_whole": known[counted & (known["value"] % 1 != 0) & (known["value"] >= minimum)],
    }
    return [f for key, group in found.items() for f in group_findings(group, ["variable"], key, Severity.ERROR, _described)]


def _described(cell: pd.Series) -> dict[str, object]:
    variable = load_variables()[cell["variable"]]
    return {"variable": variable.labels, "value": float(cell["value"]), "maximum": variable.maximum or 0}
