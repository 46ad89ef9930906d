"""Both ends of a movement: a relocation changes host, the usual commune agrees with the kind, one end lies in the province."""

from __future__ import annotations

import pandas as pd

from analytics.displacement import OUTSIDE, MovementKind, home_of
from data.importing.checks.grouping import group_findings
from data.importing.findings import Finding, Severity
from data.loaders.today import load_record_sheets
from data.record_sheets import MOVEMENTS


def check(rows: pd.DataFrame) -> list[Finding]:
    """Errors for ends that cannot be; a note for relocations that do not say the usual commune."""
    relocation = rows["kind"] == MovementKind.RELOCATION
    same = rows["origin_code"] == rows["destination_code"]
    implied = home_of(rows["kind"], rows["origin_code"], rows["destination_code"], rows["home_code"])
    contradiction = ~relocation & (rows["home_code"] != "") & (rows["home_code"] != implied)
    going_home = relocation & ~same & (rows["home_code"] != "") & (rows["home_code"] == rows["destination_code"])
    at_home = rows.assign(cell=rows["home_code_cell"])
    at_destination = rows.assign(cell=rows["destination_code_cell"])
    words = load_record_sheets()[MOVEMENTS]["kind"].words

    def kind(row: pd.Series) -> dict[str, object]:
        return {"kind": words[row["kind"]]["labels"]}

    found = (
        ("relocation_to_same_host", Severity.ERROR, at_destination[relocation & same]),
        ("movement_outside_province", Severity.ERROR, at_destination[same & (rows["origin_code"] == OUTSIDE) & ~relocation]),
        ("home_contradiction", Severity.ERROR, at_home[contradiction]),
        ("relocation_is_return", Severity.ERROR, at_destination[going_home]),
        ("home_unknown", Severity.NOTE, at_home[relocation & ~same & (rows["home_code"] == "")]),
    )
    return [f for key, severity, group in found for f in group_findings(group, ["sheet", "kind"], key, severity, kind)]
