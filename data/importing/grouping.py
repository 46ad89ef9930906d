"""Puts the cells that share a problem into one finding."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.importing.findings import CELLS_SHOWN, Finding, Severity


def group_findings(
    cells: pd.DataFrame, by: list[str], key: str, severity: Severity, values: Callable[[pd.Series], dict[str, object]]
) -> list[Finding]:
    """One finding for each group of cells; ``values`` fills its text from a cell. What differs between the cells that are shown
    is given cell by cell, in their order."""
    if cells.empty:
        return []
    return [
        Finding(key, severity, tuple(group["cell"]), tuple(group.index), _of_shown(group, values))
        for _, group in cells.groupby(by, sort=False, dropna=False)
    ]


def _of_shown(group: pd.DataFrame, values: Callable[[pd.Series], dict[str, object]]) -> dict[str, object]:
    of_cells = [values(cell) for _, cell in group.head(CELLS_SHOWN).iterrows()]
    first = of_cells[0]
    return {
        k: v if all(other[k] == v for other in of_cells) else tuple(other[k] for other in of_cells) for k, v in first.items()
    }
