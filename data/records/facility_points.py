"""Coordinates of a facility: both or none, in the country, near the province, not far from the commune that is named."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.importing.findings import Finding, Severity
from data.records.rows import Rows, RuleContext
from geo.points import distance_from_commune, is_near_province

_NAME_COLUMNS = {"fr": "name_fr", "ar": "name_ar", "en": "name_fr"}


def check(rows: Rows, context: RuleContext) -> list[Finding]:
    """Errors, one a facility: the widest rule that it breaks is named."""
    rules = context.layout.rules
    values = rows.values[["commune_code", "latitude", "longitude"]]
    half = values["latitude"].isna() != values["longitude"].isna()
    points = values.dropna(subset=["latitude", "longitude"])
    findings = _findings("coordinates_incomplete", values[half], rows)
    if points.empty:
        return findings
    country = rules["country"]
    inside = points["latitude"].between(*country["latitude"]) & points["longitude"].between(*country["longitude"])
    findings += _findings("coordinates_outside_country", points[~inside], rows)
    points = points[inside]
    latitude, longitude = points["latitude"].to_numpy(), points["longitude"].to_numpy()
    near = is_near_province(context.general.province.layer, latitude, longitude, rules["province_margin_km"])
    findings += _findings("coordinates_outside_province", points[~near], rows)
    return findings + _far_from_commune(points[near], rows, context)


def _far_from_commune(points: pd.DataFrame, rows: Rows, context: RuleContext) -> list[Finding]:
    if points.empty:
        return []
    latitude, longitude = points["latitude"].to_numpy(), points["longitude"].to_numpy()
    distance = distance_from_commune(context.general.province.layer, points["commune_code"].tolist(), latitude, longitude)
    names = context.general.communes.set_index("commune_code")
    far = points.assign(distance=distance)[distance > context.layout.rules["commune_margin_km"]]

    def how_far(point: pd.Series) -> dict[str, object]:
        commune = {language: str(names.at[point["commune_code"], name]) for language, name in _NAME_COLUMNS.items()}
        return {"km": round(float(point["distance"]), 1), "commune": commune}

    return _findings("coordinates_far_from_commune", far, rows, how_far)


def _findings(
    key: str,
    points: pd.DataFrame,
    rows: Rows,
    values: Callable[[pd.Series], dict[str, object]] = lambda point: {},
) -> list[Finding]:
    """One error a point, with both its cells and what stands in them."""
    latitude, longitude = rows.of("latitude"), rows.of("longitude")
    return [
        Finding(
            key,
            Severity.ERROR,
            (latitude.at[at, "cell"], longitude.at[at, "cell"]),
            (int(at),),
            {
                "latitude": str(latitude.at[at, "raw"])[:20],
                "longitude": str(longitude.at[at, "raw"])[:20],
                **values(point),
            },
        )
        for at, point in points.iterrows()
    ]
