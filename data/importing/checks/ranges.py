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
    # Series and masks only: of a large table no second copy is made.
    value, variables = cells["value"], load_variables()
    minimum = cells["variable"].map({v.id: v.minimum for v in variables.values()}).astype(float)
    maximum = cells["variable"].map({v.id: v.maximum for v in variables.values()}).astype(float)
    counted = cells["variable"].isin([v.id for v in variables.values() if v.integer and v.monthly])
    found = {
        "value_negative": cells[value < minimum],
        "value_too_large": cells[value > maximum],
        "value_not_whole": cells[counted & (value % 1 > 0) & (value >= minimum)],
    }
    return [f for key, group in found.items() for f in group_findings(group, ["variable"], key, Severity.ERROR, _described)]


def _described(cell: pd.Series) -> dict[str, object]:
    variable = load_variables()[cell["variable"]]
    return {"variable": variable.labels, "value": float(cell["value"]), "maximum": variable.maximum or 0}
