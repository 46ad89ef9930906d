"""Decisions of a council, noted in the store: every note and every withdrawal is a snapshot of its own, and no row is changed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb
import pandas as pd

from data.free_text import find_personal_data, one_line
from data.queries import read_decisions
from data.store import Store, StoreError

ACTION_NOTE, ACTION_WITHDRAW = "decision", "decision-withdrawn"
LONGEST_TEXT, LONGEST_RESPONSIBLE = 400, 120
_DETAIL_CHARACTERS = 60


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
        StoreError: the text is empty or too long, something in it looks like a datum of a person, or another write is under
            way; nothing is published then.
    """
    text, responsible = (one_line(words) for words in (draft.text, draft.responsible))
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise StoreError("store.decision_text", longest=LONGEST_TEXT)
    if len(responsible) > LONGEST_RESPONSIBLE:
        raise StoreError("store.decision_responsible", longest=LONGEST_RESPONSIBLE)
    kind = find_personal_data(text) or find_personal_data(responsible)
    if kind:
        raise StoreError(f"store.decision_{kind}")
    decision_id = uuid.uuid4().hex
    values = {
        "decision_id": decision_id,
        "subject": draft.subject,
        "question": draft.question,
        "reference_date": draft.month,
        "text": text,
        "responsible": responsible,
        "due_date": draft.due_date,
        "base_snapshot_id": base_snapshot_id,
        "noted_at": datetime.now(UTC).replace(tzinfo=None),
    }
    with store.write(ACTION_NOTE, text[:_DETAIL_CHARACTERS]) as connection:
        connection.execute(
            "INSERT INTO decision VALUES ($decision_id, $subject, $question, $reference_date, $text, $responsible, $due_date, "
            "$base_snapshot_id, $noted_at)",
            values,
        )
    return decision_id


def withdraw_decision(store: Store, decision_id: str) -> None:
    """Withdraw a decision: it is no longer listed, and what was noted stays in the store.

    Raises:
        StoreError: no such decision is listed, or another write is under way.
    """
    with store.write(ACTION_WITHDRAW) as connection:
        if decision_id not in {decision.id for decision in list_decisions(connection)}:
            raise StoreError("store.decision_gone")
        connection.execute(
            "INSERT INTO decision_withdrawal VALUES ($id, $now)",
            {"id": decision_id, "now": datetime.now(UTC).replace(tzinfo=None)},
        )


def list_decisions(cursor: duckdb.DuckDBPyConnection) -> list[Decision]:
    """Decisions in force, oldest first; none in a snapshot made before decisions were kept."""
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
        for row in read_decisions(cursor).itertuples(index=False)
    ]
