"""Reads the tables of facts that ship with the project, each beside a ``.source.yaml`` that says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.model import Definitions, Status
from data.douars import aggregate_douars
from data.loaders.yaml_text import read_yaml

FOLDER = Path(__file__).parent / "reference"
URBAN_GROUP = "urban"
PROVINCE, PROVINCE_NAME = "09.541", "Taroudant province"


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One table of facts: its hash, what its source file says, and its figures as observations."""

    id: str
    title: str
    sha256: str
    source: dict[str, Any]
    observations: pd.DataFrame


@cache
def read_communes() -> pd.DataFrame:
    """The 89 communes: code (text), names, area type, cercle (empty for urban communes), comparison group, programme flag,
    centroid."""
    frame = _read_text("communes")
    frame["in_programme"] = frame["in_programme"] == "1"
    frame["group_code"] = frame["cercle_code"].where(frame["cercle_code"] != "", URBAN_GROUP)
    for column in ("centroid_lat", "centroid_lng"):
        frame[column] = frame[column].astype(float)
    return frame


@cache
def read_reference_files() -> tuple[ReferenceFile, ...]:
    """Every reference table that holds observations, in order of name."""
    files = [_read_file(name) for name in list_reference_names() if read_source(name)["columns"] or name == "douars"]
    return tuple(files)


def list_reference_names() -> list[str]:
    """Names of the reference tables, in order."""
    return sorted(p.name.removesuffix(".source.yaml") for p in FOLDER.glob("*.source.yaml"))


@cache
def read_source(name: str) -> dict[str, Any]:
    """What is said of a reference table's origin: title, producer, url, date, licence, status, notes, columns."""
    return read_yaml(FOLDER / f"{name}.source.yaml")


@cache
def read_province_totals() -> pd.DataFrame:
    """Totals for the province, the region and the country, one source a row: ``topic, indicator, value, unit, geography,
    reference_date, value_kind, issuing_body, source, note``; ``value`` is numeric."""
    frame = _read_text("province_totals")
    frame["value"] = pd.to_numeric(frame["value"])
    return frame


@cache
def read_douar_distances() -> pd.DataFrame:
    """Douars of the rural communes: ``commune_code, population`` and mean distance in km to each facility; NaN where the census
    withholds it."""
    frame = _read_text("douars")
    columns = ["population", "primary_school_km", "college_km", "lycee_km", "health_centre_km"]
    return frame[["commune_code"]].join(frame[columns].apply(pd.to_numeric, errors="coerce"))


def read_province_observations(definitions: Definitions) -> pd.DataFrame:
    """The totals of the province that an indicator of its own needs, as observations whose territory is ``PROVINCE``."""
    named = {v for i in definitions.province_indicators.values() for v in i.variables}
    rows = read_province_totals()
    rows = rows[(rows["geography"] == PROVINCE_NAME) & rows["indicator"].isin(named)]
    rows = rows.drop_duplicates(["indicator", "reference_date"])
    return pd.DataFrame(
        {
            "commune_code": PROVINCE,
            "reference_date": pd.to_datetime(rows["reference_date"], format="mixed"),
            "variable": rows["indicator"],
            "value": rows["value"],
            "status": Status.REPORTED.value,
            "provenance": rows["value_kind"],
            "reliability": "B",
            "source": rows["issuing_body"] + ", " + rows["reference_date"],
        }
    ).reset_index(drop=True)


def _read_text(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


def _read_file(name: str) -> ReferenceFile:
    source = read_source(name)
    frame = _read_text(name)
    if name == "douars":
        municipal = _read_text("population").set_index("commune_code")["municipal_population_2024"].astype(float)
        observations = aggregate_douars(frame, municipal, source)
    else:
        observations = _observations(frame, name, source)
    digest = sha256((FOLDER / f"{name}.csv").read_bytes()).hexdigest()
    return ReferenceFile(name, source["title"], digest, source, observations)


def _observations(frame: pd.DataFrame, name: str, source: dict[str, Any]) -> pd.DataFrame:
    """One observation a commune and mapped column; an empty cell is a missing figure, never zero."""
    parts = []
    for column, entry in source["columns"].items():
        values = pd.to_numeric(frame[column], errors="coerce")
        parts.append(
            pd.DataFrame(
                {
                    "commune_code": frame["commune_code"],
                    "reference_date": pd.Timestamp(entry["reference_date"]),
                    "variable": entry["variable"],
                    "value": values,
                    "status": [Status.MISSING.value if m else Status.REPORTED.value for m in values.isna()],
                    "provenance": entry["provenance"],
                    "reliability": entry["reliability"],
                    "source": source["attribution"],
                    "cell": [f"{row}:{column}" for row in range(2, len(frame) + 2)],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
