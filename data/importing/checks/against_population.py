"""People counted beside the census of their commune: more than is usual is asked about, more than is possible is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.catalogue import load_variables
from data.importing.checks.grouping import group_findings
from data.importing.findings import Finding, Severity
from data.importing.population_ceilings import build_levels, load_ceilings, load_reference_labels

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Warnings and errors, one finding a variable; nothing where the census figure of the commune is not known."""
    ceiling_of = {v.id: v.ceiling for v in load_variables().values() if v.ceiling}
    people = cells.assign(ceiling=cells["variable"].map(ceiling_of))
    people = people[people["ceiling"].notna() & people["value"].notna() & people["commune_code"].notna()]
    if people.empty:
        return []
    levels = build_levels(context.current)
    merged = people.reset_index().merge(levels, on=["commune_code", "ceiling"], how="inner").set_index("index")
    impossible = merged["value"] > merged["impossible_above"]
    doubtful = (merged["value"] > merged["doubtful_above"]) & ~impossible
    return [
        *group_findings(merged[impossible], ["variable"], "people_impossible", Severity.ERROR, _described),
        *group_findings(merged[doubtful], ["variable"], "people_above_census", Severity.WARNING, _described),
    ]


def _described(cell: pd.Series) -> dict[str, object]:
    return {
        "variable": load_variables()[cell["variable"]].labels,
        "value": float(cell["value"]),
        "reference": float(cell["reference"]),
        "people": load_reference_labels()[load_ceilings()[cell["ceiling"]].against],
        "year": cell["census_year"],
        "possible": float(np.floor(cell["impossible_above"])),
    }
