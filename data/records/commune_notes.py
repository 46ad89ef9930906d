"""What a commune says of its own figures: written and withdrawn, each as a snapshot of its own, so that undo brings back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from data.frames import Territory, has_table, read_frame
from data.free_text import find_personal_data, one_line
from data.records import entry_checks as checks
from data.records.entry_kind import EntryField, EntryKind
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

WRITE, WITHDRAW = Action("note", ("commune_code",)), Action("note-withdrawn", ("commune_code",))
LONGEST_NOTE = 600
AUTHOR_ROLES = ("president", "director_of_services", "technician", "local_animator")

# The latest row of a commune is in force; one without text withdraws the note before it.
_IN_FORCE = """
    SELECT commune_code, author_role, note, written_at
    FROM commune_note
    WHERE commune_code IN (SELECT unnest($territory))
    QUALIFY row_number() OVER (PARTITION BY commune_code ORDER BY written_at DESC, note_id DESC) = 1
        AND note IS NOT NULL
    ORDER BY commune_code
"""


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
        StoreError: the text is empty, too long or holds a personal datum, the role or the commune
            is unknown, or another write is under way.
    """
    kept = one_line(text)
    if not 1 <= len(kept) <= LONGEST_NOTE:
        raise StoreError("store.note_length", longest=LONGEST_NOTE, length=len(kept))
    if author_role not in AUTHOR_ROLES:
        raise StoreError("store.note_role")
    if kind := find_personal_data(kept):
        raise StoreError(f"store.note_{kind}")
    with store.write(WRITE.name, WRITE.describe({"commune_code": commune_code}), (commune_code,)) as connection:
        moment = _add(connection, commune_code, author_role, kept)
    return CommuneNote(commune_code, author_role, kept, moment)


def withdraw_note(store: Store, commune_code: str, author_role: str) -> None:
    """Take a commune's note out of force.

    Raises:
        StoreError: the commune has none in force, or another write is under way.
    """
    with store.write(WITHDRAW.name, WITHDRAW.describe({"commune_code": commune_code}), (commune_code,)) as connection:
        if commune_code not in list_notes(connection.cursor(), (commune_code,)):
            raise StoreError("store.note_gone")
        _add(connection, commune_code, author_role, None)


def list_notes(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> dict[str, CommuneNote]:
    """The notes in force by commune code; none in a snapshot made before notes were kept."""
    if not has_table(cursor, COMMUNE_NOTES.table):
        return {}
    rows = read_frame(cursor, _IN_FORCE, territory=list(territory)).itertuples(index=False)
    return {
        row.commune_code: CommuneNote(row.commune_code, row.author_role, row.note, row.written_at.to_pydatetime())
        for row in rows
    }


def _add(connection: duckdb.DuckDBPyConnection, commune_code: str, author_role: str, note: str | None) -> datetime:
    moment = moment_of_writing(connection, "commune_note", "written_at")
    connection.execute(
        "INSERT INTO commune_note SELECT coalesce(max(note_id), 0) + 1, $commune_code, $author_role, $note, $written_at "
        "FROM commune_note",
        {"commune_code": commune_code, "author_role": author_role, "note": note, "written_at": moment},
    )
    return moment


COMMUNE_NOTES = EntryKind(
    id="commune_notes",
    table="commune_note",
    writers=frozenset((Role.COMMUNE, Role.STEWARD)),
    actions=(WRITE, WITHDRAW),
    snapshot_checks=(
        ("note_of_unknown_commune", "SELECT count(*) FROM commune_note ANTI JOIN commune USING (commune_code)"),
    ),
    fields=(
        EntryField("commune_code", checks.commune),
        EntryField("author_role", checks.one_of(lambda: AUTHOR_ROLES)),
        EntryField("note", checks.sentence(LONGEST_NOTE), nullable=True),
        EntryField("written_at", checks.moment, "TIMESTAMP"),
    ),
    of_commune="commune_code",
    shown="note",
    order=("written_at", "note_id"),
    numbered_by="note_id",
)
