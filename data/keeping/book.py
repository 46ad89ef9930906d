"""The book of a snapshot: a small DuckDB file with every table but the figures, which lie in parts."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

import duckdb

from data.keeping import parts
from data.keeping.earlier import copy_to_book, move_observations, quoted
from data.keeping.files import file_state
from data.migrations import apply_migrations, list_pending
from data.store_error import StoreError

FOLDER = "snapshots"
SUFFIX = ".book"
# Each holds what DuckDB read of its figures.
BOOKS_OPEN = 4
_NAMES = """
    SELECT table_name FROM duckdb_tables() WHERE database_name = 'book'
    UNION ALL
    SELECT view_name FROM duckdb_views() WHERE database_name = 'book' AND NOT internal
"""


def open_book(path: Path, folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection that sees the tables of a book and the figures of its parts, to read only.

    A book never changes, so the last ones that were asked for stay open, and every caller has a cursor of its own: to open one takes
    40 ms, and the checks of one import open the published one several times. A book that an earlier version of the application wrote
    is brought up to date in memory.

    Args:
        folder: that of the store.

    Raises:
        StoreError: the book or a part is damaged or gone.
    """
    return _open_once(path, file_state(path), folder).cursor()


@lru_cache(maxsize=BOOKS_OPEN)
def _open_once(path: Path, _state: tuple[int, int], folder: Path) -> duckdb.DuckDBPyConnection:
    # What a query freed goes back to the system at once: after the figures of a country 0.3 GB stay, not 1.8.
    memory = duckdb.connect(config={"allocator_background_threads": True})
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
