"""Taking one action back, and nothing that others did since: what it added goes, what it took away comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa

from data.frames import Territory
from data.keeping import parts
from data.keeping.manifest import Manifest
from data.store import Snapshot, Store
from data.store_error import StoreError

ACTION = "revert"
# What these did is the ground that everything later stands on, or was no change of anything.
NEVER = frozenset(("init", "definitions"))
# Catalogues follow the definitions, not an action; parts are looked at by upload.
_ASIDE = frozenset(
    ("snapshot", "schema_migration", "commune", "variable", "norm", "definition_set", "snapshot_definitions", "observation_part")
)  # fmt: skip
_UPLOADS = """
    SELECT upload_id, upload_number, coalesce(sum(row_count), 0)
    FROM upload LEFT JOIN observation_part USING (upload_id)
    GROUP BY ALL
"""


def list_revertible(store: Store) -> list[Snapshot]:
    """Actions that can be taken back alone, the last one first: those whose snapshot is kept, and the one before it; for whoever
    writes for communes of their own, the actions of the same account."""
    history = store.history()
    kept = {snapshot.id for snapshot in history}
    mine = [s for s in history if store.writer.viewer.communes is None or s.actor == store.writer.actor]
    return [s for s in mine if s.action not in NEVER and s.parent_id in kept and _is_told(store, s.id, s.parent_id)]


def revert_action(store: Store, snapshot_id: str) -> Snapshot:
    """Publish a snapshot without what one action did; everything that was done since stays.

    Raises:
        StoreError: the action is not kept or cannot be taken back, it is another's or touches a commune that is not the writer's own,
            it changed nothing that is still there, somebody has changed since what it wrote, or another write takes too long.
    """
    manifest, own = store.shelf.manifest(snapshot_id), store.writer.viewer.communes
    if own is not None and manifest.actor != store.writer.actor:
        raise StoreError("store.revert_not_own")
    if manifest.parent_id is None or manifest.action in NEVER or not _is_told(store, snapshot_id, manifest.parent_id):
        raise StoreError("store.revert_never")
    with (
        store.open(snapshot_id) as then,
        store.open(manifest.parent_id) as before,
        store.write(ACTION, _said(manifest), own) as connection,
    ):
        changed = _revert_uploads(connection, then, before, own)
        for table in _tables(connection):
            changed |= _revert_rows(connection, table, (_rows(then, table), _rows(before, table)), own)
        if not changed:
            raise StoreError("store.revert_nothing")
    return store.current()


def _is_told(store: Store, *snapshot_ids: str) -> bool:
    """Whether snapshots tell what each upload holds; those from before figures lay in parts do not."""
    return not any(store.shelf.is_earlier(snapshot_id) for snapshot_id in snapshot_ids)


def _said(manifest: Manifest) -> str:
    return " ".join(part for part in (manifest.id, manifest.action, manifest.detail) if part)


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    sql = "SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY table_name"
    yield from (row[0] for row in connection.execute(sql).fetchall() if row[0] not in _ASIDE)


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> pa.Table:
    return connection.sql(f"FROM {table}").to_arrow_table()


def _revert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, states: tuple[pa.Table, pa.Table], own: Territory | None
) -> bool:
    """Take the rows out that an action added and put those back that it took, from the states after and before; whether there were
    any."""
    then, before = states
    if then.equals(before):
        return False
    connection.register("then_rows", then)
    connection.register("before_rows", before)
    columns = ", ".join(then.column_names)
    added = f"SELECT {columns} FROM then_rows EXCEPT SELECT {columns} FROM before_rows"  # noqa: S608
    taken = f"SELECT {columns} FROM before_rows EXCEPT SELECT {columns} FROM then_rows"  # noqa: S608
    same = " AND ".join(f"stored.{name} IS NOT DISTINCT FROM added.{name}" for name in then.column_names)
    try:
        changed = _count(connection, f"({added}) UNION ALL ({taken})")
        if own is not None and "commune_code" in then.column_names:
            codes = connection.execute(f"SELECT commune_code FROM (({added}) UNION ALL ({taken}))").fetchall()  # noqa: S608
            _require_own((code for (code,) in codes), own)
        if _count(connection, f"({added}) EXCEPT SELECT {columns} FROM {table}"):  # noqa: S608
            raise StoreError("store.revert_later")
        connection.execute(f"DELETE FROM {table} AS stored USING ({added}) AS added WHERE {same}")  # noqa: S608
        connection.execute(f"INSERT INTO {table} ({columns}) ({taken}) EXCEPT SELECT {columns} FROM {table}")  # noqa: S608
    except duckdb.ConstraintException as error:
        raise StoreError("store.revert_later") from error
    connection.unregister("then_rows")
    connection.unregister("before_rows")
    return changed > 0


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])  # noqa: S608


def _require_own(codes: Iterable[str], own: Territory) -> None:
    """Nothing where all communes are the writer's own: an account may have been given others since."""
    if not set(codes) <= set(own):
        raise StoreError("store.commune_not_own")


def _communes_of(snapshot: duckdb.DuckDBPyConnection, upload: str) -> list[str]:
    """Communes that an upload has figures of."""
    sql = "SELECT DISTINCT unnest(communes) FROM observation_part WHERE upload_id = $upload"
    return [row[0] for row in snapshot.execute(sql, {"upload": upload}).fetchall()]


def _revert_uploads(
    connection: duckdb.DuckDBPyConnection,
    then: duckdb.DuckDBPyConnection,
    before: duckdb.DuckDBPyConnection,
    own: Territory | None,
) -> bool:
    """Take the figures out that came with an action and put those back that it took; whether there were any."""
    said, had, now = (_uploads(snapshot) for snapshot in (then, before, connection))
    touched = [upload for upload in {**said, **had} if said.get(upload) != had.get(upload)]
    if any(said.get(upload) != now.get(upload) for upload in touched):
        raise StoreError("store.revert_later")
    files = parts.list_parts(before)
    for upload in touched:
        if own is not None:
            _require_own([*_communes_of(then, upload), *_communes_of(before, upload)], own)
        parts.remove_upload(connection, upload)
        if had.get(upload, (0, 0))[1]:
            parts.copy_upload(connection, upload, files)
    return bool(touched)


def _uploads(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Number of each upload in the order of sending, and how many figures it holds."""
    return {upload: (number, int(figures)) for upload, number, figures in connection.execute(_UPLOADS).fetchall()}
