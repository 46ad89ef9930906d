"""A row that is the sum of the others under the name of a commune: the total of the province, called like its chief town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding, Severity
from geo.spelling import plain

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

# One column alone may add up by chance of two others; not of so many.
_MANY_ROWS = 4
_TOLERANCE = 1e-6
# A province and its chief town are often spelt with one letter more or less at the end.
_ALIKE = 7


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors, one a row that every one of its figures shows to be the sum of all others of its month."""
    is_known = cells["value"].notna() & cells["commune_code"].notna() & cells["reference_date"].notna()
    known = cells.loc[is_known, ["block", "row", "cell", "commune_code", "reference_date", "variable", "value"]]
    if known.empty:
        return []
    is_long = known.groupby(["block", "row"])["variable"].transform("size") == 1
    keyed = known.assign(place=known["row"].astype(str).where(~is_long, known["commune_code"]))
    by_column = keyed.groupby(["block", "reference_date", "variable"])["value"]
    twice = (by_column.transform("sum") - 2 * keyed["value"]).abs() < _TOLERANCE
    others = by_column.transform("size") - 1
    tested = keyed.assign(adds_up=twice & (keyed["value"] > 0) & (others > 1), others=others)
    by_place = tested.groupby(["block", "reference_date", "place"])
    total = by_place["adds_up"].transform("all")
    width, height = by_place["value"].transform("size"), by_place["others"].transform("max")
    chosen = tested[
        total & ((width > 1) | (height >= _MANY_ROWS) | tested["commune_code"].isin(_named_as_province(context)))
    ]
    return [
        Finding("row_of_sum", Severity.ERROR, tuple(group["cell"]), tuple(group.index), _described(group, context))
        for _, group in chosen.groupby(["block", "reference_date", "place"], sort=False)
    ]


def _named_as_province(context: CheckContext) -> list[str]:
    """Communes whose name begins like that of the province."""
    beginnings = tuple(plain(name)[:_ALIKE] for name in context.province.names.values())
    named = context.communes["name_fr"].map(lambda name: plain(name).startswith(beginnings))
    return list(context.communes["commune_code"][named.astype(bool)])


def _described(group: pd.DataFrame, context: CheckContext) -> dict[str, object]:
    row = context.communes.set_index("commune_code").loc[group["commune_code"].iloc[0]]
    return {"commune": {"fr": str(row["name_fr"]), "ar": str(row["name_ar"]), "en": str(row["name_fr"])}}
