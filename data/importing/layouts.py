"""Layouts of files: what is confirmed once for a sender's layout is not asked again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

import duckdb

from data.frames import has_table
from data.importing.blocks.block import Block
from data.importing.cells import RawCell
from data.importing.checks.structure import QUESTIONS
from data.importing.listed_rows import RawRow


def layout_of(blocks: Sequence[Block], listed: Sequence[RawCell | RawRow]) -> str:
    """Digest of the headings of a file's tables, months apart, and of what the file leaves open; empty where it leaves nothing.

    A hidden row is asked each time: it says nothing about the next file.
    """
    asked = sorted({key for one in listed for key in one.asked if key in QUESTIONS})
    if not asked or any(one.unseen for one in listed):
        return ""
    headings = {tuple(column.heading for column in block.columns.values() if column.month is None) for block in blocks}
    return sha256(json.dumps([asked, sorted(headings)], ensure_ascii=False).encode()).hexdigest()


def read_confirmed(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The layouts that were confirmed; none in a snapshot that is older than the table."""
    if not has_table(cursor, "confirmed_layout"):
        return frozenset()
    return frozenset(row[0] for row in cursor.execute("SELECT layout FROM confirmed_layout").fetchall())


def remember(connection: duckdb.DuckDBPyConnection, layout: str, upload_id: str) -> None:
    """Keep a layout with the upload for which it was confirmed; undo takes it back with the upload."""
    connection.execute(
        "INSERT INTO confirmed_layout VALUES ($layout, $upload, $now) ON CONFLICT DO NOTHING",
        {"layout": layout, "upload": upload_id, "now": datetime.now(UTC).replace(tzinfo=None)},
    )
