"""Decisions of a council: noted and withdrawn, each as a snapshot of its own; no row is ever changed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from data.frames import Territory, has_table, read_frame
from data.free_text import find_personal_data, one_line
from data.i18n import load_texts
from data.records import entry_checks as checks
from data.records.entry_kind import Entry, EntryField, EntryKind, Problem
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

NOTE, WITHDRAW = Action("decision", ("text",), longest=60), Action("decision-withdrawn")
LONGEST_TEXT, LONGEST_RESPONSIBLE = 400, 120

_IN_FORCE = """
    SELECT decision_id, subject, question, reference_date, text, responsible, due_date, base_snapshot_id, noted_at
    FROM decision ANTI JOIN decision_withdrawal USING (decision_id)
    WHERE $everything OR subject IN (SELECT unnest($subjects))
    ORDER BY noted_at, decision_id
"""
_ADD = (
    """
    INSERT OR IGNORE INTO decision
    SELECT decision_id, subject, question, CAST(reference_date AS DATE), text, responsible,
           CAST(nullif(due_date, '') AS DATE), base_snapshot_id, CAST(noted_at AS TIMESTAMP)
    FROM (SELECT DISTINCT ON (decision_id) * FROM incoming)
    """,
    """
    INSERT OR IGNORE INTO decision_withdrawal
    SELECT decision_id, min(CAST(withdrawn_at AS TIMESTAMP))
    FROM incoming WHERE withdrawn_at <> '' GROUP BY decision_id
    """,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as it is written down: on which commune or territory, which question and month; who does it, by when."""

    subject: str
    question: str
    month: date
    text: str
    responsible: str = ""
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was noted, with the snapshot that was on the screen."""

    id: str
    draft: Draft
    base_snapshot_id: str
    noted_at: datetime


def note_decision(store: Store, draft: Draft, base_snapshot_id: str) -> str:
    """Note a decision; returns its id.

    Raises:
        StoreError: the text is empty or too long, something in it looks like a personal datum,
            or another write is under way; nothing is published then.
    """
    text, responsible = (one_line(words) for words in (draft.text, draft.responsible))
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise StoreError("store.decision_text", longest=LONGEST_TEXT)
    if len(responsible) > LONGEST_RESPONSIBLE:
        raise StoreError("store.decision_responsible", longest=LONGEST_RESPONSIBLE)
    if kind := find_personal_data(text) or find_personal_data(responsible):
        raise StoreError(f"store.decision_{kind}")
    values = {
        "decision_id": uuid.uuid4().hex,
        "subject": draft.subject,
        "question": draft.question,
        "reference_date": draft.month,
        "text": text,
        "responsible": responsible,
        "due_date": draft.due_date,
        "base_snapshot_id": base_snapshot_id,
    }
    with store.write(NOTE.name, NOTE.describe(values)) as connection:
        moment = moment_of_writing(connection, "decision", "noted_at")
        connection.execute(
            "INSERT INTO decision VALUES ($decision_id, $subject, $question, $reference_date, $text, $responsible, "
            "$due_date, $base_snapshot_id, $noted_at)",
            {**values, "noted_at": moment},
        )
    return str(values["decision_id"])


def withdraw_decision(store: Store, decision_id: str) -> None:
    """Withdraw a decision: it is no longer listed, and what was noted stays in the store.

    Raises:
        StoreError: no such decision is listed, or another write is under way.
    """
    with store.write(WITHDRAW.name) as connection:
        if decision_id not in {decision.id for decision in list_decisions(connection)}:
            raise StoreError("store.decision_gone")
        connection.execute(
            "INSERT INTO decision_withdrawal VALUES ($id, $now)",
            {"id": decision_id, "now": moment_of_writing(connection, "decision_withdrawal", "withdrawn_at")},
        )


def list_decisions(cursor: duckdb.DuckDBPyConnection, about: Territory | None = None) -> list[Decision]:
    """Decisions in force, oldest first; none in a snapshot made before decisions were kept.

    Args:
        about: the communes whose decisions are read; all decisions, those of cercles and of the whole too, where None is given.
    """
    if not has_table(cursor, DECISIONS.table):
        return []
    return [
        Decision(
            id=row.decision_id,
            draft=Draft(
                subject=row.subject,
                question=row.question,
                month=row.reference_date.date(),
                text=row.text,
                responsible=row.responsible,
                due_date=None if pd.isna(row.due_date) else row.due_date.date(),
            ),
            base_snapshot_id=row.base_snapshot_id,
            noted_at=row.noted_at.to_pydatetime(),
        )
        for row in read_frame(cursor, _IN_FORCE, everything=about is None, subjects=list(about or ())).itertuples(
            index=False
        )
    ]


def _questions() -> set[str]:
    """The questions that the council's screen asks, by the keys of their texts."""
    return {key.removeprefix("council.ask_") for key in load_texts("fr") if key.startswith("council.ask_")}


def _contradicts(entry: Entry, known: Entry) -> Problem | None:
    """The same id with other words is another decision; only its withdrawal may be new."""
    fixed = (column for column in DECISIONS.columns if column != "withdrawn_at")
    differs = any(entry[column] != known[column] for column in fixed)
    return Problem("entry_differs", "decision_id") if differs else None


DECISIONS = EntryKind(
    id="decisions",
    table="decision",
    writers=frozenset((Role.ADVISER, Role.STEWARD)),
    actions=(NOTE, WITHDRAW),
    fields=(
        EntryField("decision_id", checks.matching("[0-9a-f]{32}")),
        EntryField("subject", checks.subject),
        EntryField("question", checks.one_of(_questions)),
        EntryField("reference_date", checks.day, "DATE"),
        EntryField("text", checks.sentence(LONGEST_TEXT, shortest=1)),
        EntryField("responsible", checks.sentence(LONGEST_RESPONSIBLE)),
        EntryField("due_date", checks.optional(checks.day), "DATE", nullable=True),
        EntryField("base_snapshot_id", checks.snapshot_id),
        EntryField("noted_at", checks.moment, "TIMESTAMP"),
        EntryField("withdrawn_at", checks.optional(checks.moment), "TIMESTAMP", nullable=True),
    ),
    shown="text",
    key=("decision_id",),
    order=("noted_at", "decision_id"),
    of_commune="subject",
    source="decision LEFT JOIN decision_withdrawal USING (decision_id)",
    add=_ADD,
    contradicts=_contradicts,
)
