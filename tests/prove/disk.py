"""The disk refuses the n-th time that something is made durable, renamed or written, for every n of a write: told, nothing changed."""

import errno
import os
from pathlib import Path

from data.ingest import drop_demonstration
from data.records.commune_notes import write_note
from data.store import Store, StoreError
from tests.killing import TIZI

REASONS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT)
MOST_CALLS = 30
ROUNDS = len(REASONS) * 2
SAYS = "a full or failing disk at every call of a note and of a drop: told, nothing changed"


def drop(store: Store) -> None:
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)


def run(root: Path, at: int) -> None:
    store, number = Store(root), REASONS[at % len(REASONS)]
    act = (lambda: write_note(store, TIZI, "president", "Une note.")) if at < len(REASONS) else (lambda: drop(store))
    for call in range(MOST_CALLS):
        before, done = store.snapshot_id(), _fails_at(call, number, act)
        assert store.trouble() is None, call
        assert not list(root.rglob("draft-*")), call
        if done:
            return
        # The last of the calls may fail after the pointer was moved: then the new one stands, whole.
        assert store.snapshot_id() == before or store.history()[0].id == store.snapshot_id()
        if store.snapshot_id() != before:
            store.publish(before)
    raise AssertionError("the write never came to its end")


def _fails_at(call: int, number: int, act) -> bool:
    """Whether the action came to its end before the n-th call of the disk."""
    calls, kept = 0, {name: getattr(os, name) for name in ("fsync", "replace", "rename")}

    def wrap(name: str):
        def called(*arguments, **named):
            nonlocal calls
            calls += 1
            if calls > call:
                raise OSError(number, os.strerror(number))
            return kept[name](*arguments, **named)

        return called

    try:
        for name in kept:
            setattr(os, name, wrap(name))
        act()
    except StoreError:
        return False
    finally:
        for name, function in kept.items():
            setattr(os, name, function)
    return True
