"""The book of a snapshot: a small DuckDB file with every table but the figures, which lie in parts."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from data.keeping import parts
from data.keeping.earlier import copy_to_book, move_observations, quoted
from data.migrations import apply_migrations, list_pending
from data.store_error import StoreError

FOLDER = "snapshots"
SUFFIX = ".book"
_NAMES = """
    SELECT table_name FROM duckdb_tables() WHERE database_name = 'book'
    UNION ALL
    SELECT view_name FROM duckdb_views() WHERE database_name = 'book' AND NOT internal
"""


def open_book(path: Path, folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection that sees the tables of a book and the figures of its parts; what it writes is kept nowhere.

    A book that an earlier version of the application wrote is brought up to date in memory.

    Args:
        folder: that of the store.

    Raises:
        StoreError: the book or a part is damaged or gone.
    """
    memory = duckdb.connect()
    try:
        memory.execute(f"ATTACH '{quoted(path)}' AS book (READ_ONLY)")
        if list_pending(memory, "book."):
            memory.execute("COPY FROM DATABASE book TO memory")
            apply_migrations(memory)
        else:
            names = [row[0] for row in memory.execute(_NAMES).fetchall()]
            memory.execute(";".join(f"CREATE VIEW {name} AS FROM book.main.{name}" for name in names))
        parts.bind(memory, folder)
    except duckdb.Error as error:
        memory.close()
        raise StoreError("store.snapshot_damaged", snapshot=path.stem, file=path.name) from error
    return memory


def create_book(path: Path, folder: Path) -> None:
    """Write the book of a store that holds nothing yet."""
    with duckdb.connect() as memory:
        apply_migrations(memory)
        move_observations(memory, folder)
        copy_to_book(memory, path)


def copy_book(before: Path, path: Path) -> None:
    """Begin a book with what stands in the one before."""
    shutil.copyfile(before, path)
