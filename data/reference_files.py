"""Reads a territory's tables of facts, each beside a ``.source.yaml`` that says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from analytics.model import Definitions, Status
from data.douars import aggregate_douars
from data.loaders.yaml_text import read_yaml
from data.province import Province

URBAN_GROUP = "urban"
MUNICIPAL = "municipal_population"
TOTALS = (
    "topic", "indicator", "value", "unit", "geography", "reference_date", "value_kind", "issuing_body", "source", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One table of facts: its hash, what its source file says, and its figures as observations."""

    id: str
    title: str
    sha256: str
    source: dict[str, Any]
    observations: pd.DataFrame


@cache
def read_communes(province: Province) -> pd.DataFrame:
    """The communes: code (text), names, area type, cercle (empty for urban communes), comparison group, programme flag,
    centroid (NaN where it is not known)."""
    frame = _read_text(province, "communes")
    frame["in_programme"] = frame["in_programme"] == "1"
    frame["group_code"] = frame["cercle_code"].where(frame["cercle_code"] != "", URBAN_GROUP)
    for column in ("centroid_lat", "centroid_lng"):
        frame[column] = pd.to_numeric(frame[column])
    return frame


@cache
def read_reference_files(province: Province) -> tuple[ReferenceFile, ...]:
    """Every reference table that holds observations, in order of name."""
    names = list_reference_names(province)
    return tuple(_read_file(province, n) for n in names if n == "douars" or read_source(province, n)["columns"])


def list_reference_names(province: Province) -> list[str]:
    """Names of the reference tables, in order."""
    return sorted(p.name.removesuffix(".source.yaml") for p in province.reference.glob("*.source.yaml"))


@cache
def read_source(province: Province, name: str) -> dict[str, Any]:
    """What is said of a reference table's origin: title, producer, url, date, licence, status, notes, columns; that of records that
    ship lies in the folder of their name."""
    path = province.reference / f"{name}.source.yaml"
    return read_yaml(path if path.exists() else province.folder / name / path.name)


@cache
def read_province_totals(province: Province) -> pd.DataFrame:
    """Totals for the province, the region and the country, one source a row: ``topic, indicator, value, unit, geography,
    reference_date, value_kind, issuing_body, source, note``; ``value`` is numeric. Empty where the territory has no such table."""
    if "province_totals" not in list_reference_names(province):
        return pd.DataFrame(columns=list(TOTALS))
    frame = _read_text(province, "province_totals")
    frame["value"] = pd.to_numeric(frame["value"])
    return frame


@cache
def read_douar_distances(province: Province) -> pd.DataFrame:
    """Douars of the rural communes: ``commune_code, population`` and mean distance in km to each facility; NaN where the census
    withholds it. Empty where the territory has no such table."""
    columns = ["population", "primary_school_km", "college_km", "lycee_km", "health_centre_km"]
    if "douars" not in list_reference_names(province):
        return pd.DataFrame({c: pd.Series(dtype=float if c in columns else str) for c in ("commune_code", *columns)})
    frame = _read_text(province, "douars")
    return frame[["commune_code"]].join(frame[columns].apply(pd.to_numeric, errors="coerce"))


def read_province_observations(province: Province, definitions: Definitions) -> pd.DataFrame:
    """The totals of the province that an indicator of its own needs, as observations of the code of the whole province."""
    named = {v for i in definitions.province_indicators.values() for v in i.variables}
    rows = read_province_totals(province)
    rows = rows[(rows["geography"] == province.geography) & rows["indicator"].isin(named)]
    rows = rows.drop_duplicates(["indicator", "reference_date"])
    return pd.DataFrame(
        {
            "commune_code": province.codes,
            "reference_date": pd.to_datetime(rows["reference_date"], format="mixed"),
            "variable": rows["indicator"],
            "value": rows["value"],
            "status": Status.REPORTED.value,
            "provenance": rows["value_kind"],
            "reliability": "B",
            "source": rows["issuing_body"] + ", " + rows["reference_date"],
        }
    ).reset_index(drop=True)


def _read_text(province: Province, name: str) -> pd.DataFrame:
    """Every cell as text."""
    return pd.read_csv(province.reference / f"{name}.csv", dtype=str, keep_default_na=False)


def _read_file(province: Province, name: str) -> ReferenceFile:
    source = read_source(province, name)
    frame = _read_text(province, name)
    if name == "douars":
        areas = read_communes(province).set_index("commune_code")["area_type"]
        observations = aggregate_douars(frame, read_municipal_population(province), areas, source)
    else:
        observations = _observations(frame, name, source, _urban_codes(province))
    digest = sha256((province.reference / f"{name}.csv").read_bytes()).hexdigest()
    return ReferenceFile(name, source["title"], digest, source, observations)


def read_municipal_population(province: Province) -> pd.Series:
    """Of the latest census, by commune code."""
    columns = read_source(province, "population")["columns"]
    found = {entry["reference_date"]: name for name, entry in columns.items() if entry["variable"] == MUNICIPAL}
    return _read_text(province, "population").set_index("commune_code")[found[max(found)]].astype(float)


def _urban_codes(province: Province) -> frozenset[str]:
    communes = read_communes(province)
    return frozenset(communes.loc[communes["area_type"] == URBAN_GROUP, "commune_code"])


def _observations(frame: pd.DataFrame, name: str, source: dict[str, Any], urban: frozenset[str]) -> pd.DataFrame:
    """One observation a commune and mapped column; an empty cell is a missing figure, never zero, and does not apply to a town where
    the column is ``rural_only``."""
    parts = []
    for column, entry in source["columns"].items():
        values = pd.to_numeric(frame[column], errors="coerce")
        absent = np.where(
            frame["commune_code"].isin(urban) & entry.get("rural_only", False), Status.NOT_APPLICABLE, Status.MISSING
        )
        parts.append(
            pd.DataFrame(
                {
                    "commune_code": frame["commune_code"],
                    "reference_date": pd.Timestamp(entry["reference_date"]),
                    "variable": entry["variable"],
                    "value": values,
                    "status": np.where(values.isna(), absent, Status.REPORTED.value),
                    "provenance": entry["provenance"],
                    "reliability": entry["reliability"],
                    "source": source["attribution"],
                    "cell": [f"{row}:{column}" for row in range(2, len(frame) + 2)],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
