"""Stores as earlier versions of the application left them: each snapshot one DuckDB file, figures in a table of it."""

from collections.abc import Collection

import duckdb

from data.migrations import SCHEMA
from data.store import Store

PARTS = "0011_parts"


def turn_earlier(store: Store, without: Collection[str] = ()) -> None:
    """Leave the published snapshot of a store as a version would have that knew neither parts nor some other migrations."""
    snapshot_id = store.snapshot_id()
    path = store.root / "snapshots" / f"{snapshot_id}.duckdb"
    with store.open() as source, duckdb.connect(str(path)) as target:
        target.execute("CREATE TABLE schema_migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
        for migration in sorted(SCHEMA.glob("*.sql")):
            if migration.stem < PARTS and migration.stem not in without:
                target.execute(migration.read_text(encoding="utf-8"))
                target.execute("INSERT INTO schema_migration VALUES ($name, now()::TIMESTAMP)", {"name": migration.stem})
        names = [row[0] for row in target.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        for name in names:
            if name != "schema_migration":
                _copy(source, target, name)
    for folder in ("figures", "snapshots"):
        for written in (store.root / folder).glob("*"):
            if written != path:
                written.unlink()


def _copy(source: duckdb.DuckDBPyConnection, target: duckdb.DuckDBPyConnection, table: str) -> None:
    columns = ", ".join(row[0] for row in target.execute(f"DESCRIBE {table}").fetchall())
    rows = source.sql(f"SELECT {columns} FROM {table}").to_arrow_table()
    target.register("incoming", rows)
    target.execute(f"INSERT INTO {table} SELECT {columns} FROM incoming")
    target.unregister("incoming")
