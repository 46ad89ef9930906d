"""Readers of a server stay on the figures that stand until those of a snapshot that another process published stand here too."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from analytics.last_asked import LastAsked
from data import queries
from data.province import Province
from data.records.table import actions_without_figures
from data.store import Store, StoreError

Compute = Callable[[Store, str], None]
Place = tuple[Path, Province]
READY_KEPT = 256
_LOG = logging.getLogger("service_pressure.store")


class Following:
    """Which snapshot the readers of this process are on, by store.

    A snapshot that this process writes is computed before it is published (``data.publishing``). One that a command or another
    server publishes is computed by a thread, once, and readers see it when it stands; one that changes no figure (a note, a
    decision) at once. A process that serves nobody follows nothing.
    """

    def __init__(self) -> None:
        self._compute: Compute | None = None
        # Who asks for a key here waits for nobody: that it is there is all that is kept of it.
        self._ready: LastAsked[bool] = LastAsked(READY_KEPT)
        self._shown: dict[Place, str] = {}
        self._coming: set[tuple[Place, str]] = set()
        self._guard = threading.Lock()

    def follow(self, compute: Compute) -> None:
        """Have snapshots of other processes computed by ``compute`` before readers see them."""
        self._compute = compute

    def stands(self, store: Store, snapshot_id: str) -> None:
        """Take note that the figures of a snapshot are computed here."""
        self._note(((store.root, store.province), snapshot_id))

    def shown(self, store: Store) -> str | None:
        """The snapshot that readers are on: the published one, or the one before it while that is being computed; None where the
        store is empty."""
        snapshot_id, place = store.snapshot_id(), (store.root, store.province)
        if self._compute is None or snapshot_id is None:
            return snapshot_id
        key = place, snapshot_id
        with self._guard:
            before = self._shown.get(place)
            stands = before is None or self._ready.has(key)
            is_new = not stands and key not in self._coming
            if is_new:
                self._coming.add(key)
        if is_new and _basis_of(store, before) == _basis_of(store, snapshot_id) is not None:
            self._is_there(key)
            stands = True
        if stands:
            self._note(key)
            with self._guard:
                self._shown[place] = snapshot_id
            return snapshot_id
        if is_new:
            threading.Thread(target=self._prepare, args=(store, snapshot_id), daemon=True, name="following").start()
        return before

    def _prepare(self, store: Store, snapshot_id: str) -> None:
        """A fault in it keeps nobody from the snapshot: a screen then tells in words what is wrong."""
        try:
            if self._compute is not None:
                self._compute(store, snapshot_id)
        except Exception:
            _LOG.exception("not computed ahead", extra={"details": {"snapshot": snapshot_id}})
        self._is_there(((store.root, store.province), snapshot_id))

    def _is_there(self, key: tuple[Place, str]) -> None:
        self._note(key)
        with self._guard:
            self._coming.discard(key)

    def _note(self, key: tuple[Place, str]) -> None:
        self._ready.get(key, lambda: True)


def _basis_of(store: Store, snapshot_id: str | None) -> str | None:
    """The snapshot that a snapshot has its figures from; None where it cannot be read."""
    try:
        with store.open(snapshot_id) as connection:
            return queries.read_figures_basis(connection.cursor(), actions_without_figures())
    except StoreError:
        return None


FOLLOWING = Following()
