"""The DuckDB store as immutable snapshots: readers open the published one read-only; a writer fills a copy and publishes it.

A write copies the published snapshot, works on the copy in one transaction, checks it, makes it durable, and moves a small
pointer file in one atomic rename. Nobody ever writes to a file that is being read, a killed writer leaves the pointer where
it was, and undo publishes the snapshot before.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from data.definition_rows import inherit_definitions, read_snapshot_digest
from data.migrations import apply_migrations
from data.people.permissions import PUBLISH, UNDO, require_write
from data.people.viewer import OPERATOR, Person
from data.province import Province, default_province
from data.snapshot_checks import check_snapshot
from data.store_error import StoreError

DEFAULT_ROOT = Path(__file__).parent / "var"
ROOT_VARIABLE = "SERVICE_PRESSURE_STORE"
KEPT_SNAPSHOTS = 50


def store_root(province: Province) -> Path:
    """Folder of a territory's store below ``SERVICE_PRESSURE_STORE``.

    A store that was made before territories had folders lies at the root itself and is read and written where it is.
    """
    base = Path(os.environ.get(ROOT_VARIABLE, DEFAULT_ROOT))
    is_earlier = province.at_store_root and (base / "current").exists() and not (base / province.id / "current").exists()
    return base if is_earlier else base / province.id


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state: who made it from which parent, when, by which action, and the digest of the definitions that its
    figures are computed with (None for one made before they were kept)."""

    id: str
    parent_id: str | None
    created_at: datetime
    action: str
    detail: str
    is_current: bool
    definitions: str | None = None


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
        self._snapshots = self.root / "snapshots"
        self._pointer = self.root / "current"
        self._uploads = self.root / "uploads"

    def snapshot_id(self) -> str | None:
        """Id of the published snapshot, None when the store is empty."""
        try:
            return self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def open(self, snapshot_id: str | None = None) -> duckdb.DuckDBPyConnection:
        """A read-only connection to a snapshot (the published one by default); take a cursor for each use.

        Raises:
            StoreError: the store is empty or the snapshot no longer kept.
        """
        wanted = snapshot_id or self.snapshot_id()
        if wanted is None:
            raise StoreError("store.empty")
        path = self._path(wanted)
        if not path.exists():
            raise StoreError("store.snapshot_gone", snapshot=wanted)
        return duckdb.connect(str(path), read_only=True)

    @contextmanager
    def write(
        self, action: str, detail: str = "", about: Collection[str] | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Work on a copy of the published snapshot inside one transaction; publish it when the block ends without error.

        Args:
            about: the communes that the action touches; None where it touches the whole territory.

        Raises:
            StoreError: the writer may not do this, another write is under way, or the copy fails its checks; nothing is published
                then.
        """
        require_write(self.writer, action, about)
        with self._writing():
            snapshot_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}"
            draft = self._snapshots / f"draft-{snapshot_id}.duckdb"
            try:
                with self._draft(draft, snapshot_id, action, detail) as connection:
                    yield connection
                    _check(connection)
                _make_durable(draft)
                draft.replace(self._path(snapshot_id))
                self._point_to(snapshot_id)
            finally:
                self._remove_drafts()
            self._forget_old()

    def undo(self) -> Snapshot:
        """Publish the snapshot before the current one.

        Raises:
            StoreError: the writer may not do this, there is nothing before, or it is no longer kept.
        """
        require_write(self.writer, UNDO, None)
        with self._writing():
            current = self.current()
            if current.parent_id is None or not self._path(current.parent_id).exists():
                raise StoreError("store.nothing_to_undo")
            self._point_to(current.parent_id)
        return self.current()

    def publish(self, snapshot_id: str) -> Snapshot:
        """Publish any snapshot that is still kept: going back further than one step, or forward again after an undo.

        Raises:
            StoreError: the writer may not do this, or no such snapshot is kept.
        """
        require_write(self.writer, PUBLISH, None)
        with self._writing():
            if not self._path(snapshot_id).exists():
                raise StoreError("store.snapshot_gone", snapshot=snapshot_id)
            self._point_to(snapshot_id)
        return self.current()

    def current(self) -> Snapshot:
        """The published snapshot.

        Raises:
            StoreError: the store is empty.
        """
        published = self.snapshot_id()
        if published is None:
            raise StoreError("store.empty")
        return self._describe(published, published)

    def history(self) -> list[Snapshot]:
        """Every snapshot still kept, newest first; those left behind by an undo are listed too."""
        published = self.snapshot_id()
        found = [self._describe(path.stem, published) for path in self._snapshots.glob("*.duckdb") if not _is_draft(path)]
        return sorted(found, key=lambda s: (s.created_at, s.id), reverse=True)

    def archive(self, content: bytes, suffix: str) -> str:
        """Keep an uploaded file under its hash, unchanged; returns the hash."""
        digest = sha256(content).hexdigest()
        self._uploads.mkdir(parents=True, exist_ok=True)
        target = self._uploads / f"{digest}{suffix}"
        if not target.exists():
            draft = target.with_suffix(f".{uuid.uuid4().hex[:6]}.draft")
            draft.write_bytes(content)
            draft.replace(target)
        return digest

    def _path(self, snapshot_id: str) -> Path:
        return self._snapshots / f"{Path(snapshot_id).name}.duckdb"

    @contextmanager
    def _draft(self, path: Path, snapshot_id: str, action: str, detail: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A copy of the published snapshot, open in a transaction that commits when the block ends without error."""
        parent = self.snapshot_id()
        if parent is not None:
            shutil.copyfile(self._path(parent), path)
        now = datetime.now(UTC).replace(tzinfo=None)
        with duckdb.connect(str(path)) as connection:
            connection.begin()
            apply_migrations(connection)
            connection.execute(
                "INSERT INTO snapshot VALUES ($id, $parent, $created_at, $action, $detail)",
                {"id": snapshot_id, "parent": parent, "created_at": now, "action": action, "detail": detail},
            )
            # Until the catalogue is written again the figures keep the definitions of the snapshot before.
            inherit_definitions(connection, snapshot_id, parent)
            yield connection
            connection.commit()
            connection.execute("CHECKPOINT")

    def _point_to(self, snapshot_id: str) -> None:
        draft = self._pointer.with_suffix(f".{uuid.uuid4().hex[:6]}")
        draft.write_text(snapshot_id, encoding="ascii")
        _make_durable(draft)
        draft.replace(self._pointer)
        _make_durable(self.root)

    def _describe(self, snapshot_id: str, published: str | None) -> Snapshot:
        with self.open(snapshot_id) as connection:
            row = connection.execute(
                "SELECT parent_id, created_at, action, detail FROM snapshot WHERE snapshot_id = $id", {"id": snapshot_id}
            ).fetchone()
            digest = read_snapshot_digest(connection.cursor(), snapshot_id)
        assert row is not None, f"snapshot {snapshot_id} does not know itself"
        return Snapshot(snapshot_id, row[0], row[1], row[2], row[3], snapshot_id == published, digest)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, across processes; the lock goes with the process that holds it."""
        self._snapshots.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError("store.busy") from None
            self._remove_drafts()
            yield

    def _remove_drafts(self) -> None:
        for leftover in self._snapshots.glob("draft-*"):
            leftover.unlink()

    def _forget_old(self) -> None:
        kept = [p for p in self._snapshots.glob("*.duckdb") if p.stem != self.snapshot_id()]
        for old in sorted(kept)[:-KEPT_SNAPSHOTS]:
            old.unlink()


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    problems = check_snapshot(connection)
    if problems:
        raise StoreError("store.check_failed", problems=", ".join(problems))


def _is_draft(path: Path) -> bool:
    return path.name.startswith("draft-")


def _make_durable(path: Path) -> None:
    """Have the operating system write a file or folder to disk before anything points to it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
