"""Writes into a draft of the store: communes, catalogue, uploads with what they say; removes the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import duckdb
import pandas as pd

from analytics.model import Provenance
from data.definition_rows import name_definitions
from data.frames import Territory
from data.keeping import parts
from data.loaders.definition_set import DefinitionSet
from data.records import entry_store, register, sheet_store
from data.records.entry_kind import EntryKind
from data.records.sheet_kind import SheetKind
from data.records.table import KINDS, entry_kinds, registers, sheet_kinds
from data.store_error import StoreError

REFERENCE = "reference"
DEMONSTRATION = "demonstration"
IMPORT = "import"
CORRECTION = "correction"
# What people sent, named to those only who are told of files.
SENT = (IMPORT, CORRECTION)


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


class RecordsOnDemand(Mapping[str, pd.DataFrame]):
    """Records by the id of their kind, each read when it is asked for: sheet records in force that a territory sees, all entries
    as text."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, territory: Territory) -> None:
        self._cursor, self._territory = cursor, territory

    def __getitem__(self, kind_id: str) -> pd.DataFrame:
        kind = KINDS[kind_id]
        if isinstance(kind, SheetKind):
            return sheet_store.read_in_force(self._cursor, kind, self._territory)
        if isinstance(kind, EntryKind):
            return entry_store.read_entries(self._cursor, kind)
        raise KeyError(kind_id)

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


def add_upload(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    observations: pd.DataFrame,
    records: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """Write an upload and what it says; the same file imported again replaces what it said before and counts as newest.

    Args:
        observations: ``commune_code, reference_date, variable, value, status, provenance, reliability, source, cell``.
        records: by id of their kind, with the columns of the kind.

    Returns:
        The upload's id.
    """
    records = records or {}
    values = {"id": upload.upload_id}
    parts.remove_upload(connection, upload.upload_id)
    for kind in sheet_kinds():
        sheet_store.remove_upload(connection, kind, upload.upload_id)
    connection.execute("DELETE FROM upload WHERE upload_id = $id", values)
    # By the number of the snapshot: the number of an upload that was dropped is never given again, for a drop can be taken back.
    connection.execute(
        """
        INSERT INTO upload
        SELECT $id, greatest(coalesce(max(upload_number), 0) + 1, 100 * (SELECT max(sequence) FROM snapshot)),
               $kind, $file_name, $sha256, $uploaded_at, $title, $source_url,
               $licence, $cells_in, $cells_kept, $cells_set_aside
        FROM upload
        """,
        {"id": upload.upload_id, "uploaded_at": datetime.now(UTC).replace(tzinfo=None), **asdict(upload)},
    )
    parts.add_upload(connection, upload.upload_id, observations)
    _add_records(connection, records, upload.upload_id)
    return upload.upload_id


def _add_records(connection: duckdb.DuckDBPyConnection, records: Mapping[str, pd.DataFrame], upload_id: str) -> None:
    for kind in sheet_kinds():
        if kind.id in records:
            sheet_store.add_records(connection, kind, records[kind.id], upload_id)
    for entry_kind in entry_kinds():
        if entry_kind.id in records:
            entry_store.add_entries(connection, entry_kind, records[entry_kind.id])


def remove_upload(connection: duckdb.DuckDBPyConnection, upload_id: str) -> None:
    """Take an upload out with the figures that it brought: what they replaced is in force again."""
    parts.remove_upload(connection, upload_id)
    connection.execute("DELETE FROM upload WHERE upload_id = $id", {"id": upload_id})


def count_demonstration(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many figures and records ``drop_demonstration`` would remove."""
    records = sum(sheet_store.count_demonstration(cursor, kind) for kind in sheet_kinds())
    records += sum(register.count_demonstration(cursor, kind) for kind in registers())
    return parts.count_provenance(cursor, Provenance.DEMONSTRATION.value) + records


def drop_demonstration(connection: duckdb.DuckDBPyConnection) -> int:
    """Remove every demonstration figure and record and leave all others; returns how many were removed.

    Raises:
        StoreError: there is none.
    """
    count = parts.remove_provenance(connection, Provenance.DEMONSTRATION.value)
    count += sum(sheet_store.remove_demonstration(connection, kind) for kind in sheet_kinds())
    count += sum(register.remove_demonstration(connection, kind) for kind in registers())
    if count == 0:
        raise StoreError("store.no_demonstration")
    connection.execute("DELETE FROM upload WHERE kind = $kind", {"kind": DEMONSTRATION})
    return count


def write_catalogue(connection: duckdb.DuckDBPyConnection, definitions: DefinitionSet) -> None:
    """Have the snapshot that is being written name these definitions, kept whole beside it; set down their variables and dated
    norms for whoever reads the file with SQL."""
    name_definitions(connection, definitions)
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
