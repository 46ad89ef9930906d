"""The store as immutable snapshots: readers open the published one; a writer makes a new one beside it and publishes it.

A snapshot is a manifest, a book (a small DuckDB file with every table but the figures) and the parts that hold the figures, which it
shares with the snapshots before. A write works on a copy of the book in one transaction, checks it, makes it durable, writes the
manifest, and moves a small pointer file in one atomic rename. Nobody ever writes to a file that is being read, a killed writer
leaves the pointer where it was, and undo publishes the snapshot before.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from data.actor import current_actor
from data.audit import AuditLog
from data.definition_rows import inherit_definitions
from data.keeping import book, earlier, parts
from data.keeping.files import draft_beside, hash_of, settle
from data.keeping.lock import disk_in_words, writer_lock
from data.keeping.manifest import Manifest, describe, write_manifest
from data.keeping.retention import list_forgotten
from data.keeping.sent_files import keep_sent_file
from data.keeping.shelf import Shelf
from data.migrations import apply_migrations
from data.people.permissions import PUBLISH, UNDO, require_write
from data.people.viewer import OPERATOR, Person
from data.province import Province, default_province
from data.publishing import run_ahead
from data.records.table import actions_without_figures
from data.snapshot_checks import check_snapshot
from data.store_error import StoreError
from data.store_place import DEFAULT_ROOT, ROOT_VARIABLE, store_root

__all__ = ["DEFAULT_ROOT", "ROOT_VARIABLE", "Snapshot", "Store", "StoreError", "store_root"]

# Their details name a file, a commune or a definition; those of the others are words that somebody typed.
NAMED_IN_AUDIT = frozenset(
    ("import", "definitions", "note", "note-withdrawn", "plan-text", "plan-version", "figure-corrected", "figure-withdrawn",
     "correction-undone", "proof", "proof-withdrawn", "month-submitted", "month-validated", "month-returned")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state: who made it from which parent, when, by which action, and the digest of the definitions that its
    figures are computed with (None for one made before they were kept); ``sequence`` is its number in the order of writing."""

    id: str
    parent_id: str | None
    created_at: datetime
    action: str
    detail: str
    is_current: bool
    definitions: str | None = None
    sequence: int = 0
    actor: str = ""


