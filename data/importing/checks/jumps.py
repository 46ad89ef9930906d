"""Jumps against the month before: more than the variable's usual change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

# Below this a change of some units is no jump: 2 clerks after 1 are not a hundred per cent to worry about.
SMALLEST_CHANGE = 5.0


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Warnings, one finding a variable."""
    limits = {v.id: v.jump_pct for v in load_variables().values() if v.jump_pct is not None}
    now = cells[cells["variable"].isin(list(limits)) & cells["value"].notna() & cells["reference_date"].notna()]
    if now.empty:
        return []
    columns = ["commune_code", "reference_date", "variable", "value"]
    before = pd.concat([context.current[columns], now[columns]]).drop_duplicates(columns[:3], keep="last")
    before = before.assign(reference_date=before["reference_date"] + pd.offsets.MonthBegin(1))
    merged = now.reset_index().merge(before.rename(columns={"value": "before"}), on=columns[:3], how="inner")
    if merged.empty:
        return []
    change = (merged["value"] - merged["before"]).abs()
    limit = merged["variable"].map(limits) / 100 * merged["before"].abs()
    jumped = merged[(change > limit) & (change >= SMALLEST_CHANGE) & merged["before"].notna()].set_index("index")
    return group_findings(jumped, ["variable"], "jump", Severity.WARNING, _described)


def _described(cell: pd.Series) -> dict[str, object]:
    return {
        "variable": load_variables()[cell["variable"]].labels,
        "value": float(cell["value"]),
        "before": float(cell["before"]),
    }
