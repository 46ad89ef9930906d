"""Figures in parts: files in columns (Parquet) that never change, known by their hash, shared by all snapshots that hold them.

A snapshot names its parts in the table ``observation_part``; what reads or writes with SQL sees all of them together as
``observation``. Where figures come, a part is added; where some go, the part that held them is replaced by one without.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from data.frames import has_table
from data.keeping.files import draft_beside, hash_of, settle
from data.store_error import StoreError

FOLDER = "figures"
SUFFIX = ".parquet"
# A query opens each part: more than these are merged into one.
MOST_PARTS = 40

_COLUMNS = "commune_code, reference_date, variable, value, status, provenance, reliability, source, cell, upload_id"
_NOTHING = """
    SELECT NULL::VARCHAR AS commune_code, NULL::DATE AS reference_date, NULL::VARCHAR AS variable, NULL::DOUBLE AS value,
           NULL::VARCHAR AS status, NULL::VARCHAR AS provenance, NULL::VARCHAR AS reliability, NULL::VARCHAR AS source,
           NULL::VARCHAR AS cell, NULL::VARCHAR AS upload_id
    WHERE false
"""
_INCOMING = """
    SELECT CAST(commune_code AS VARCHAR) AS commune_code, CAST(reference_date AS DATE) AS reference_date,
           CAST(variable AS VARCHAR) AS variable, CASE WHEN isnan(value) THEN NULL ELSE CAST(value AS DOUBLE) END AS value,
           CAST(status AS VARCHAR) AS status, CAST(provenance AS VARCHAR) AS provenance,
           CAST(reliability AS VARCHAR) AS reliability, CAST(source AS VARCHAR) AS source, CAST(cell AS VARCHAR) AS cell,
           $upload_id AS upload_id
    FROM incoming
"""
# The figure in force: anything real before demonstration, then the newest upload.
_CURRENT = """
    VIEW current_observation AS
    SELECT o.*
    FROM observation AS o
    JOIN upload AS u USING (upload_id)
    QUALIFY row_number() OVER (
        PARTITION BY o.commune_code, o.reference_date, o.variable
        ORDER BY (o.provenance = 'demonstration'), u.upload_number DESC
    ) = 1
"""
_WRONG = {
    "observation_said_twice": "count(*) - count(DISTINCT (commune_code, reference_date, variable, upload_id))",
    "value_not_finite": "count(*) FILTER (NOT isfinite(value))",
    "value_against_status": "count(*) FILTER ((value IS NULL) <> (status IN ('missing', 'not_applicable', 'suppressed')))",
    "observation_incomplete": "count(*) - count(CASE WHEN commune_code IS NOT NULL AND reference_date IS NOT NULL AND variable "
    "IS NOT NULL AND status IS NOT NULL AND provenance IS NOT NULL AND reliability IS NOT NULL THEN 1 END)",
}
_DESCRIBE = """
    INSERT INTO observation_part
    SELECT $file_name, upload_id, count(*), list_sort(list(DISTINCT commune_code)), list_sort(list(DISTINCT variable))
    FROM read_parquet($path)
    GROUP BY upload_id
"""


def bind(connection: duckdb.DuckDBPyConnection, folder: Path, *, temporary: bool = False) -> None:
    """Have a connection see the parts that its snapshot names as ``observation`` and those in force as ``current_observation``.

    Args:
        folder: that of the store.
        temporary: for a connection that writes to the book itself.
    """
    kind = "OR REPLACE TEMPORARY" if temporary else "OR REPLACE"
    # Paths of our own store cannot be bound as parameters of a view; each quote is doubled.
    connection.execute(f"CREATE {kind} MACRO store_folder() AS {_quoted(str(folder))}")
    paths = [_quoted(str(folder / name)) for name in list_parts(connection)]
    source = f"SELECT {_COLUMNS} FROM read_parquet([{', '.join(paths)}])" if paths else _NOTHING  # noqa: S608
    connection.execute(f"CREATE {kind} VIEW observation AS {source}")
    connection.execute(f"CREATE {kind} {_CURRENT}")


def list_parts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Paths of the parts of a snapshot below the folder of the store."""
    rows = connection.execute("SELECT DISTINCT file_name FROM observation_part ORDER BY file_name").fetchall()
    return [f"{FOLDER}/{row[0]}" for row in rows]


def add_upload(connection: duckdb.DuckDBPyConnection, upload_id: str, observations: pd.DataFrame) -> None:
    """Add the figures of an upload (columns of ``observation`` but the upload) as a part of their own.

    Raises:
        StoreError: a figure is said twice, not finite, or contradicts its status.
    """
    if observations.empty:
        return
    connection.register("incoming", observations)
    add_rows(connection, _INCOMING, {"upload_id": upload_id})
    connection.unregister("incoming")
    _settle(connection)


