"""Capacity of a facility: a number without its unit says nothing."""

from __future__ import annotations

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.records.rows import Rows, RuleContext


def check(rows: Rows, _context: RuleContext) -> list[Finding]:
    """Errors for capacities without a unit."""
    bare = rows.values["capacity"].notna() & (rows.values["capacity_unit"] == "")
    at = rows.at("capacity")[bare]
    return group_findings(at, ["sheet"], "capacity_without_unit", Severity.ERROR, lambda row: {})
