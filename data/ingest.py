"""Writes into a draft of the store: communes, catalogue, uploads with what they say; removes demonstration figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import pandas as pd

from analytics.model import Provenance
from data.loaders.definition_set import DefinitionSet
from data.loaders.digest import write_contents
from data.store import StoreError

REFERENCE = "reference"
DEMONSTRATION = "demonstration"
IMPORT = "import"

_DELETES = (
    "DELETE FROM observation WHERE upload_id = $id",
    "DELETE FROM movement WHERE upload_id = $id",
    "DELETE FROM facility WHERE upload_id = $id",
    "DELETE FROM upload WHERE upload_id = $id",
)
_OBSERVATIONS = """
    INSERT INTO observation
    SELECT commune_code, CAST(reference_date AS DATE), variable, CASE WHEN isnan(value) THEN NULL ELSE value END,
           status, provenance, reliability, source, cell, $upload_id
    FROM incoming
"""
_MOVEMENTS = """
    INSERT INTO movement
    SELECT CAST(reference_date AS DATE), kind, origin_code, destination_code, home_code,
           CASE WHEN isnan(persons) THEN NULL ELSE persons END, status, provenance, reliability, source, cell, $upload_id
    FROM incoming
"""
_FACILITIES = """
    INSERT INTO facility
    SELECT facility_id, commune_code, sector, kind, name, CASE WHEN isnan(latitude) THEN NULL ELSE latitude END,
           CASE WHEN isnan(longitude) THEN NULL ELSE longitude END, CASE WHEN isnan(capacity) THEN NULL ELSE capacity END,
           capacity_unit, functional_status, status_reason, CAST(reference_date AS DATE), provenance, reliability, source, cell,
           $upload_id
    FROM incoming
"""
# Ids begin with the moment: the snapshot that is being written has the last.
_FORGET_DEFINITIONS = "DELETE FROM snapshot_definitions WHERE snapshot_id = (SELECT max(snapshot_id) FROM snapshot)"
_NAME_DEFINITIONS = "INSERT INTO snapshot_definitions SELECT max(snapshot_id), $digest FROM snapshot"
_KEEP_DEFINITIONS = """
    INSERT INTO definition_set
    SELECT $digest, $method_version, $contents, $kept_at
    WHERE NOT EXISTS (FROM definition_set WHERE digest = $digest)
"""
_COUNT_DEMONSTRATION = """
    SELECT (SELECT count(*) FROM observation WHERE provenance = $provenance)
         + (SELECT count(*) FROM movement WHERE provenance = $provenance)
         + (SELECT count(*) FROM facility WHERE provenance = $provenance)
"""
_DROPS = (
    "DELETE FROM observation WHERE provenance = $provenance",
    "DELETE FROM movement WHERE provenance = $provenance",
    "DELETE FROM facility WHERE provenance = $provenance",
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What is remembered of a file: its name and hash, what it says of itself, and the cells kept and set aside."""

    kind: str
    file_name: str
    sha256: str
    title: str = ""
    source_url: str = ""
    licence: str = ""
    cells_in: int = 0
    cells_kept: int = 0
    cells_set_aside: int = 0

    @property
    def upload_id(self) -> str:
        """Short id derived from kind and hash: the same file read again is the same upload."""
        return f"{self.kind}-{self.sha256[:16]}"


