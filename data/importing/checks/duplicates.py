"""The same figure twice: once is enough when both agree; when they do not, neither is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.catalogue import load_variables
from data.importing.findings import Finding, Severity

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

KEY = ["commune_code", "reference_date", "variable"]


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors: every cell of a contradiction; every cell after the first of an agreement, as a repetition."""
    known = cells[cells["commune_code"].notna() & cells["reference_date"].notna() & (cells["problem"] == "")]
    repeated = known[known.duplicated(KEY, keep=False)]
    findings = []
    for (code, _, variable), group in repeated.groupby(KEY, sort=False):
        agrees = group["value"].nunique(dropna=False) == 1 and group["status"].nunique() == 1
        aside = group.iloc[1:] if agrees else group
        key = "duplicate_same" if agrees else "duplicate_different"
        values: dict[str, object] = {"variable": load_variables()[variable].labels, "commune": _name(context, code)}
        findings.append(Finding(key, Severity.ERROR, tuple(aside["cell"]), tuple(aside.index), values))
    return findings


def _name(context: CheckContext, code: str) -> dict[str, str]:
    row = context.communes.set_index("commune_code").loc[code]
    return {"fr": str(row["name_fr"]), "ar": str(row["name_ar"]), "en": str(row["name_fr"])}
