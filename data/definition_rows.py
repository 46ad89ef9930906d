"""The rows of the store that hold definitions: each set once by its digest, and which one a snapshot names."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from data.frames import has_table
from data.loaders.definition_set import DefinitionSet
from data.loaders.digest import write_contents

_KEEP = """
    INSERT INTO definition_set
    SELECT $digest, $method_version, $contents, $kept_at
    WHERE NOT EXISTS (FROM definition_set WHERE digest = $digest)
"""
# The snapshot that is being written has the last number.
_FORGET = "DELETE FROM snapshot_definitions WHERE snapshot_id = (SELECT arg_max(snapshot_id, sequence) FROM snapshot)"
_NAME = "INSERT INTO snapshot_definitions SELECT arg_max(snapshot_id, sequence), $digest FROM snapshot"
_INHERIT = "INSERT INTO snapshot_definitions SELECT $id, digest FROM snapshot_definitions WHERE snapshot_id = $parent"


def keep_definitions(connection: duckdb.DuckDBPyConnection, definitions: DefinitionSet) -> None:
    """Keep definitions once, whoever names them."""
    connection.execute(
        _KEEP,
        {
            "digest": definitions.digest,
            "method_version": definitions.method_version,
            "contents": write_contents(definitions.contents),
            "kept_at": datetime.now(UTC).replace(tzinfo=None),
        },
    )


def name_definitions(connection: duckdb.DuckDBPyConnection, definitions: DefinitionSet) -> None:
    """Have the snapshot that is being written name these definitions, and keep them beside it."""
    keep_definitions(connection, definitions)
    connection.execute(_FORGET)
    connection.execute(_NAME, {"digest": definitions.digest})


def inherit_definitions(connection: duckdb.DuckDBPyConnection, snapshot_id: str, parent_id: str | None) -> None:
    """Have a new snapshot name the definitions of the one before it; it stays so unless the catalogue is written again."""
    connection.execute(_INHERIT, {"id": snapshot_id, "parent": parent_id})


def read_snapshot_digest(cursor: duckdb.DuckDBPyConnection, snapshot_id: str) -> str | None:
    """Digest of the definitions that a snapshot names; None for one made before they were kept."""
    if not has_table(cursor, "snapshot_definitions"):
        return None
    sql = "SELECT digest FROM snapshot_definitions WHERE snapshot_id = $snapshot_id"
    rows = cursor.execute(sql, {"snapshot_id": snapshot_id}).fetchall()
    return str(rows[0][0]) if rows else None


def read_kept_contents(cursor: duckdb.DuckDBPyConnection, digest: str) -> str | None:
    """The definitions of a digest as they were kept (``data.loaders.digest.read_contents``); None where they were not."""
    if not has_table(cursor, "definition_set"):
        return None
    rows = cursor.execute("SELECT contents FROM definition_set WHERE digest = $digest", {"digest": digest}).fetchall()
    return str(rows[0][0]) if rows else None
