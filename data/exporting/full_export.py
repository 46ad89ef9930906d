"""The whole store as CSV files that any tool reads, and that import again to the same figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd

from data import queries
from data.exporting.inert import inert_text
from data.store import Store
from data.writings import read_writings

OBSERVATION_COLUMNS = [
    "commune_code", "commune_name", "reference_date", "variable", "value", "status", "provenance", "reliability", "source",
    "upload_id", "cell",
]  # fmt: skip

MOVEMENT_COLUMNS = [
    "reference_date", "kind", "origin_code", "origin_name", "destination_code", "destination_name", "home_code", "home_name",
    "persons", "status", "provenance", "reliability", "source", "upload_id", "cell",
]  # fmt: skip
FACILITY_COLUMNS = [
    "facility_id", "commune_code", "commune_name", "reference_date", "sector", "kind", "name", "latitude", "longitude", "capacity",
    "capacity_unit", "functional_status", "status_reason", "provenance", "reliability", "source", "upload_id", "cell",
]  # fmt: skip


def export_store(store: Store, folder: Path) -> list[Path]:
    """Write ``observations.csv``, ``movements.csv``, ``facilities.csv`` (what is in force), ``communes.csv``, ``variables.csv``,
    ``norms.csv``, ``uploads.csv``; and what people wrote, withdrawn or not: ``decisions.csv``, ``commune_notes.csv``,
    ``scenarios.csv``, ``plan_texts.csv``, ``plan_versions.csv``.

    Every file is UTF-8 with a mark, values exact, and appears whole or not at all.

    Raises:
        StoreError: the store is empty.
        OSError: the folder cannot be written.
    """
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        communes = queries.read_communes(connection, territory)
        tables = {
            "observations": _observations(queries.read_observations(connection, territory), communes),
            "movements": _movements(queries.read_movements(connection, territory), communes),
            "facilities": _facilities(queries.read_facilities(connection, territory), communes),
            "communes": communes,
            "variables": queries.read_variables(connection),
            "norms": queries.read_norms(connection),
            "uploads": queries.read_uploads(connection, territory),
            **read_writings(connection),
        }
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"{name}.csv", table) for name, table in tables.items()]


def _observations(observations: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    names = communes.set_index("commune_code")["name_fr"]
    return observations.assign(
        commune_name=observations["commune_code"].map(names),
        reference_date=observations["reference_date"].dt.strftime("%Y-%m-%d"),
        value=observations["value"].map(_exact),
    )[OBSERVATION_COLUMNS]


def _movements(movements: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    names = communes.set_index("commune_code")["name_fr"]
    ends = {f"{end}_name": movements[f"{end}_code"].map(names).fillna("") for end in ("origin", "destination", "home")}
    return movements.assign(
        **ends,
        reference_date=movements["reference_date"].dt.strftime("%Y-%m-%d"),
        persons=movements["persons"].map(_exact),
    )[MOVEMENT_COLUMNS]


def _facilities(facilities: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    figures = {column: facilities[column].map(_exact) for column in ("latitude", "longitude", "capacity")}
    return facilities.assign(
        **figures,
        commune_name=facilities["commune_code"].map(communes.set_index("commune_code")["name_fr"]),
        reference_date=facilities["reference_date"].dt.strftime("%Y-%m-%d"),
    )[FACILITY_COLUMNS]


def _exact(value: float) -> str:
    """Every digit of a value without an exponent; empty when there is none."""
    if pd.isna(value):
        return ""
    return f"{int(value)}" if float(value).is_integer() else f"{Decimal(repr(float(value))):f}"


def _inert(column: pd.Series) -> pd.Series:
    """A column with its texts made inert; each text is looked at once, however many rows say it."""
    changed = {v: inert_text(v) for v in column.unique() if isinstance(v, str) and inert_text(v) != v}
    return column.map(lambda v: changed.get(v, v)) if changed else column


def _write(path: Path, table: pd.DataFrame) -> Path:
    safe = table.apply(_inert)
    draft = path.with_suffix(".draft")
    safe.to_csv(draft, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    draft.replace(path)
    return path
