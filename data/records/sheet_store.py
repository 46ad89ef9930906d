"""Sheet records in the store: those in force, the rows of an upload, those of the demonstration."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.model import Provenance
from data.frames import Territory, has_table, read_frame
from data.records.sheet_kind import SheetKind

_OUTSIDE = "('outside', '')"

# The names in these statements are those of the kinds, which code declares; values are bound.


def read_in_force(cursor: duckdb.DuckDBPyConnection, kind: SheetKind, territory: Territory) -> pd.DataFrame:
    """The records in force that a territory sees: the kind's columns and ``upload_id``; no rows where the snapshot is
    older than the table."""
    columns = (*kind.columns, "upload_id")
    if not has_table(cursor, kind.table):
        return _no_rows(kind, columns)
    sql = f"""
        SELECT {", ".join(columns)}
        FROM {_in_force(kind)}
        WHERE {_is_seen(kind)}
        ORDER BY {", ".join(kind.order or kind.key)}
    """  # noqa: S608
    return read_frame(cursor, sql, territory=list(territory))


def list_uploads(cursor: duckdb.DuckDBPyConnection, kind: SheetKind, territory: Territory) -> list[str]:
    """Ids of the uploads that hold a record which a territory sees."""
    if not has_table(cursor, kind.table):
        return []
    sql = f"SELECT DISTINCT upload_id FROM {kind.table} WHERE {_is_seen(kind)}"  # noqa: S608
    return [row[0] for row in cursor.execute(sql, {"territory": list(territory)}).fetchall()]


def add_records(connection: duckdb.DuckDBPyConnection, kind: SheetKind, records: pd.DataFrame, upload_id: str) -> None:
    """Write the records of an upload into a draft of the store."""
    if records.empty:
        return
    columns = ", ".join(f"{value} AS {name}" for name, value in _typed(kind).items())
    connection.register("incoming", records)
    connection.execute(
        f"INSERT INTO {kind.table} BY NAME SELECT {columns}, $upload_id AS upload_id FROM incoming",  # noqa: S608
        {"upload_id": upload_id},
    )
    connection.unregister("incoming")


def remove_upload(connection: duckdb.DuckDBPyConnection, kind: SheetKind, upload_id: str) -> None:
    """Remove what an upload said."""
    connection.execute(f"DELETE FROM {kind.table} WHERE upload_id = $id", {"id": upload_id})  # noqa: S608


def count_demonstration(cursor: duckdb.DuckDBPyConnection, kind: SheetKind) -> int:
    """How many records the demonstration has; none in a snapshot that is older than the table."""
    if not has_table(cursor, kind.table):
        return 0
    sql = f"SELECT count(*) FROM {kind.table} WHERE provenance = $provenance"  # noqa: S608
    row = cursor.execute(sql, {"provenance": Provenance.DEMONSTRATION.value}).fetchone()
    return int(row[0]) if row else 0


def remove_demonstration(connection: duckdb.DuckDBPyConnection, kind: SheetKind) -> int:
    """Remove the demonstration's records; returns how many there were."""
    sql = f"DELETE FROM {kind.table} WHERE provenance = $provenance"  # noqa: S608
    row = connection.execute(sql, {"provenance": Provenance.DEMONSTRATION.value}).fetchone()
    return int(row[0]) if row else 0


def snapshot_checks(kind: SheetKind) -> list[tuple[str, str]]:
    """Queries that count records of an unknown commune or upload."""
    communes = f"SELECT unnest([{', '.join(kind.communes)}]) AS commune_code FROM {kind.table}"  # noqa: S608
    unknown = "ANTI JOIN commune USING (commune_code)"
    of_commune = (
        f"{kind.table}_of_unknown_commune",
        f"SELECT count(*) FROM ({communes}) {unknown} WHERE commune_code NOT IN {_OUTSIDE}",  # noqa: S608
    )
    of_upload = (
        f"{kind.table}_of_unknown_upload",
        f"SELECT count(*) FROM {kind.table} ANTI JOIN upload USING (upload_id)",  # noqa: S608
    )
    return [of_commune, of_upload] if kind.communes else [of_upload]


def _in_force(kind: SheetKind) -> str:
    if kind.in_force:
        return kind.in_force
    return f"""(
        SELECT stored.*
        FROM {kind.table} AS stored JOIN upload USING (upload_id)
        QUALIFY row_number() OVER (
            PARTITION BY {", ".join(f"stored.{name}" for name in kind.key)}
            ORDER BY (stored.provenance = 'demonstration'), upload.upload_number DESC
        ) = 1
    )"""  # noqa: S608


def _is_seen(kind: SheetKind) -> str:
    named = [f"{column} IN (SELECT unnest($territory))" for column in kind.seen_from]
    # Whoever sees no commune sees no record either.
    return " OR ".join((*named, f"({kind.seen_by_all} AND len($territory) > 0)") if kind.seen_by_all else named)


def _numbers(kind: SheetKind) -> set[str]:
    return {field.id for field in kind.layout().of_type("persons", "number")}


def _typed(kind: SheetKind) -> dict[str, str]:
    """Each column of the table as a value of ``incoming``."""
    months, numbers = {field.id for field in kind.layout().of_type("month", "day")}, _numbers(kind)
    return {
        name: f"CAST({name} AS DATE)"
        if name in months
        else f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END"
        if name in numbers
        else name
        for name in kind.columns
    }


def _no_rows(kind: SheetKind, columns: tuple[str, ...]) -> pd.DataFrame:
    types = dict.fromkeys(_numbers(kind), "float64")
    types |= {field.id: "datetime64[us]" for field in kind.layout().of_type("month", "day")}
    return pd.DataFrame({column: pd.Series(dtype=types.get(column, "str")) for column in columns})
