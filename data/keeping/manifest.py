"""The manifest of a snapshot: who made it from which one, its number in the order of writing, and the hash of each of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import duckdb

from data.definition_rows import read_snapshot_digest
from data.keeping.files import is_draft, write_whole
from data.store_error import StoreError

SUFFIX = ".json"
FORMAT = 2
SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is; ``sequence`` counts the writes of the store and orders them, whatever the clock said.

    ``files`` are hashes by path below the folder of the store: the book first, then the parts that hold the figures.
    """

    id: str
    sequence: int
    parent_id: str | None
    created_at: datetime
    action: str
    detail: str
    actor: str
    definitions: str | None
    files: Mapping[str, str]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a snapshot whose files are all there: from then on the snapshot exists."""
    said = {"format": FORMAT, **asdict(manifest), "created_at": manifest.created_at.isoformat()}
    content = json.dumps({**said, SEAL: _seal(said)}, ensure_ascii=False, indent=1).encode()
    write_whole(folder / f"{manifest.id}{SUFFIX}", content)


def read_manifest(folder: Path, snapshot_id: str) -> Manifest:
    """The manifest of a snapshot.

    Raises:
        StoreError: there is none, or it is damaged.
    """
    path = folder / f"{Path(snapshot_id).name}{SUFFIX}"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise StoreError("store.snapshot_gone", snapshot=snapshot_id) from None
    except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        raise StoreError("store.snapshot_damaged", snapshot=snapshot_id, file=path.name) from error


@lru_cache(maxsize=4096)
def _read(path: Path, _written: int) -> Manifest:
    """A manifest never changes: read once a process, unless something else wrote on it."""
    said = json.loads(path.read_text(encoding="utf-8"))
    # The first ones were written without a seal.
    if said.pop(SEAL, None) not in (None, _seal(said)):
        raise ValueError("other than it was written")
    if said.pop("format") != FORMAT or said["id"] != path.stem:
        raise ValueError("another format or another snapshot")
    return Manifest(**{**said, "created_at": datetime.fromisoformat(said["created_at"])})


def _seal(said: Mapping[str, object]) -> str:
    """The hash of what a manifest says."""
    return sha256(json.dumps(said, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def list_ids(folder: Path) -> list[str]:
    """Ids of the snapshots that have a manifest, readable or not; in no order."""
    return [path.stem for path in folder.glob(f"*{SUFFIX}") if not is_draft(path)]


def describe(connection: duckdb.DuckDBPyConnection, actor: str) -> Manifest:
    """The manifest of the snapshot that is being written, without its files."""
    sql = "SELECT snapshot_id, sequence, parent_id, created_at, action, detail FROM snapshot ORDER BY sequence DESC LIMIT 1"
    snapshot_id, sequence, parent, moment, action, detail = connection.execute(sql).fetchall()[0]
    digest = read_snapshot_digest(connection, snapshot_id)
    return Manifest(snapshot_id, sequence, parent, moment, action, detail, actor, digest, {})
