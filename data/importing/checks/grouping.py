"""Puts the cells that share a problem into one finding."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.importing.findings import Finding, Severity


def group_findings(
    cells: pd.DataFrame, by: list[str], key: str, severity: Severity, values: Callable[[pd.Series], dict[str, object]]
) -> list[Finding]:
    """One finding for each group of cells; ``values`` fills its text from the group's first cell."""
    if cells.empty:
        return []
    return [
        Finding(key, severity, tuple(group["cell"]), tuple(group.index), values(group.iloc[0]))
        for _, group in cells.groupby(by, sort=False, dropna=False)
    ]
