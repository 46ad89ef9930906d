"""A store as one file, and back: every snapshot, every part, every upload, the audit log, each with its hash.

A backup is a ZIP of the files as they lie, the newest snapshots too while others write: what never changes is copied as it is, the
audit log through SQLite's own copy. ``backup.json`` holds the hash of each; nothing of a backup that is damaged is put back.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any

from data import audit
from data.keeping import book, parts
from data.keeping.files import draft_beside, hash_of, is_draft, make_durable, settle
from data.keeping.lock import disk_in_words, writer_lock
from data.keeping.shelf import ASIDE
from data.store import Store, StoreError

INDEX = "backup.json"
FORMAT = 1
_FOLDERS = (parts.FOLDER, book.FOLDER, "uploads")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the published snapshot, how many there are, how many files and bytes, the end of the audit log."""

    snapshot_id: str
    snapshots: int
    files: int
    size: int
    audit_hash: str


def write_backup(store: Store, target: Path) -> Backup:
    """Write all of a store to one file, whole or not at all; read back and compared before it gets its name.

    Raises:
        StoreError: the store is empty or damaged, a writer takes too long, or the disk refuses.
    """
    with disk_in_words(target.parent):
        draft = draft_beside(target)
        try:
            with writer_lock(store.root / "lock"), tempfile.TemporaryDirectory() as folder:
                if problem := store.trouble():
                    raise problem
                current = store.current().id
                _write_zip(store, draft, current, _copy_log(store, Path(folder)))
            backup = read_backup(draft)
            settle(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    return backup


def _write_zip(store: Store, draft: Path, current: str, log: Path | None) -> None:
    files = dict(_list_files(store.root)) | ({audit.FILE: log} if log else {})
    index = {
        "format": FORMAT,
        "territory": store.province.id,
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "current": current,
        "audit": next((entry.hash for entry in store.audit.entries(1)), ""),
        "files": {name: hash_of(path) for name, path in files.items()},
    }
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INDEX, json.dumps(index, ensure_ascii=False, indent=1))
        for name, path in files.items():
            archive.write(path, name)


def _list_files(root: Path) -> Iterator[tuple[str, Path]]:
    for folder in _FOLDERS:
        for path in sorted((root / folder).glob("*")):
            if path.is_file() and not is_draft(path):
                yield f"{folder}/{path.name}", path


def _copy_log(store: Store, folder: Path) -> Path | None:
    """The audit log as one file, whatever is being written to it; None where nothing was ever recorded."""
    if not store.audit.path.exists():
        return None
    copy = folder / audit.FILE
    with closing(sqlite3.connect(store.audit.path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def read_backup(path: Path) -> Backup:
    """Read all of a backup and compare every file with its hash.

    Raises:
        StoreError: it is no backup, damaged, or holds what its list does not name.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            index = _index(archive)
            for name, digest in index["files"].items():
                with archive.open(name) as file:
                    if file_digest(file, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                        raise StoreError("store.backup_damaged", file=path.name, name=name)
            size = sum(entry.file_size for entry in archive.infolist())
    except FileNotFoundError:
        raise StoreError("store.backup_missing", file=str(path)) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError) as error:
        raise StoreError("store.backup_damaged", file=path.name, name=INDEX) from error
    snapshots = sum(name.startswith(f"{book.FOLDER}/") and name.endswith((".json", ".duckdb")) for name in index["files"])
    return Backup(index["current"], snapshots, len(index["files"]), size, index["audit"])


def _index(archive: zipfile.ZipFile) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(archive.read(INDEX))
    names = set(archive.namelist()) - {INDEX}
    if index["format"] != FORMAT or names != set(index["files"]) or not all(_is_ours(name) for name in names):
        raise ValueError("not the files of its list")
    return index


def _is_ours(name: str) -> bool:
    """Whether a name of an archive is one that a store has: nothing is ever written elsewhere."""
    path = PurePosixPath(name)
    return name == audit.FILE or (len(path.parts) == 2 and path.parts[0] in _FOLDERS and path.name not in (".", ".."))


def restore_backup(store: Store, path: Path) -> Backup:
    """Put all of a backup in the place of a store that is empty, damaged, or another one; what was there is kept beside it.

    Nothing is touched before the whole backup was read and compared, and the restored store was opened.

    Raises:
        StoreError: the backup is damaged or of another territory, or the disk refuses; the store is what it was.
    """
    backup = read_backup(path)
    with disk_in_words(store.root.parent):
        store.root.mkdir(parents=True, exist_ok=True)
        with writer_lock(store.root / "lock"):
            # Or they would lie for ever in what is kept beside the restored store.
            store.shelf.sweep_drafts()
            incoming = Path(tempfile.mkdtemp(prefix="draft-restore-", dir=store.root))
            try:
                _unpack(path, incoming, store)
                _exchange(store.root, incoming)
            finally:
                shutil.rmtree(incoming, ignore_errors=True)
    return backup


def _unpack(path: Path, folder: Path, store: Store) -> None:
    """Write the files of a backup to a folder and open what it publishes."""
    with zipfile.ZipFile(path) as archive:
        index = _index(archive)
        if index["territory"] != store.province.id:
            raise StoreError("store.backup_of_another", territory=index["territory"], asked=store.province.id)
        for name in index["files"]:
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            with archive.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
            make_durable(target)
        (folder / "current").write_text(str(index["current"]), encoding="ascii")
    restored = Store(folder, province=store.province)
    if problem := restored.trouble():
        raise problem
    restored.open().close()


def _exchange(root: Path, incoming: Path) -> None:
    """Move what is there aside and the restored files in; the pointer goes first and comes last, so that a kill between leaves a
    store that knows that it must be repaired, never an empty one."""
    aside = root / f"{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir()
    names = ("current", audit.FILE, parts.FOLDER, "uploads", book.FOLDER)
    for name in names:
        if (root / name).exists():
            (root / name).rename(aside / name)
    for name in reversed(names):
        if (incoming / name).exists():
            (incoming / name).rename(root / name)
    make_durable(root)
    if not any(aside.iterdir()):
        aside.rmdir()
