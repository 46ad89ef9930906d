"""Versioned migrations of the store: each ``schema/NNNN_name.sql`` is applied once, in order."""

from __future__ import annotations

from pathlib import Path

import duckdb

SCHEMA = Path(__file__).parent / "schema"


def apply_migrations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply the migrations that this database has not seen; returns their names. Runs inside the caller's transaction."""
    connection.execute("CREATE TABLE IF NOT EXISTS schema_migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
    pending = list_pending(connection)
    for path in pending:
        connection.execute(path.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO schema_migration VALUES ($name, current_timestamp)", {"name": path.stem})
    return [path.stem for path in pending]


def list_pending(connection: duckdb.DuckDBPyConnection, database: str = "") -> list[Path]:
    """The migrations that a database has not seen.

    Args:
        database: its name and a point, where it is not the connection's own.
    """
    rows = connection.execute(f"SELECT name FROM {database}schema_migration").fetchall()  # noqa: S608
    applied = {row[0] for row in rows}
    return [path for path in sorted(SCHEMA.glob("*.sql")) if path.stem not in applied]
