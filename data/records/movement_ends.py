"""Both ends of a movement: a relocation changes host, the usual commune agrees with the kind, one end lies in the province."""

from __future__ import annotations

import pandas as pd

from analytics.displacement import OUTSIDE, MovementKind, home_of
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.records.rows import Rows, RuleContext


def check(rows: Rows, context: RuleContext) -> list[Finding]:
    """Errors for ends that cannot be; a note for relocations that do not say the usual commune."""
    values = rows.values
    relocation = values["kind"] == MovementKind.RELOCATION
    same = values["origin_code"] == values["destination_code"]
    implied = home_of(values["kind"], values["origin_code"], values["destination_code"], values["home_code"])
    says_home = values["home_code"] != ""
    contradiction = ~relocation & says_home & (values["home_code"] != implied)
    going_home = relocation & ~same & says_home & (values["home_code"] == values["destination_code"])
    at_home, at_destination = rows.at("home_code"), rows.at("destination_code")
    words = context.layout["kind"].words

    def kind(row: pd.Series) -> dict[str, object]:
        return {"kind": words[row["kind"]]["labels"]}

    found = (
        ("relocation_to_same_host", Severity.ERROR, at_destination[relocation & same]),
        (
            "movement_outside_province",
            Severity.ERROR,
            at_destination[same & (values["origin_code"] == OUTSIDE) & ~relocation],
        ),
        ("home_contradiction", Severity.ERROR, at_home[contradiction]),
        ("relocation_is_return", Severity.ERROR, at_destination[going_home]),
        ("home_unknown", Severity.NOTE, at_home[relocation & ~same & ~says_home]),
    )
    return [f for key, severity, group in found for f in group_findings(group, ["sheet", "kind"], key, severity, kind)]