def remove_upload(connection: duckdb.DuckDBPyConnection, upload_id: str) -> int:
    """Take the figures of an upload out; returns how many there were."""
    return _remove(connection, "upload_id = $out", upload_id)


def remove_provenance(connection: duckdb.DuckDBPyConnection, provenance: str) -> int:
    """Take the figures of one kind out, whatever file brought them; returns how many there were."""
    return _remove(connection, "provenance = $out", provenance)


def count_provenance(cursor: duckdb.DuckDBPyConnection, provenance: str) -> int:
    """How many figures of one kind there are, those that others replace too."""
    if has_table(cursor, "observation"):
        # A snapshot from before figures lay in parts.
        sql = "SELECT count(*) FROM observation WHERE provenance = $kind"
        return int(cursor.execute(sql, {"kind": provenance}).fetchall()[0][0])
    sql = "SELECT count(*) FROM read_parquet($path) WHERE provenance = $kind"
    paths = [str(_folder(cursor) / name) for name in list_parts(cursor)]
    return sum(int(cursor.execute(sql, {"path": path, "kind": provenance}).fetchall()[0][0]) for path in paths)


def copy_upload(connection: duckdb.DuckDBPyConnection, upload_id: str, files: Sequence[str]) -> None:
    """Put back the figures of an upload as they stand in parts of another snapshot."""
    paths = [str(_folder(connection) / name) for name in files]
    sql = f"SELECT {_COLUMNS} FROM read_parquet($paths) WHERE upload_id = $upload_id"  # noqa: S608
    add_rows(connection, sql, {"paths": paths, "upload_id": upload_id})
    _settle(connection)


def _remove(connection: duckdb.DuckDBPyConnection, condition: str, out: str) -> int:
    removed = 0
    for name in list_parts(connection):
        path = str(_folder(connection) / name)
        counts = f"SELECT count(*) FILTER ({condition}), count(*) FROM read_parquet($path)"  # noqa: S608
        going, there = connection.execute(counts, {"path": path, "out": out}).fetchall()[0]
        if not going:
            continue
        connection.execute("DELETE FROM observation_part WHERE file_name = $name", {"name": Path(name).name})
        if going < there:
            rest = f"SELECT {_COLUMNS} FROM read_parquet($path) WHERE NOT ({condition})"  # noqa: S608
            add_rows(connection, rest, {"path": path, "out": out})
        removed += going
    _settle(connection)
    return int(removed)


def _settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Merge parts where they have become many, and have the connection see those that there are."""
    names = list_parts(connection)
    if len(names) > MOST_PARTS:
        connection.execute("DELETE FROM observation_part")
        paths = [str(_folder(connection) / name) for name in names]
        add_rows(connection, f"SELECT {_COLUMNS} FROM read_parquet($paths)", {"paths": paths})  # noqa: S608
    bind(connection, _folder(connection), temporary=True)


def add_rows(connection: duckdb.DuckDBPyConnection, select: str, values: dict[str, object]) -> None:
    """Write the rows of a query as a part, check them, and name it in the snapshot.

    Raises:
        StoreError: a figure is said twice, not finite, or contradicts its status.
    """
    folder = _folder(connection) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    draft = draft_beside(folder / f"part{SUFFIX}")
    try:
        rows = connection.sql(select, params=values)
        # Sorted by what is read together: a variable of all communes lies in one place, and packs to a hundredth.
        rows.order("variable, commune_code, reference_date").write_parquet(str(draft), compression="zstd")
        _check(connection, draft)
        name = f"{hash_of(draft)[:32]}{SUFFIX}"
        settle(draft, folder / name)
    finally:
        draft.unlink(missing_ok=True)
    connection.execute(_DESCRIBE, {"file_name": name, "path": str(folder / name)})


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    problems = find_wrong(connection, [str(path)])
    if problems:
        raise StoreError("store.check_failed", problems=", ".join(problems))


def find_wrong(connection: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> list[str]:
    """Names of what is wrong with the rows of parts; empty where nothing is."""
    sql = f"SELECT {', '.join(_WRONG.values())} FROM read_parquet($paths)"  # noqa: S608
    counts = connection.execute(sql, {"paths": list(paths)}).fetchall()[0]
    return [name for name, count in zip(_WRONG, counts, strict=True) if count]


def _folder(connection: duckdb.DuckDBPyConnection) -> Path:
    return Path(str(connection.execute("SELECT store_folder()").fetchall()[0][0]))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
