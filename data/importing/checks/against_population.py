"""People counted beside the census of their commune: more than is usual is asked about, more than is possible is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.importing.population_ceilings import build_levels, people_of_province
from data.loaders.today import load_ceilings, load_reference_labels, load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Warnings and errors, one finding a variable; nothing where the census figure of the commune is not known."""
    if context.current.empty:
        return []
    ceilings = cells["variable"].map({v.id: v.ceiling for v in load_variables().values() if v.ceiling})
    found = _beyond_the_province(cells, context)
    return found if ceilings.isna().all() else [*found, *_beside_the_census(cells, ceilings, context)]


def _beyond_the_province(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for counts that have no limit of their own: more than the people of the whole province cannot be."""
    people = people_of_province(context.current, context.communes)
    unlimited = [v.id for v in load_variables().values() if v.monthly and not v.ceiling and v.maximum is None]
    wrong = cells[cells["variable"].isin(unlimited) & (cells["value"] > people)]
    return group_findings(
        wrong,
        ["variable"],
        "value_too_large",
        Severity.ERROR,
        lambda cell: {
            "variable": load_variables()[cell["variable"]].labels,
            "value": float(cell["value"]),
            "maximum": people,
        },
    )


def _beside_the_census(cells: pd.DataFrame, ceilings: pd.Series, context: CheckContext) -> list[Finding]:
    levels = build_levels(context.current)
    # Only the limits are merged into the large table of cells; the texts of findings, into the few cells that exceed them.
    cell_keys = pd.MultiIndex.from_arrays([cells["commune_code"], ceilings])
    limits = levels.set_index(["commune_code", "ceiling"])[["doubtful_above", "impossible_above"]].reindex(cell_keys)
    impossible = cells["value"].to_numpy(dtype=float) > limits["impossible_above"].to_numpy()
    doubtful = (cells["value"].to_numpy(dtype=float) > limits["doubtful_above"].to_numpy()) & ~impossible

    def find(exceeding: np.ndarray, key: str, severity: Severity) -> list[Finding]:
        people = cells[exceeding].assign(ceiling=ceilings[exceeding])
        explained = people.reset_index().merge(levels, on=["commune_code", "ceiling"], how="left").set_index("index")
        return group_findings(explained, ["variable"], key, severity, _described)

    return [
        *find(impossible, "people_impossible", Severity.ERROR),
        *find(doubtful, "people_above_census", Severity.WARNING),
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
