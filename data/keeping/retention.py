"""What is kept: whatever changed a figure or a right for good, of what people wrote the newest snapshots."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from data.keeping.manifest import Manifest

KEPT_WRITINGS = 50


def list_forgotten(manifests: Iterable[Manifest], writings: Collection[str], published: str | None) -> list[Manifest]:
    """The snapshots that need not be kept any longer.

    Args:
        writings: names of the actions that change no figure: notes, decisions, plans, scenarios.
        published: id of the published snapshot.

    The snapshot before one that is kept for good stays as well, so that each import, drop and change of roles can be undone.
    """
    known = list(manifests)
    for_good = [m for m in known if m.action not in writings or m.id == published]
    kept = {m.id for m in for_good} | {m.parent_id for m in for_good}
    rest = sorted((m for m in known if m.id not in kept), key=lambda m: m.sequence)
    return rest[: max(0, len(rest) - KEPT_WRITINGS)]
