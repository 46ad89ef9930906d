"""Zero against missing: a capacity of zero while people are there may be a blank that someone filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

# Capacity and the demand that makes its zero worth asking about.
DEMAND_OF = {
    "classrooms_functional_primary": "pupils_primary",
    "classrooms_functional_college": "pupils_college",
    "classrooms_functional_lycee": "pupils_lycee",
    "teachers_primary": "pupils_primary",
    "teachers_college": "pupils_college",
    "teachers_lycee": "pupils_lycee",
    "clinicians_fte": "outpatient_visits",
    "health_opening_days": "outpatient_visits",
    "registry_agents_fte": "registry_requests",
    "registry_opening_days": "registry_requests",
}
PLACE = ["commune_code", "reference_date"]


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Warnings, one finding a variable."""
    zeros = cells[(cells["value"] == 0) & cells["variable"].isin(list(DEMAND_OF))].copy()
    if zeros.empty:
        return []
    zeros["demand"] = zeros["variable"].map(DEMAND_OF)
    known = pd.concat([context.current[[*PLACE, "variable", "value"]], cells[[*PLACE, "variable", "value"]]])
    demand = known.dropna(subset=["value"]).drop_duplicates([*PLACE, "variable"], keep="last")
    merged = zeros.reset_index().merge(
        demand.rename(columns={"variable": "demand", "value": "demand_value"}), on=[*PLACE, "demand"], how="inner"
    )
    doubtful = merged[merged["demand_value"] > 0].set_index("index")
    return group_findings(doubtful, ["variable"], "zero_with_demand", Severity.WARNING, _described)


def _described(cell: pd.Series) -> dict[str, object]:
    variables = load_variables()
    return {
        "variable": variables[cell["variable"]].labels,
        "demand": variables[cell["demand"]].labels,
        "value": float(cell["demand_value"]),
    }
