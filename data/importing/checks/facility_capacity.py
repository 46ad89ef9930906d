"""Capacity of a facility: a number without its unit says nothing."""

from __future__ import annotations

import pandas as pd

from data.importing.checks.grouping import group_findings
from data.importing.findings import Finding, Severity


def check(rows: pd.DataFrame) -> list[Finding]:
    """Errors for capacities without a unit."""
    bare = rows[rows["capacity"].notna() & (rows["capacity_unit"] == "")]
    return group_findings(
        bare.assign(cell=bare["capacity_cell"]), ["sheet"], "capacity_without_unit", Severity.ERROR, lambda row: {}
    )
