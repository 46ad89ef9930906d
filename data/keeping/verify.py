"""Reads all of every snapshot: the hash of each file, and whether what it holds passes the checks of a publication."""

from __future__ import annotations

from dataclasses import dataclass

from data.keeping import parts
from data.snapshot_checks import check_snapshot
from data.store import Store, StoreError

_PARTS_SAY = """
    SELECT upload_id, count(*), list_sort(list(DISTINCT commune_code)), list_sort(list(DISTINCT variable))
    FROM observation GROUP BY upload_id ORDER BY upload_id
"""
_BOOK_SAYS = "SELECT upload_id, row_count, communes, variables FROM observation_part ORDER BY upload_id"


@dataclass(frozen=True, slots=True)
class Verified:
    """A snapshot that was read: what is wrong with it, None where nothing is."""

    snapshot_id: str
    problem: StoreError | None


def verify_store(store: Store) -> list[Verified]:
    """Every snapshot that is kept, by id; and those of which only a damaged manifest is left."""
    return [Verified(snapshot_id, _find_problem(store, snapshot_id)) for snapshot_id in sorted(store.shelf.ids())]


def _find_problem(store: Store, snapshot_id: str) -> StoreError | None:
    try:
        store.shelf.require_whole(snapshot_id)
        is_earlier = store.shelf.is_earlier(snapshot_id)
        with store.open(snapshot_id) as connection:
            failed = check_snapshot(connection)
            if not is_earlier:
                paths = [str(store.root / name) for name in parts.list_parts(connection)]
                failed += parts.find_wrong(connection, paths) if paths else []
                if connection.execute(_PARTS_SAY).fetchall() != connection.execute(_BOOK_SAYS).fetchall():
                    failed.append("parts_differ_from_book")
    except StoreError as error:
        return error
    return StoreError("store.check_failed_kept", snapshot=snapshot_id, problems=", ".join(failed)) if failed else None
