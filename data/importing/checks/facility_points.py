"""Coordinates of a facility: both or none, in the country, near the province, not far from the commune that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from data.importing.findings import Finding, Severity
from data.loaders.today import load_record_sheets
from data.record_sheets import FACILITIES
from geo.points import distance_from_commune, is_near_province

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(rows: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors, one a facility: the widest rule that it breaks is named."""
    rules = load_record_sheets()[FACILITIES].rules
    half = rows["latitude"].isna() != rows["longitude"].isna()
    points = rows[rows["latitude"].notna() & rows["longitude"].notna()]
    findings = [_finding("coordinates_incomplete", row, {}) for row in rows[half].itertuples()]
    if points.empty:
        return findings
    in_country = points["latitude"].between(*rules["country"]["latitude"]) & points["longitude"].between(
        *rules["country"]["longitude"]
    )
    findings += [_finding("coordinates_outside_country", row, {}) for row in points[~in_country].itertuples()]
    points = points[in_country]
    near = is_near_province(points["latitude"].to_numpy(), points["longitude"].to_numpy(), rules["province_margin_km"])
    findings += [_finding("coordinates_outside_province", row, {}) for row in points[~near].itertuples()]
    return findings + _far_from_commune(points[near], rules["commune_margin_km"], context)


def _far_from_commune(points: pd.DataFrame, margin: float, context: CheckContext) -> list[Finding]:
    if points.empty:
        return []
    distance = distance_from_commune(
        points["commune_code"].tolist(), points["latitude"].to_numpy(), points["longitude"].to_numpy()
    )
    names = context.communes.set_index("commune_code")
    far = points.assign(distance=distance)[distance > margin]
    return [
        _finding(
            "coordinates_far_from_commune",
            row,
            {
                "km": round(float(row.distance), 1),
                "commune": {language: str(names.at[row.commune_code, f"name_{column}"]) for language, column in _NAMES},
            },
        )
        for row in far.itertuples()
    ]


_NAMES = (("fr", "fr"), ("ar", "ar"), ("en", "fr"))


def _finding(key: str, row: Any, values: dict[str, object]) -> Finding:
    said = {"latitude": str(row.latitude_raw)[:20], "longitude": str(row.longitude_raw)[:20]}
    cells = (row.latitude_cell, row.longitude_cell)
    return Finding(key, Severity.ERROR, cells, (int(row.Index),), {**said, **values})
