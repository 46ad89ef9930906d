"""Parts and wholes: displaced pupils among pupils, households among persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.catalogue import load_variables
from data.importing.checks.grouping import group_findings
from data.importing.findings import Finding, Severity

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

PLACE = ["commune_code", "reference_date"]


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for a part larger than its whole, read in the file or, failing that, among the figures in force."""
    variables = load_variables()
    parts = cells[
        cells["variable"].map(lambda v: bool(v) and variables[v].at_most is not None) & cells["value"].notna()
    ].copy()
    if parts.empty:
        return []
    parts["whole"] = parts["variable"].map(lambda v: variables[v].at_most)
    known = pd.concat([context.current[[*PLACE, "variable", "value"]], cells[[*PLACE, "variable", "value"]]])
    wholes = known.dropna(subset=["value"]).drop_duplicates([*PLACE, "variable"], keep="last")
    merged = parts.reset_index().merge(
        wholes.rename(columns={"variable": "whole", "value": "whole_value"}), on=[*PLACE, "whole"], how="left"
    )
    wrong = merged[merged["value"] > merged["whole_value"]].set_index("index")
    return group_findings(wrong, ["variable"], "part_above_whole", Severity.ERROR, _described)


def _described(cell: pd.Series) -> dict[str, object]:
    variables = load_variables()
    return {
        "part": variables[cell["variable"]].labels,
        "whole": variables[cell["whole"]].labels,
        "value": float(cell["value"]),
        "whole_value": float(cell["whole_value"]),
    }
