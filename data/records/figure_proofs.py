"""Documents that prove figures (a signed statement as PDF or photo): hash, title, date and place of keeping, beside the file whose
figures they prove; the document stays with the office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
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

RECORD, WITHDRAW = Action("proof", ("commune_code", "upload_id")), Action("proof-withdrawn", ("commune_code", "upload_id"))
LONGEST_TEXT = 160
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_UPLOAD = "[a-z]+-[0-9a-f]{16}"

_IN_FORCE = """
    SELECT p.*, coalesce(u.file_name, '') AS file_name
    FROM (
        FROM figure_proof
        WHERE commune_code IN (SELECT unnest($territory))
        QUALIFY row_number() OVER (
            PARTITION BY commune_code, upload_id, sha256 ORDER BY noted_at DESC, proof_id DESC
        ) = 1
    ) AS p
    LEFT JOIN upload AS u USING (upload_id)
    WHERE p.step = 'recorded'
    ORDER BY p.noted_at DESC, p.proof_id DESC
"""


@dataclass(frozen=True, slots=True)
class ProofDraft:
    """A document as somebody records it: of which commune and file, its hash (SHA-256), title, date and where it is kept."""

    commune_code: str
    upload_id: str
    sha256: str
    title: str
    document_date: date
    kept_at: str


@dataclass(frozen=True, slots=True)
class FigureProof:
    """A document that is recorded: the draft, the name of the file that it proves (empty where the store has it no more), by which
    role, when."""

    draft: ProofDraft
    file_name: str
    role: Role
    noted_at: datetime


def record_proof(store: Store, draft: ProofDraft) -> None:
    """Record a document beside a file for a commune; recorded again, its words are replaced.

    Raises:
        StoreError: no hash, title or place of keeping, one that is too long or holds a personal datum, a day to come, a file that
            brought no figure of the commune; the role may not, or another write is under way.
    """
    title, kept_at, digest = one_line(draft.title), one_line(draft.kept_at), draft.sha256.strip().lower()
    if not _HASH.fullmatch(digest):
        raise StoreError("store.proof_hash")
    if not all(1 <= len(text) <= LONGEST_TEXT for text in (title, kept_at)):
        raise StoreError("store.proof_text", longest=LONGEST_TEXT)
    if find_personal_data(title) or find_personal_data(kept_at):
        raise StoreError("store.proof_personal")
    if draft.document_date > date.today():
        raise StoreError("store.proof_day")
    with store.write(RECORD.name, _detail(RECORD, draft), (draft.commune_code,)) as connection:
        brought = connection.execute(
            "SELECT count(*) FROM observation WHERE upload_id = $upload AND commune_code = $commune",
            {"upload": draft.upload_id, "commune": draft.commune_code},
        ).fetchall()
        if not brought[0][0]:
            raise StoreError("store.proof_upload")
        kept = ProofDraft(draft.commune_code, draft.upload_id, digest, title, draft.document_date, kept_at)
        _add(connection, store, kept, "recorded")


def withdraw_proof(store: Store, draft: ProofDraft) -> None:
    """Take a document off the list, in a row of its own.

    Raises:
        StoreError: it is not recorded, the role may not, or another write is under way.
    """
    with store.write(WITHDRAW.name, _detail(WITHDRAW, draft), (draft.commune_code,)) as connection:
        if draft not in [proof.draft for proof in list_proofs(connection, (draft.commune_code,))]:
            raise StoreError("store.proof_gone")
        _add(connection, store, draft, "withdrawn")


def list_proofs(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> list[FigureProof]:
    """The documents recorded for a territory, the newest first; none in a snapshot made before they were kept."""
    if not has_table(cursor, FIGURE_PROOFS.table):
        return []
    return [
        FigureProof(
            ProofDraft(row.commune_code, row.upload_id, row.sha256, row.title, row.document_date.date(), row.kept_at),
            row.file_name,
            Role(row.role),
            row.noted_at.to_pydatetime(),
        )
        for row in read_frame(cursor, _IN_FORCE, territory=list(territory)).itertuples(index=False)
    ]


def _detail(action: Action, draft: ProofDraft) -> str:
    return action.describe({"commune_code": draft.commune_code, "upload_id": draft.upload_id})


def _add(connection: duckdb.DuckDBPyConnection, store: Store, draft: ProofDraft, step: str) -> None:
    connection.execute(
        "INSERT INTO figure_proof SELECT coalesce(max(proof_id), 0) + 1, $commune_code, $upload_id, $sha256, $title, $document_date, "
        "$kept_at, $step, $role, $noted_at FROM figure_proof",
        {
            "commune_code": draft.commune_code,
            "upload_id": draft.upload_id,
            "sha256": draft.sha256,
            "title": draft.title,
            "document_date": draft.document_date,
            "kept_at": draft.kept_at,
            "step": step,
            "role": store.writer.viewer.role.value,
            "noted_at": moment_of_writing(connection, "figure_proof", "noted_at"),
        },
    )


FIGURE_PROOFS = EntryKind(
    id="figure_proofs",
    table="figure_proof",
    # A whole list comes back from an export by the steward alone; who records on the screen is whoever imports (permissions).
    writers=frozenset((Role.STEWARD,)),
    actions=(RECORD, WITHDRAW),
    snapshot_checks=(
        ("proof_of_unknown_commune", "SELECT count(*) FROM figure_proof ANTI JOIN commune USING (commune_code)"),
    ),
    fields=(
        EntryField("commune_code", checks.commune),
        EntryField("upload_id", checks.matching(_UPLOAD)),
        EntryField("sha256", checks.matching("[0-9a-f]{64}")),
        EntryField("title", checks.sentence(LONGEST_TEXT, shortest=1)),
        EntryField("document_date", checks.day, "DATE"),
        EntryField("kept_at", checks.sentence(LONGEST_TEXT, shortest=1)),
        EntryField("step", checks.one_of(lambda: ("recorded", "withdrawn"))),
        EntryField("role", checks.one_of(lambda: list(Role))),
        EntryField("noted_at", checks.moment, "TIMESTAMP"),
    ),
    of_commune="commune_code",
    shown="title",
    order=("noted_at", "proof_id"),
    numbered_by="proof_id",
)
