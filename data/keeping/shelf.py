"""The snapshots of a store as they lie on the disk: which there are, which is published, which are whole."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from data.keeping import book, earlier, parts
from data.keeping.files import DRAFT, file_state, hash_of, is_draft, write_whole
from data.keeping.manifest import SUFFIX, Manifest, list_ids, read_manifest
from data.store_error import StoreError

# Where a restore puts what was there: a store beside which such a folder lies is not one that was never filled.
ASIDE = "before-restore-"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class State:
    """The snapshot that readers are on, None where there is none; why nothing may be written, None where all is well."""

    snapshot_id: str | None
    trouble: StoreError | None = None


class Shelf:
    """The folder of a store: manifests, books, parts, the pointer; earlier snapshots, which are one file each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / book.FOLDER
        self._pointer = root / "current"

    def state(self) -> State:
        """What readers are on: the published snapshot where it is whole, otherwise the last one that is.

        A missing pointer beside snapshots is a fault and never an empty store: somebody's figures are there.
        """
        published = self._pointed()
        if published is not None and self.is_whole(published):
            return State(published)
        if published is None and not self.ids() and not any(self.root.glob(f"{ASIDE}*")):
            return State(None)
        good = next((m.id for m in self._newest_first() if self.is_whole(m.id)), None)
        if good is None:
            return State(None, StoreError("store.nothing_readable"))
        key = "store.pointer_missing" if published is None else "store.published_damaged"
        return State(good, StoreError(key, snapshot=published or "—", good=good))

    def _pointed(self) -> str | None:
        """What the pointer says; None where it is missing or says nothing that could be an id."""
        try:
            said = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return said if said and said == Path(said).name else None

    def point_to(self, snapshot_id: str) -> None:
        """Have readers see a snapshot from now on."""
        write_whole(self._pointer, snapshot_id.encode("ascii"))

    def manifests(self) -> list[Manifest]:
        """Every snapshot whose manifest can be read, in no order."""
        found = []
        for snapshot_id in self.ids():
            try:
                found.append(self.manifest(snapshot_id))
            except StoreError:
                continue
        return found

    def manifest(self, snapshot_id: str) -> Manifest:
        """The manifest of a snapshot; that of an earlier one is read from its file.

        Raises:
            StoreError: there is no such snapshot, or its manifest is damaged.
        """
        if self.is_earlier(snapshot_id):
            found = [m for m in self._earlier() if m.id == snapshot_id]
            if not found:
                raise StoreError("store.snapshot_damaged", snapshot=snapshot_id, file=self.earlier_path(snapshot_id).name)
            return found[0]
        return read_manifest(self.folder, snapshot_id)

    def holds(self, snapshot_id: str) -> bool:
        """Whether a snapshot is kept, damaged or not."""
        # Asked for by an address, too: what could be no id is not looked for on the disk.
        return _ID.fullmatch(snapshot_id) is not None and (
            (self.folder / f"{snapshot_id}{SUFFIX}").exists() or self.earlier_path(snapshot_id).exists()
        )

    def is_whole(self, snapshot_id: str) -> bool:
        """Whether every file of a snapshot is what it was when it was written."""
        try:
            self.require_whole(snapshot_id)
        except StoreError:
            return False
        return True

    def require_whole(self, snapshot_id: str) -> None:
        """Read every byte of a snapshot, once a process and whenever one of its files was written on.

        Raises:
            StoreError: it is no longer kept, or something in it is damaged or missing.
        """
        if not self.holds(snapshot_id):
            raise StoreError("store.snapshot_gone", snapshot=snapshot_id)
        if self.is_earlier(snapshot_id):
            path = self.earlier_path(snapshot_id)
            _require_earlier(path, file_state(path))
            return
        for name, digest in read_manifest(self.folder, snapshot_id).files.items():
            path = self.root / name
            try:
                same = _hash(path, file_state(path)) == digest
            except OSError:
                same = False
            if not same:
                raise StoreError("store.snapshot_damaged", snapshot=snapshot_id, file=name)

    def open(self, snapshot_id: str) -> duckdb.DuckDBPyConnection:
        """A connection to a snapshot.

        Raises:
            StoreError: it is no longer kept, or damaged.
        """
        if not self.holds(snapshot_id):
            raise StoreError("store.snapshot_gone", snapshot=snapshot_id)
        if self.is_earlier(snapshot_id):
            return earlier.open_earlier(self.earlier_path(snapshot_id))
        self.require_whole(snapshot_id)
        return book.open_book(self.book_path(snapshot_id), self.root)

    def book_path(self, snapshot_id: str) -> Path:
        """The book of a snapshot."""
        return self.folder / f"{Path(snapshot_id).name}{book.SUFFIX}"

    def earlier_path(self, snapshot_id: str) -> Path:
        """The one file of an earlier snapshot."""
        return self.folder / f"{Path(snapshot_id).name}{earlier.SUFFIX}"

    def is_earlier(self, snapshot_id: str) -> bool:
        """Whether a snapshot is one file, from before figures lay in parts."""
        return not (self.folder / f"{snapshot_id}{SUFFIX}").exists() and self.earlier_path(snapshot_id).exists()

    def remove(self, manifest: Manifest) -> None:
        """Forget a snapshot: its manifest first, so that no half of it is ever listed; its parts go when nobody names them."""
        for path in (self.folder / f"{manifest.id}{SUFFIX}", self.book_path(manifest.id), self.earlier_path(manifest.id)):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what killed writers left: drafts, books without manifest, parts that no snapshot names. For the holder of the
        lock only; where a manifest cannot be read nobody knows what it names, and only drafts go."""
        self.sweep_drafts()
        ids = list_ids(self.folder)
        known = [m for m in self.manifests() if not self.is_earlier(m.id)]
        if len(known) < len(ids):
            return
        named = {name for manifest in known for name in manifest.files}
        for path in (*self.folder.glob(f"*{book.SUFFIX}"), *(self.root / parts.FOLDER).glob(f"*{parts.SUFFIX}")):
            if path.relative_to(self.root).as_posix() not in named:
                path.unlink(missing_ok=True)

    def sweep_drafts(self) -> None:
        """Remove only what nobody has finished writing; for the holder of the lock."""
        for folder in (self.root, self.folder, self.root / parts.FOLDER, self.root / "uploads"):
            for path in folder.glob(f"{DRAFT}*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def ids(self) -> list[str]:
        """Ids of all snapshots, readable or not, in no order."""
        return [*dict.fromkeys([*list_ids(self.folder), *(path.stem for path in self._earlier_paths())])]

    def _newest_first(self) -> list[Manifest]:
        return sorted(self.manifests(), key=lambda m: m.sequence, reverse=True)

    def _earlier_paths(self) -> list[Path]:
        return [path for path in self.folder.glob(f"*{earlier.SUFFIX}") if not is_draft(path)]

    def _earlier(self) -> list[Manifest]:
        """Earlier snapshots, numbered in the order of their moments."""
        found = [_describe_earlier(path, file_state(path)) for path in self._earlier_paths()]
        return earlier.number(found)


@lru_cache(maxsize=4096)
def _hash(path: Path, _state: tuple[int, int]) -> str:
    return hash_of(path)


@lru_cache(maxsize=64)
def _require_earlier(path: Path, _state: tuple[int, int]) -> None:
    """DuckDB checks each block that it reads: an earlier snapshot is whole where all of it can be read."""
    earlier.open_earlier(path).close()


@lru_cache(maxsize=256)
def _describe_earlier(path: Path, _state: tuple[int, int]) -> Manifest | None:
    return earlier.describe(path)
