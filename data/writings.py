"""What people write besides figures, read whole and put back whole: decisions, notes of communes, saved scenarios, plans.

Rows that were withdrawn go with the others. A scenario that was removed is in no table any more.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas as pd

from data import commune_notes, decisions, plans, saved_scenarios
from data.queries import read_writings_table

DECISIONS, NOTES, SCENARIOS = "decisions", "commune_notes", "scenarios"
PLAN_TEXTS, PLAN_VERSIONS = "plan_texts", "plan_versions"
COLUMNS: dict[str, tuple[str, ...]] = {
    DECISIONS: (
        "decision_id", "subject", "question", "reference_date", "text", "responsible", "due_date", "base_snapshot_id", "noted_at",
        "withdrawn_at",
    ),
    NOTES: ("commune_code", "author_role", "note", "written_at"),
    SCENARIOS: ("name", "definition", "base_snapshot_id", "base_figures", "saved_at"),
    PLAN_TEXTS: ("commune_code", "language", "chapter", "words", "written_at"),
    PLAN_VERSIONS: (
        "commune_code", "version", "scenario", "assumptions", "reference_date", "remark", "base_snapshot_id", "base_figures",
        "saved_at",
    ),
}  # fmt: skip
# What people do on screens that changes no figure.
ACTIONS = frozenset(
    (
        commune_notes.ACTION_WRITE, commune_notes.ACTION_WITHDRAW, decisions.ACTION_NOTE, decisions.ACTION_WITHDRAW,
        plans.ACTION_TEXT, plans.ACTION_VERSION, saved_scenarios.ACTION_SAVE, saved_scenarios.ACTION_DELETE,
    )
)  # fmt: skip
# What never changes once it is noted, so that the same id with other words is another decision.
DECISION_SAYS = COLUMNS[DECISIONS][:-1]

_ADD = {
    DECISIONS: (
        """
        INSERT OR IGNORE INTO decision
        SELECT decision_id, subject, question, CAST(reference_date AS DATE), text, responsible,
               CAST(nullif(due_date, '') AS DATE), base_snapshot_id, CAST(noted_at AS TIMESTAMP)
        FROM (SELECT DISTINCT ON (decision_id) * FROM incoming)
        """,
        """
        INSERT OR IGNORE INTO decision_withdrawal
        SELECT decision_id, min(CAST(withdrawn_at AS TIMESTAMP)) FROM incoming WHERE withdrawn_at <> '' GROUP BY decision_id
        """,
    ),
    NOTES: (
        """
        INSERT INTO commune_note
        SELECT (SELECT coalesce(max(note_id), 0) FROM commune_note)
                 + row_number() OVER (ORDER BY CAST(written_at AS TIMESTAMP), commune_code),
               commune_code, author_role, nullif(note, ''), CAST(written_at AS TIMESTAMP)
        FROM (SELECT DISTINCT * FROM incoming) AS incoming
        WHERE NOT EXISTS (
            FROM commune_note AS known
            WHERE known.commune_code = incoming.commune_code AND known.author_role = incoming.author_role
              AND coalesce(known.note, '') = incoming.note AND known.written_at = CAST(incoming.written_at AS TIMESTAMP)
        )
        """,
    ),
    SCENARIOS: (
        """
        INSERT OR REPLACE INTO scenario
        SELECT name, definition, base_snapshot_id, base_figures, CAST(saved_at AS TIMESTAMP)
        FROM (SELECT DISTINCT ON (name) * FROM incoming ORDER BY name, CAST(saved_at AS TIMESTAMP) DESC)
        """,
    ),
    PLAN_TEXTS: (
        """
        INSERT INTO plan_text
        SELECT (SELECT coalesce(max(text_id), 0) FROM plan_text)
                 + row_number() OVER (ORDER BY CAST(written_at AS TIMESTAMP), commune_code, language, chapter),
               commune_code, language, chapter, nullif(words, ''), CAST(written_at AS TIMESTAMP)
        FROM (SELECT DISTINCT * FROM incoming) AS incoming
        WHERE NOT EXISTS (
            FROM plan_text AS known
            WHERE known.commune_code = incoming.commune_code AND known.language = incoming.language
              AND known.chapter = incoming.chapter AND coalesce(known.words, '') = incoming.words
              AND known.written_at = CAST(incoming.written_at AS TIMESTAMP)
        )
        """,
    ),
    PLAN_VERSIONS: (
        """
        INSERT OR IGNORE INTO plan_version
        SELECT commune_code, CAST(version AS INTEGER), scenario, assumptions, CAST(reference_date AS DATE), remark, base_snapshot_id,
               base_figures, CAST(saved_at AS TIMESTAMP)
        FROM (SELECT DISTINCT ON (commune_code, version) * FROM incoming)
        """,
    ),
}


def read_writings(cursor: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Every row of every table of ``COLUMNS`` as text, empty where there is nothing, in the order in which it was written; no
    rows for a table that the snapshot does not have."""
    return {name: read_writings_table(cursor, name, columns) for name, columns in COLUMNS.items()}


def add_writings(connection: duckdb.DuckDBPyConnection, writings: Mapping[str, pd.DataFrame]) -> None:
    """Put rows as ``read_writings`` gives them into a draft of the store: those that it has already are not doubled, a decision
    that the file says withdrawn is withdrawn, a scenario replaces the one of its name."""
    for name, rows in writings.items():
        if len(rows):
            connection.register("incoming", rows)
            for statement in _ADD[name]:
                connection.execute(statement)
            connection.unregister("incoming")
