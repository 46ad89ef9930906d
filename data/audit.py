"""The audit log: what was done, when, by whom; lines are only added, and each carries the hash of the line before.

It lies beside the snapshots of a territory and not in them, so that an undo takes nothing out of it. It holds names of actions,
of files and of communes, and counts of cells; no figure of people and no sentence that anybody typed.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from data.exporting.columns import hxl_tags
from data.exporting.inert import inert_text
from data.province import Province, default_province
from data.store_error import StoreError
from data.store_place import store_root

FILE = "audit.sqlite"
# Two processes that write a line at once: the second one waits so many seconds.
PATIENCE = 10.0
LONGEST_DETAIL = 500
# What the first line carries in the place of a hash.
BEGINNING = "0" * 64

Detail = str | Mapping[str, str | int | bool | None]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS entry_never_changes BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a line of the audit log never changes'); END;
CREATE TRIGGER IF NOT EXISTS entry_never_goes BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a line of the audit log never goes'); END;
"""
_LAST = "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1"
_ADD = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)"
_READ = "SELECT number, at, actor, action, detail, previous, hash FROM entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: its number from 1, when (UTC), who (a role or pseudonym), which action, what it acted on, and both hashes."""

    number: int
    at: str
    actor: str
    action: str
    detail: str
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """The hash of what the line says and of the line before."""
        said = json.dumps([self.number, self.at, self.actor, self.action, self.detail, self.previous], ensure_ascii=False)
        return sha256(said.encode()).hexdigest()


class AuditLog:
    """The log of one territory.

    Args:
        folder: that of its store.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def record(self, actor: str, action: str, detail: Detail = "") -> Entry:
        """Add a line.

        Args:
            detail: what was acted on: a text without figures of people, or a few names with their values.

        Raises:
            StoreError: the log cannot be written (disk full, read only, held by another for too long).
        """
        said = detail if isinstance(detail, str) else json.dumps(dict(detail), ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as log:
                log.executescript(_SCHEMA)
                log.execute("BEGIN IMMEDIATE")
                number, previous = log.execute(_LAST).fetchone() or (0, BEGINNING)
                at = datetime.now(UTC).isoformat(timespec="milliseconds")
                entry = Entry(number + 1, at, actor, action, said[:LONGEST_DETAIL], previous, "")
                entry = replace(entry, hash=entry.expected_hash())
                log.execute(_ADD, astuple(entry))
                log.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise StoreError("store.audit_unwritable", file=str(self.path), reason=str(error)) from error
        return entry

    def entries(self, last: int | None = None) -> list[Entry]:
        """Lines, newest first: the last ones, or all; none where nothing was ever recorded.

        Raises:
            StoreError: the file cannot be read.
        """
        sql = f"{_READ} ORDER BY number DESC LIMIT ?"
        return [Entry(*row) for row in self._rows(sql, (-1 if last is None else last,))]

    def names_snapshot(self, snapshot_id: str) -> bool:
        """Whether a line tells of the writing of a snapshot."""
        sql = f"{_READ} WHERE json_valid(detail) AND json_extract(detail, '$.snapshot') = ? LIMIT 1"
        return bool(self._rows(sql, (snapshot_id,)))

    def broken_at(self) -> int | None:
        """Number of the first line that was changed, or before which one is missing; None where the chain is whole.

        Lines cut off at the end leave a whole chain: the number and hash of the last one, kept elsewhere
        (``verify`` prints them, a backup holds them), tell them.
        """
        expected, previous = 1, BEGINNING
        for row in self._rows(f"{_READ} ORDER BY number"):
            entry = Entry(*row)
            if (entry.number, entry.previous, entry.hash) != (expected, previous, entry.expected_hash()):
                return expected
            expected, previous = expected + 1, entry.hash
        return None

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        try:
            with self._open() as log:
                return log.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError("store.audit_unreadable", file=str(self.path), reason=str(error)) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as log:
            log.execute("PRAGMA synchronous = FULL")
            yield log


def record(actor: str, action: str, detail: Detail = "", province: Province | None = None) -> Entry:
    """Add a line to the log of a territory; to that of the default one for what concerns the whole installation.

    Raises:
        StoreError: the log cannot be written.
    """
    return AuditLog(store_root(province or default_province())).record(actor, action, detail)


def write_csv(entries: list[Entry], target: TextIO, *, hxl: bool = False) -> None:
    """The lines as CSV, oldest first, with their hashes: whoever has it can work the chain out again. ``hxl``: with the row of HXL
    tags."""
    lines = csv.writer(target, lineterminator="\r\n")
    names = [field.name for field in fields(Entry)]
    lines.writerow(names)
    if hxl:
        lines.writerow(hxl_tags(names))
    for entry in reversed(entries):
        lines.writerow([inert_text(value) if isinstance(value, str) else value for value in astuple(entry)])
