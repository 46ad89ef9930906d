"""The definitions that snapshots were computed with, kept in the store: one row a digest, named by each snapshot.

A note, a decision, a scenario or a plan changes no figure and keeps the definitions of the snapshot before it. What writes the
catalogue (the first snapshot, an import, ``adopt_today``) takes those of the files; the history says so.
"""

from __future__ import annotations

import duckdb

from data.definition_rows import read_kept_contents
from data.ingest import write_catalogue
from data.loaders.definition_set import DefinitionSet
from data.loaders.differences import differences
from data.loaders.digest import read_contents, short
from data.loaders.today import load_today, require_sound
from data.province import Province
from data.store import Snapshot, Store

ACTION = "definitions"
# So many changes are named in the history; the others are counted.
NAMED = 3


def read_set(cursor: duckdb.DuckDBPyConnection, digest: str, province: Province) -> DefinitionSet | None:
    """The definitions of a digest: those of the files where they are the same, else as they were kept; None where they
    were not, or where this version of the application no longer reads them."""
    today = load_today(province)
    if digest == today.digest:
        return today
    contents = read_kept_contents(cursor, digest)
    kept = None if contents is None else DefinitionSet(read_contents(contents))
    return kept if kept is not None and kept.is_readable else None


def set_in_force(store: Store) -> DefinitionSet | None:
    """The definitions of the published snapshot; None where it has none that are kept.

    Raises:
        StoreError: the store is empty.
    """
    snapshot = store.current()
    with store.open(snapshot.id) as connection:
        return read_set(connection.cursor(), snapshot.definitions, store.province) if snapshot.definitions else None


def describe_move(store: Store) -> str:
    """What today's definitions say otherwise than those of the published snapshot, in a line of the history; empty where nothing."""
    today = load_today(store.province)
    before = store.current().definitions
    if before == today.digest:
        return ""
    kept = set_in_force(store)
    line = f"{short(before) if before else '—'} → {short(today.digest)}"
    if kept is None:
        return line
    found = differences(kept, today)
    named = [f"{d.name} {d.place}: {d.written(d.before)} → {d.written(d.after)}" for d in found[:NAMED]]
    more = [f"+ {len(found) - NAMED}"] if len(found) > NAMED else []
    return " ; ".join([line, *named, *more])


def adopt_today(store: Store) -> Snapshot | None:
    """Publish the figures with today's definitions, where these are others than those they were published with; None otherwise.

    Raises:
        StoreError: the store is empty, another write is under way, or a figure is of a variable that is no longer defined.
        DefinitionsError: the definitions of today are broken.
    """
    require_sound(store.province)
    moved = describe_move(store)
    if not moved:
        return None
    with store.write(ACTION, moved) as connection:
        write_catalogue(connection, load_today(store.province))
    return store.current()
