"""What is done between writing a snapshot and having readers see it: a server computes its figures, so that nobody waits for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.store import Store

Ahead = Callable[["Store", str], None]
_AHEAD: list[Ahead] = []
_LOG = logging.getLogger("service_pressure.store")


def do_ahead(ahead: Ahead) -> None:
    """Have something done with each snapshot that this process writes, before readers see it."""
    if ahead not in _AHEAD:
        _AHEAD.append(ahead)


def run_ahead(store: Store, snapshot_id: str) -> None:
    """Do it. A fault in it is logged and keeps nobody from the snapshot: readers then compute for themselves."""
    for ahead in _AHEAD:
        try:
            ahead(store, snapshot_id)
        except Exception:
            _LOG.exception("not computed ahead", extra={"details": {"snapshot": snapshot_id}})
