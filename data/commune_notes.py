"""What a commune says of its own figures: written and withdrawn as snapshots of their own, so that undo brings back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from data.free_text import find_personal_data, one_line
from data.queries import Territory, read_commune_notes
from data.store import Store, StoreError

ACTION_WRITE, ACTION_WITHDRAW = "note", "note-withdrawn"
LONGEST_NOTE = 600
AUTHOR_ROLES = ("president", "director_of_services", "technician", "local_animator")


@dataclass(frozen=True, slots=True)
class CommuneNote:
    """A note in force: who wrote it by role, when, and its text on one line."""

    commune_code: str
    author_role: str
    text: str
    written_at: datetime


def write_note(store: Store, commune_code: str, author_role: str, text: str) -> CommuneNote:
    """Put a commune's note in force; the one before stays in the table and in the snapshots before.

    Raises:
        StoreError: the text is empty, too long or holds a personal datum, the role or the commune is unknown, or another write is
            under way.
    """
    kept = one_line(text)
    if not 1 <= len(kept) <= LONGEST_NOTE:
        raise StoreError("store.note_length", longest=LONGEST_NOTE, length=len(kept))
    if author_role not in AUTHOR_ROLES:
        raise StoreError("store.note_role")
    kind = find_personal_data(kept)
    if kind:
        raise StoreError(f"store.note_{kind}")
    note = CommuneNote(commune_code, author_role, kept, datetime.now(UTC).replace(tzinfo=None))
    with store.write(ACTION_WRITE, commune_code) as connection:
        _add(connection, commune_code, author_role, kept, note.written_at)
    return note


def withdraw_note(store: Store, commune_code: str, author_role: str) -> None:
    """Take a commune's note out of force.

    Raises:
        StoreError: the commune has none in force, or another write is under way.
    """
    with store.write(ACTION_WITHDRAW, commune_code) as connection:
        if commune_code not in list_notes(connection.cursor(), (commune_code,)):
            raise StoreError("store.note_gone")
        _add(connection, commune_code, author_role, None, datetime.now(UTC).replace(tzinfo=None))


def list_notes(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> dict[str, CommuneNote]:
    """The notes in force by commune code; none in a snapshot made before notes were kept."""
    rows = read_commune_notes(cursor, territory).itertuples(index=False)
    return {r.commune_code: CommuneNote(r.commune_code, r.author_role, r.note, r.written_at.to_pydatetime()) for r in rows}


def _add(
    connection: duckdb.DuckDBPyConnection, commune_code: str, author_role: str, note: str | None, written_at: datetime
) -> None:
    connection.execute(
        "INSERT INTO commune_note SELECT coalesce(max(note_id), 0) + 1, $commune_code, $author_role, $note, $written_at "
        "FROM commune_note",
        {"commune_code": commune_code, "author_role": author_role, "note": note, "written_at": written_at},
    )
