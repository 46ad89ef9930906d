"""Jumps against the month before: more than the variable's usual change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.sudden_change import is_sudden
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Warnings, one finding a variable."""
    limits = {v.id: v.jump_pct for v in load_variables().values() if v.jump_pct is not None}
    columns = ["commune_code", "reference_date", "variable", "value"]
    is_compared = cells["variable"].isin(list(limits)) & cells["value"].notna() & cells["reference_date"].notna()
    now = cells.loc[is_compared, [*columns, "cell"]]
    if now.empty:
        return []
    before = pd.concat([context.current[columns], now[columns]]).drop_duplicates(columns[:3], keep="last")
    before = before.assign(reference_date=before["reference_date"] + pd.offsets.MonthBegin(1))
    merged = now.reset_index().merge(before.rename(columns={"value": "before"}), on=columns[:3], how="inner")
    if merged.empty:
        return []
    limit = merged["variable"].map(limits).to_numpy(dtype=float)
    sudden = is_sudden(merged["value"].to_numpy(dtype=float), merged["before"].to_numpy(dtype=float), limit)
    jumped = merged[sudden].set_index("index")
    return group_findings(jumped, ["variable"], "jump", Severity.WARNING, _described)


def _described(cell: pd.Series) -> dict[str, object]:
    return {
        "variable": load_variables()[cell["variable"]].labels,
        "value": float(cell["value"]),
        "before": float(cell["before"]),
    }
