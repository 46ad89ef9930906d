"""Figures: a cell that holds no number, a formula without a value, an unknown variable; a thousands mark that was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks.saying import Says, that_say
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for what was not read as a number, by problem; notes where "1.234" was read as a thousand."""
    counted = that_say(cells, Says.NUMBER)
    is_unknown = counted["variable"] == ""
    findings = group_findings(counted[is_unknown], ["variable"], "variable_unknown", Severity.ERROR, lambda c: {})

    def described(cell: pd.Series) -> dict[str, object]:
        return {"variable": context.fields[cell["variable"]].labels, "text": str(cell["raw"])[:40]}

    for column, severity in (("problem", Severity.ERROR), ("note", Severity.NOTE)):
        said = counted[(counted[column] != "") & ~is_unknown]
        for key, group in said.groupby(column, sort=False):
            findings += group_findings(group, ["variable"], str(key), severity, described)
    return findings
