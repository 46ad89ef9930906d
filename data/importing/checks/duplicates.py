"""The same figure twice: once is enough when both agree; when they do not, neither is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

KEY = ["commune_code", "reference_date", "variable"]


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for every cell of a contradiction, one a figure; notes for what is repeated after its first cell, one a commune."""
    is_known = cells["commune_code"].notna() & cells["reference_date"].notna() & (cells["problem"] == "")
    known = cells.loc[is_known, [*KEY, "value", "status", "cell", "day"]]
    # Of several days of a month each counts its own; a month is often written as its first day.
    known["day"] = known["day"].where(known.duplicated(KEY, keep=False) & known["day"].map(_is_within_month))
    written = known.groupby(KEY, sort=False)
    # A figure agrees with itself when all its cells say the same value with the same status.
    differ = (written["value"].transform("nunique", dropna=False) > 1) | (written["status"].transform("nunique") > 1)
    differ |= written["day"].transform("nunique") > 1
    repeated = known[~differ & known.duplicated(KEY)]
    return [
        *(_contradiction(group, context) for _, group in known[differ].groupby(KEY, sort=False)),
        *(_repetition(group, context) for _, group in repeated.groupby("commune_code", sort=False)),
    ]


def _is_within_month(day: object) -> bool:
    return isinstance(day, date) and day.day > 1


def _contradiction(group: pd.DataFrame, context: CheckContext) -> Finding:
    values: dict[str, object] = {
        "variable": load_variables()[group["variable"].iloc[0]].labels,
        "commune": _name(context, group["commune_code"].iloc[0]),
    }
    return Finding("duplicate_different", Severity.ERROR, tuple(group["cell"]), tuple(group.index), values)


def _repetition(group: pd.DataFrame, context: CheckContext) -> Finding:
    values: dict[str, object] = {"commune": _name(context, group["commune_code"].iloc[0])}
    return Finding("duplicate_same", Severity.NOTE, tuple(group["cell"]), tuple(group.index), values, left_out=True)


def _name(context: CheckContext, code: str) -> dict[str, str]:
    row = context.communes.set_index("commune_code").loc[code]
    return {"fr": str(row["name_fr"]), "ar": str(row["name_ar"]), "en": str(row["name_fr"])}
