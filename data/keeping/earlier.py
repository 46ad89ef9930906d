"""Snapshots of a store made before figures had files of their own: read as they are, brought up to date with the next write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from data.definition_rows import read_snapshot_digest
from data.keeping import parts
from data.keeping.manifest import Manifest
from data.migrations import apply_migrations
from data.store_error import StoreError

SUFFIX = ".duckdb"
# Tables are small: with blocks of the usual size each would take a quarter of a megabyte of every snapshot.
BLOCK = 16384


def open_earlier(path: Path) -> duckdb.DuckDBPyConnection:
    """A copy in memory of an earlier snapshot, with every migration applied.

    Raises:
        StoreError: the file is damaged.
    """
    memory = duckdb.connect()
    try:
        memory.execute(f"ATTACH '{quoted(path)}' AS earlier (READ_ONLY)")
        memory.execute("COPY FROM DATABASE earlier TO memory")
        memory.execute("DETACH earlier")
        apply_migrations(memory)
    except duckdb.Error as error:
        memory.close()
        raise StoreError("store.snapshot_damaged", snapshot=path.stem, file=path.name) from error
    return memory


def rewrite_earlier(path: Path, folder: Path, book: Path) -> None:
    """Write an earlier snapshot as a book, and its figures as parts below the folder of the store."""
    with open_earlier(path) as memory:
        move_observations(memory, folder)
        copy_to_book(memory, book)


def move_observations(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Move the figures of a table ``observation`` to parts, one a file that was sent; nothing where they lie there already."""
    if not _has_table(connection):
        return
    connection.execute("DROP VIEW IF EXISTS current_observation")
    connection.execute("ALTER TABLE observation RENAME TO observation_before")
    parts.bind(connection, folder, temporary=True)
    for (upload_id,) in connection.execute("SELECT DISTINCT upload_id FROM observation_before ORDER BY ALL").fetchall():
        parts.add_rows(connection, "FROM observation_before WHERE upload_id = $upload_id", {"upload_id": upload_id})
    connection.execute("DROP TABLE observation_before")


def copy_to_book(memory: duckdb.DuckDBPyConnection, book: Path) -> None:
    """Write every table of a connection in memory to a new file with small blocks."""
    memory.execute(f"ATTACH '{quoted(book)}' AS book (BLOCK_SIZE {BLOCK})")
    memory.execute("COPY FROM DATABASE memory TO book")
    memory.execute("DETACH book")


def _has_table(connection: duckdb.DuckDBPyConnection) -> bool:
    sql = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'observation' AND database_name = current_database()"
    return bool(connection.execute(sql).fetchall())


def quoted(path: Path) -> str:
    """A path inside a statement, where none can be bound."""
    return str(path).replace("'", "''")


def describe(path: Path) -> Manifest | None:
    """What an earlier snapshot says of itself, as a manifest without hashes; None where it cannot be read."""
    snapshot_id = path.stem
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            sql = "SELECT parent_id, created_at, action, detail FROM snapshot WHERE snapshot_id = $id"
            parent, moment, action, detail = connection.execute(sql, {"id": snapshot_id}).fetchall()[0]
            digest = read_snapshot_digest(connection.cursor(), snapshot_id)
    except (duckdb.Error, IndexError):
        return None
    return Manifest(snapshot_id, 0, parent, moment, action, detail, "", digest, {})


def number(found: Iterable[Manifest | None]) -> list[Manifest]:
    """Earlier snapshots with numbers: there were none, and the order of their moments is all that is known."""
    known = sorted((m for m in found if m is not None), key=lambda m: (m.created_at, m.id))
    return [replace(manifest, sequence=at) for at, manifest in enumerate(known, 1)]