class Store:
    """A territory's folder of snapshots with a pointer to the published one, and the uploads kept by hash.

    Args:
        root: the folder; the territory's own below ``SERVICE_PRESSURE_STORE`` when it is not given.
        province: the territory; the default one when it is not given.
        writer: for whom it is written; whoever runs a command on this machine when nobody is given. A server gives the person.
    """

    def __init__(self, root: Path | None = None, *, province: Province | None = None, writer: Person = OPERATOR) -> None:
        self.writer = writer
        self.province = province or default_province()
        self.root = root or store_root(self.province)
        self.shelf = Shelf(self.root)
        self.audit = AuditLog(self.root)

    def snapshot_id(self) -> str | None:
        """Id of the snapshot that readers are on: the published one, the last good one where that is damaged or no longer
        known (``trouble`` tells); None when the store is empty or nothing in it can be read."""
        return self.shelf.state().snapshot_id

    def trouble(self) -> StoreError | None:
        """Why the store can only be read, and what to do; None where nothing is wrong."""
        return self.shelf.state().trouble

    def open(self, snapshot_id: str | None = None) -> duckdb.DuckDBPyConnection:
        """A read-only connection to a snapshot (the published one by default); take a cursor for each use.

        Raises:
            StoreError: the store is empty, or the snapshot damaged or no longer kept.
        """
        return self.shelf.open(snapshot_id or self._readable())

    @contextmanager
    def write(
        self, action: str, detail: str = "", about: Collection[str] | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Work on a copy of the published snapshot inside one transaction; publish it when the block ends without error.

        Args:
            about: the communes that the action touches; None where it touches the whole territory.

        Raises:
            StoreError: the writer may not do this, another write takes too long, the store can only be read, the disk is full, or the
                copy fails its checks; nothing is published then.
        """
        require_write(self.writer, action, about)
        with self._writing():
            draft = draft_beside(self.root / book.FOLDER / f"book{book.SUFFIX}")
            with self._draft(draft, action, detail) as connection:
                yield connection
                _check(connection)
                manifest = describe(connection, self._actor())
                named = parts.list_parts(connection)
            self._publish(draft, manifest, named)

    def _publish(self, draft: Path, manifest: Manifest, named: list[str]) -> None:
        """Name the files of a snapshot that is written, then the snapshot itself, do what is done ahead, then have readers see it."""
        name = f"{book.FOLDER}/{manifest.id}{book.SUFFIX}"
        settle(draft, self.root / name)
        before = self.shelf.manifest(manifest.parent_id).files if manifest.parent_id else {}
        hashes = {part: before.get(part) or hash_of(self.root / part) for part in named}
        manifest = replace(manifest, files={name: hash_of(self.root / name), **hashes})
        write_manifest(self.root / book.FOLDER, manifest)
        run_ahead(self, manifest.id)
        self.shelf.point_to(manifest.id)
        self._note(manifest.action, manifest.id, manifest.detail)
        for forgotten in list_forgotten(self.shelf.manifests(), actions_without_figures(), manifest.id):
            self.shelf.remove(forgotten)

    def undo(self) -> Snapshot:
        """Publish the snapshot before the current one.

        Raises:
            StoreError: the writer may not do this, there is nothing before, or it is damaged or no longer kept.
        """
        require_write(self.writer, UNDO, None)
        with self._writing():
            parent = self.current().parent_id
            if parent is None or not self.shelf.holds(parent):
                raise StoreError("store.nothing_to_undo")
            self._move_to(parent, "undo")
        return self.current()

    def publish(self, snapshot_id: str) -> Snapshot:
        """Publish any snapshot that is still kept: going back further than one step, or forward again after an undo.

        Raises:
            StoreError: the writer may not do this, no such snapshot is kept, or it is damaged.
        """
        require_write(self.writer, PUBLISH, None)
        with self._writing():
            self._move_to(snapshot_id, "publish")
        return self.current()

    def repair(self) -> Snapshot | None:
        """Publish the last good snapshot where the published one is damaged or no longer known; None where nothing is wrong.

        Raises:
            StoreError: the writer may not do this, or no snapshot can be read.
        """
        require_write(self.writer, "repair", None)
        with self._writing(mending=True):
            state = self.shelf.state()
            if state.trouble is None:
                return None
            if state.snapshot_id is None:
                raise state.trouble
            self._move_to(state.snapshot_id, "repair")
        return self.current()

    def _move_to(self, snapshot_id: str, action: str) -> None:
        self.shelf.require_whole(snapshot_id)
        run_ahead(self, snapshot_id)
        self.shelf.point_to(snapshot_id)
        self._note(action, snapshot_id)

    def current(self) -> Snapshot:
        """The snapshot that readers are on.

        Raises:
            StoreError: the store is empty.
        """
        published = self._readable()
        return _snapshot(self.shelf.manifest(published), published)

    def history(self) -> list[Snapshot]:
        """Every snapshot still kept, the last one written first; those left behind by an undo are listed too."""
        published = self.snapshot_id()
        found = [_snapshot(manifest, published) for manifest in self.shelf.manifests()]
        return sorted(found, key=lambda s: s.sequence, reverse=True)

    def archive(self, content: bytes, suffix: str) -> str:
        """Keep an uploaded file under its hash, unchanged; returns the hash.

        Raises:
            StoreError: the disk is full or may not be written.
        """
        return keep_sent_file(self.root, content, suffix)

    def _readable(self) -> str:
        """Id of the snapshot that readers are on.

        Raises:
            StoreError: there is none, or none that can be read.
        """
        state = self.shelf.state()
        if state.snapshot_id is None:
            raise state.trouble or StoreError("store.empty")
        return state.snapshot_id

    def _note(self, action: str, snapshot_id: str, detail: str = "") -> None:
        """Have the audit log tell what was done; what somebody typed stays in the snapshot."""
        named = {"detail": detail} if detail and action in NAMED_IN_AUDIT else {}
        self.audit.record(self._actor(), action, {"snapshot": snapshot_id, **named})

    def _actor(self) -> str:
        """Who writes, as the audit log and the history name them."""
        return current_actor() if self.writer == OPERATOR else self.writer.actor

    @contextmanager
    def _draft(self, path: Path, action: str, detail: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A copy of the published book, open in a transaction that commits when the block ends without error."""
        parent = self.snapshot_id()
        self._begin_book(parent, path)
        with duckdb.connect(str(path)) as connection:
            connection.begin()
            apply_migrations(connection)
            self._enter(connection, parent, action, detail)
            parts.bind(connection, self.root, temporary=True)
            yield connection
            connection.commit()
            connection.execute("CHECKPOINT")

    def _begin_book(self, parent: str | None, path: Path) -> None:
        if parent is None:
            book.create_book(path, self.root)
        elif self.shelf.is_earlier(parent):
            earlier.rewrite_earlier(self.shelf.earlier_path(parent), self.root, path)
        else:
            book.copy_book(self.shelf.book_path(parent), path)

    def _enter(self, connection: duckdb.DuckDBPyConnection, parent: str | None, action: str, detail: str) -> None:
        """Enter the snapshot that is being written: its number and moment come after those of every other one."""
        last, latest = connection.execute("SELECT max(sequence), max(created_at) FROM snapshot").fetchall()[0]
        others = self.shelf.manifests()
        sequence = 1 + max([last or 0, *(m.sequence for m in others)])
        moments = [m.created_at + timedelta(microseconds=1) for m in others]
        moments += [latest + timedelta(microseconds=1)] if latest else []
        moment = max([datetime.now(UTC).replace(tzinfo=None), *moments])
        snapshot_id = f"{moment:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}"
        connection.execute(
            "INSERT INTO snapshot (snapshot_id, parent_id, created_at, action, detail, sequence) "
            "VALUES ($id, $parent, $created_at, $action, $detail, $sequence)",
            {"id": snapshot_id, "parent": parent, "created_at": moment, "action": action, "detail": detail,
             "sequence": sequence},
        )  # fmt: skip
        # Until the catalogue is written again the figures keep the definitions of the snapshot before.
        inherit_definitions(connection, snapshot_id, parent)

    @contextmanager
    def _writing(self, *, mending: bool = False) -> Iterator[None]:
        """One writer at a time, across processes; refused where the store must be repaired first."""
        with disk_in_words(self.root):
            (self.root / book.FOLDER).mkdir(parents=True, exist_ok=True)
            with writer_lock(self.root / "lock"):
                trouble = None if mending else self.trouble()
                if trouble is not None:
                    raise trouble
                self.shelf.sweep()
                try:
                    yield
                finally:
                    self.shelf.sweep()


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    problems = check_snapshot(connection)
    if problems:
        raise StoreError("store.check_failed", problems=", ".join(problems))


def _snapshot(manifest: Manifest, published: str | None) -> Snapshot:
    return Snapshot(
        manifest.id, manifest.parent_id, manifest.created_at, manifest.action, manifest.detail, manifest.id == published,
        manifest.definitions, manifest.sequence, manifest.actor,
    )  # fmt: skip
