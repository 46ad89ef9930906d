"""When something is written: the moment of its snapshot, which always comes after everything that was written before."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb


def moment_of_writing(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> datetime:
    """The moment to write down for an entry: that of the snapshot being written, or just after the last one of its kind.

    A clock that goes back, or an import from a computer whose clock is ahead, would otherwise leave a newer entry out of force.

    Args:
        table, column: where the kind keeps its moment.
    """
    # Names that code declares; no value is part of the text.
    sql = f"SELECT (SELECT max(created_at) FROM snapshot), (SELECT max({column}) FROM {table})"  # noqa: S608
    snapshot, last = connection.execute(sql).fetchall()[0]
    return snapshot if last is None else max(snapshot, last + timedelta(microseconds=1))