def add_upload(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    observations: pd.DataFrame,
    movements: pd.DataFrame | None = None,
    facilities: pd.DataFrame | None = None,
) -> str:
    """Write an upload and what it says; the same file imported again replaces what it said before and counts as newest.

    Args:
        observations: ``commune_code, reference_date, variable, value, status, provenance, reliability, source, cell``.
        movements: the columns of ``queries.read_movements`` but ``upload_id``.
        facilities: the columns of ``queries.read_facilities`` but ``upload_id``.

    Returns:
        The upload's id.
    """
    for delete in _DELETES:
        connection.execute(delete, {"id": upload.upload_id})
    connection.execute(
        """
        INSERT INTO upload
        SELECT $id, coalesce(max(upload_number), 0) + 1, $kind, $file_name, $sha256, $uploaded_at, $title, $source_url,
               $licence, $cells_in, $cells_kept, $cells_set_aside
        FROM upload
        """,
        {
            "id": upload.upload_id,
            "kind": upload.kind,
            "file_name": upload.file_name,
            "sha256": upload.sha256,
            "uploaded_at": datetime.now(UTC).replace(tzinfo=None),
            "title": upload.title,
            "source_url": upload.source_url,
            "licence": upload.licence,
            "cells_in": upload.cells_in,
            "cells_kept": upload.cells_kept,
            "cells_set_aside": upload.cells_set_aside,
        },
    )
    for insert, frame in ((_OBSERVATIONS, observations), (_MOVEMENTS, movements), (_FACILITIES, facilities)):
        if frame is not None and len(frame):
            _insert(connection, insert, upload.upload_id, frame)
    return upload.upload_id


def _insert(connection: duckdb.DuckDBPyConnection, insert: str, upload_id: str, frame: pd.DataFrame) -> None:
    connection.register("incoming", frame)
    connection.execute(insert, {"upload_id": upload_id})
    connection.unregister("incoming")


def drop_demonstration(connection: duckdb.DuckDBPyConnection) -> int:
    """Remove every demonstration figure, movement and facility and leave all others; returns how many were removed.

    Raises:
        StoreError: there is none.
    """
    values = {"provenance": Provenance.DEMONSTRATION.value}
    row = connection.execute(_COUNT_DEMONSTRATION, values).fetchone()
    count = int(row[0]) if row else 0
    if count == 0:
        raise StoreError("store.no_demonstration")
    for delete in _DROPS:
        connection.execute(delete, values)
    connection.execute("DELETE FROM upload WHERE kind = $kind", {"kind": DEMONSTRATION})
    return count


def write_catalogue(connection: duckdb.DuckDBPyConnection, definitions: DefinitionSet) -> None:
    """Have the snapshot that is being written name these definitions, kept whole beside it; set down their variables and dated
    norms for whoever reads the file with SQL."""
    keep_definitions(connection, definitions)
    connection.execute(_FORGET_DEFINITIONS)
    connection.execute(_NAME_DEFINITIONS, {"digest": definitions.digest})
    connection.execute("DELETE FROM variable")
    connection.executemany(
        "INSERT INTO variable VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (v.id, v.sheet, v.frequency, v.unit, v.kind, v.labels["fr"], v.labels["ar"], v.labels["en"], v.hxl)
            for v in definitions.variables.values()
        ],
    )
    connection.execute("DELETE FROM norm")
    connection.executemany(
        "INSERT INTO norm VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                norm.id,
                v.profile.value,
                v.effective_from,
                v.value,
                norm.unit,
                v.status.value,
                v.source.title,
                v.last_value_still_valid_on,
            )
            for norm in definitions.definitions.norms.values()
            for v in norm.values
        ],
    )


def keep_definitions(connection: duckdb.DuckDBPyConnection, definitions: DefinitionSet) -> None:
    """Keep definitions once, whoever names them."""
    connection.execute(
        _KEEP_DEFINITIONS,
        {
            "digest": definitions.digest,
            "method_version": definitions.method_version,
            "contents": write_contents(definitions.contents),
            "kept_at": datetime.now(UTC).replace(tzinfo=None),
        },
    )


def write_communes(connection: duckdb.DuckDBPyConnection, communes: pd.DataFrame) -> None:
    """Replace the table of communes."""
    columns = [
        "commune_code", "name_fr", "name_ar", "area_type", "cercle_code", "cercle_fr", "cercle_ar", "group_code",
        "in_programme", "centroid_lat", "centroid_lng",
    ]  # fmt: skip
    connection.register("incoming", communes[columns])
    connection.execute("DELETE FROM commune")
    connection.execute("INSERT INTO commune SELECT * FROM incoming")
    connection.unregister("incoming")
