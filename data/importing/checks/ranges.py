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
    found = find_outside(value, minimum, maximum, counted)
    return [
        finding
        for key, wrong in found.items()
        for finding in group_findings(cells[wrong], ["variable"], key, Severity.ERROR, _described)
    ]


def find_outside(
    value: pd.Series, minimum: pd.Series | float, maximum: pd.Series | float, is_counted: pd.Series | bool
) -> dict[str, pd.Series]:
    """Which values are impossible, by the key of what is wrong with them; a limit that is not a number is none."""
    return {
        "value_negative": value < minimum,
        "value_too_large": value > maximum,
        "value_not_whole": (value % 1 > 0) & (value >= minimum) & is_counted,
    }


def _described(cell: pd.Series) -> dict[str, object]:
    variable = load_variables()[cell["variable"]]
    return {"variable": variable.labels, "value": float(cell["value"]), "maximum": variable.maximum or 0}
