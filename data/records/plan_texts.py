"""What a commune writes into its contingency plan, by chapter and language; every write is a snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from data.frames import Territory, has_table, read_frame
from data.free_text import find_personal_data, paragraphs
from data.i18n import LANGUAGES
from data.loaders.today import load_plan_outline
from data.records import entry_checks as checks
from data.records.entry_kind import EntryField, EntryKind
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.records.plan_versions import PlanVersion
    from data.store import Store

WRITE = Action("plan-text", ("commune_code", "chapter"))
LONGEST_TEXT = 4000

_ALL = """
    SELECT commune_code, language, chapter, words, written_at
    FROM plan_text
    WHERE commune_code IN (SELECT unnest($territory))
    ORDER BY written_at, text_id
"""


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a commune wrote into a chapter in one language; without words it takes away what stood there."""

    commune_code: str
    language: str
    chapter: str
    words: str
    written_at: datetime


def write_text(store: Store, commune_code: str, language: str, chapter: str, text: str) -> str:
    """Put a commune's words into a chapter; an empty text takes them away. Returns them as they are kept.

    Raises:
        StoreError: the text is too long or holds a personal datum, or another write is under way; nothing is kept then.
    """
    kept = paragraphs(text)
    if len(kept) > LONGEST_TEXT:
        raise StoreError("store.plan_text", longest=LONGEST_TEXT, length=len(kept))
    for line in kept.splitlines():
        if kind := find_personal_data(line):
            raise StoreError(f"store.plan_{kind}")
    values = {
        "commune_code": commune_code,
        "language": language,
        "chapter": chapter,
        "words": kept or None,
    }
    with store.write(WRITE.name, WRITE.describe(values), (commune_code,)) as connection:
        moment = moment_of_writing(connection, "plan_text", "written_at")
        connection.execute(
            "INSERT INTO plan_text SELECT coalesce(max(text_id), 0) + 1, $commune_code, $language, $chapter, $words, "
            "$written_at FROM plan_text",
            {**values, "written_at": moment},
        )
    return kept


def list_texts(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> tuple[PlanText, ...]:
    """Every text that was written, oldest first; none in a snapshot made before plans were kept."""
    if not has_table(cursor, PLAN_TEXTS.table):
        return ()
    return tuple(
        PlanText(
            row.commune_code,
            row.language,
            row.chapter,
            "" if pd.isna(row.words) else row.words,
            row.written_at.to_pydatetime(),
        )
        for row in read_frame(cursor, _ALL, territory=list(territory)).itertuples(index=False)
    )


def texts_in_force(
    texts: Iterable[PlanText], commune_code: str, version: PlanVersion | None = None
) -> dict[tuple[str, str], str]:
    """A commune's words by language and chapter: the latest, or those that a version holds."""
    until = version.saved_at if version else datetime.max
    own = [t for t in texts if t.commune_code == commune_code and t.written_at <= until]
    latest = {(t.language, t.chapter): t.words for t in own}
    return {place: words for place, words in latest.items() if words}


PLAN_TEXTS = EntryKind(
    id="plan_texts",
    table="plan_text",
    writers=frozenset((Role.COMMUNE, Role.STEWARD)),
    actions=(WRITE,),
    snapshot_checks=(("plan_of_unknown_commune", "SELECT count(*) FROM plan_text ANTI JOIN commune USING (commune_code)"),),
    fields=(
        EntryField("commune_code", checks.commune),
        EntryField("language", checks.one_of(lambda: LANGUAGES)),
        EntryField("chapter", checks.one_of(lambda: load_plan_outline().chapters)),
        EntryField("words", checks.several_lines(LONGEST_TEXT), nullable=True),
        EntryField("written_at", checks.moment, "TIMESTAMP"),
    ),
    of_commune="commune_code",
    shown="words",
    order=("written_at", "text_id"),
    numbered_by="text_id",
)
