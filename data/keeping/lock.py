"""One writer at a time, across processes: the next one waits a while. What the disk refuses is told in words."""

from __future__ import annotations

import errno
import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.store_error import StoreError

# A note takes a twentieth of a second: thirty people of a workshop have theirs written within this.
PATIENCE = 15.0
_PAUSE = 0.02
_KEYS = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EROFS: "store.read_only",
    errno.EACCES: "store.read_only",
    errno.EPERM: "store.read_only",
}


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a store; it goes with the process that holds it.

    Raises:
        StoreError: another writer holds it for longer than ``PATIENCE``.
    """
    with path.open("w") as lock:
        until = time.monotonic() + PATIENCE
        while not _is_taken(lock.fileno()):
            if time.monotonic() >= until:
                raise StoreError("store.busy")
            time.sleep(_PAUSE)
        yield


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def disk_in_words(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses within a block into an error that says what to do."""
    try:
        yield
    except OSError as error:
        key = _KEYS.get(error.errno or 0, "store.unwritable")
        raise StoreError(key, folder=str(folder), reason=error.strerror or str(error)) from error
    except duckdb.IOException as error:
        full = "No space left" in str(error) or "quota" in str(error)
        raise StoreError(
            "store.disk_full" if full else "store.unwritable", folder=str(folder), reason=_short(error)
        ) from error


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
