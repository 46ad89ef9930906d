"""Impossible figures: negative, above the variable's maximum, or a fraction of something that is counted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks.saying import Says, that_say
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors, one finding a field."""
    # Series and masks only: of a large table no second copy is made.
    counted, fields = that_say(cells, Says.NUMBER), context.fields
    value, named = counted["value"], counted["variable"]
    minimum = named.map({name: field.minimum for name, field in fields.items()}).astype(float)
    maximum = named.map({name: field.maximum for name, field in fields.items()}).astype(float)
    is_counted = named.isin([name for name, field in fields.items() if field.is_counted])
    impossible = {
        "value_negative": value < minimum,
        "value_too_large": value > maximum,
        "value_not_whole": (value % 1 > 0) & (value >= minimum) & is_counted,
    }

    def described(cell: pd.Series) -> dict[str, object]:
        field = fields[cell["variable"]]
        # Where there is no limit no text names one.
        most = 0 if math.isnan(field.maximum) else field.maximum
        return {"variable": field.labels, "value": float(cell["value"]), "maximum": most}

    return [
        finding
        for key, wrong in impossible.items()
        for finding in group_findings(counted[wrong], ["variable"], key, Severity.ERROR, described)
    ]
