"""Entries read whole from the store as text, and written back whole; what was withdrawn goes with the rest."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.frames import Territory, has_table, read_frame
from data.records.entry_kind import EntryField, EntryKind


def read_entries(cursor: duckdb.DuckDBPyConnection, kind: EntryKind, about: Territory | None = None) -> pd.DataFrame:
    """Every entry of a kind as text, in the order of writing; no rows where the snapshot is older than the table.

    Args:
        about: the communes whose entries are read; all where None is given.
    """
    if about is not None:
        of = kind.of_commune or "''"
        sql = f"SELECT * FROM ({_select(kind)}) WHERE {of} IN (SELECT unnest($about))"  # noqa: S608
        return read_frame(cursor, sql, about=list(about)) if has_table(cursor, kind.table) else _no_entries(kind)
    if not has_table(cursor, kind.table):
        return _no_entries(kind)
    return read_frame(cursor, _select(kind))


def _no_entries(kind: EntryKind) -> pd.DataFrame:
    return pd.DataFrame(columns=list(kind.columns), dtype=str)


def add_entries(connection: duckdb.DuckDBPyConnection, kind: EntryKind, entries: pd.DataFrame) -> None:
    """Put entries as ``read_entries`` gives them into a draft of the store; those that it has are not doubled."""
    if entries.empty:
        return
    connection.register("incoming", entries)
    for statement in kind.add or (_insert_new(kind),):
        connection.execute(statement)
    connection.unregister("incoming")


# The names in these statements are those of the kinds, which code declares; values are never part of the text.


def _select(kind: EntryKind) -> str:
    columns = ", ".join(f"coalesce(CAST(stored.{name} AS VARCHAR), '') AS {name}" for name in kind.columns)
    order = ", ".join(f"stored.{name}" for name in kind.order)
    return f"SELECT {columns} FROM (FROM {kind.source or kind.table}) AS stored ORDER BY {order}"  # noqa: S608


def _insert_new(kind: EntryKind) -> str:
    """Appends the entries of ``incoming`` whose key is not in the table."""
    of = {field.id: _typed(field) for field in kind.fields}
    key = kind.key or kind.columns
    columns = ", ".join(f"{value} AS {name}" for name, value in of.items())
    known = " AND ".join(f"known.{name} IS NOT DISTINCT FROM {of[name]}" for name in key)
    if kind.numbered_by:
        first, *then = (of[name] for name in (kind.order[0], *kind.columns))
        columns += (
            f", (SELECT coalesce(max({kind.numbered_by}), 0) FROM {kind.table})"  # noqa: S608
            f" + row_number() OVER (ORDER BY {', '.join((first, *then))}) AS {kind.numbered_by}"
        )
    return f"""
        INSERT INTO {kind.table} BY NAME
        SELECT {columns}
        FROM (SELECT DISTINCT ON ({", ".join(key)}) * FROM incoming) AS incoming
        WHERE NOT EXISTS (FROM {kind.table} AS known WHERE {known})
    """  # noqa: S608


def _typed(field: EntryField) -> str:
    """A text of ``incoming`` as the value of its column."""
    text = f"nullif(incoming.{field.id}, '')" if field.nullable else f"incoming.{field.id}"
    return text if field.sql_type == "VARCHAR" else f"CAST({text} AS {field.sql_type})"
