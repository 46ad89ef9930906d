"""A commune's contingency plan in the store: its own words by chapter and language, and versions; every write is a snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pandas as pd

from analytics.scenario import Scenario
from data.free_text import find_personal_data, one_line, paragraphs
from data.ingest import keep_definitions
from data.loaders.definition_set import DefinitionSet
from data.loaders.scenarios import read_scenario, write_scenario
from data.queries import Territory, read_plan_texts, read_plan_version_definitions, read_plan_versions
from data.saved_scenarios import Figure
from data.store import Store, StoreError

ACTION_TEXT, ACTION_VERSION = "plan-text", "plan-version"
LONGEST_TEXT, LONGEST_REMARK = 4000, 160


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a commune wrote into a chapter in one language; without words it takes away what stood there."""

    commune_code: str
    language: str
    chapter: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a version rests on: scenario, assumptions (as an address writes them), month, snapshot and what that one said by name
    of figure; what changed since the version before, in a sentence; the digest of the definitions (empty: not kept) and the
    unit costs that were edited, low, central and high in MAD."""

    scenario: Scenario
    assumptions: Mapping[str, str]
    month: date
    base_snapshot_id: str
    base_figures: Mapping[str, Figure]
    remark: str = ""
    definitions: str = ""
    costs: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version that was saved: its number, counted from 1 in each commune; it holds the texts that were written until then."""

    commune_code: str
    number: int
    draft: PlanDraft
    saved_at: datetime


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
        "written_at": datetime.now(UTC).replace(tzinfo=None),
    }
    with store.write(ACTION_TEXT, f"{commune_code} {chapter}") as connection:
        connection.execute(
            "INSERT INTO plan_text SELECT coalesce(max(text_id), 0) + 1, $commune_code, $language, $chapter, $words, $written_at "
            "FROM plan_text",
            values,
        )
    return kept


def save_version(store: Store, commune_code: str, draft: PlanDraft, definitions: DefinitionSet | None = None) -> int:
    """Save the plan as it stands as the next version of its commune, with the definitions that it was made with; returns the
    number.

    Raises:
        StoreError: the remark is too long or holds a personal datum, or another write is under way.
    """
    remark = one_line(draft.remark)
    if len(remark) > LONGEST_REMARK:
        raise StoreError("store.plan_remark", longest=LONGEST_REMARK)
    if kind := find_personal_data(remark):
        raise StoreError(f"store.plan_{kind}")
    values = {
        "commune_code": commune_code,
        "scenario": json.dumps(write_scenario(draft.scenario), ensure_ascii=False, allow_nan=False),
        "assumptions": json.dumps(dict(draft.assumptions)),
        "reference_date": draft.month,
        "remark": remark,
        "base_snapshot_id": draft.base_snapshot_id,
        "base_figures": json.dumps(dict(draft.base_figures), allow_nan=False),
        "saved_at": datetime.now(UTC).replace(tzinfo=None),
    }
    with store.write(ACTION_VERSION, commune_code) as connection:
        row = connection.execute(
            "INSERT INTO plan_version SELECT $commune_code, coalesce(max(version), 0) + 1, $scenario, $assumptions, "
            "$reference_date, $remark, $base_snapshot_id, $base_figures, $saved_at "
            "FROM plan_version WHERE commune_code = $commune_code RETURNING version",
            values,
        ).fetchone()
        assert row is not None, "an insert returns its row"
        if definitions is not None:
            keep_definitions(connection, definitions)
            connection.execute(
                "INSERT INTO plan_version_definitions VALUES ($commune_code, $version, $digest, $costs)",
                {
                    "commune_code": commune_code,
                    "version": row[0],
                    "digest": definitions.digest,
                    "costs": json.dumps({name: list(bounds) for name, bounds in draft.costs.items()}, allow_nan=False),
                },
            )
    return int(row[0])


def list_texts(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> tuple[PlanText, ...]:
    """Every text that was written, oldest first; none in a snapshot made before plans were kept."""
    rows = read_plan_texts(cursor, territory).itertuples(index=False)
    return tuple(
        PlanText(
            r.commune_code,
            r.language,
            r.chapter,
            "" if pd.isna(r.words) else r.words,
            r.written_at.to_pydatetime(),
        )
        for r in rows
    )


def texts_in_force(
    texts: Iterable[PlanText], commune_code: str, version: PlanVersion | None = None
) -> dict[tuple[str, str], str]:
    """A commune's words by language and chapter: the latest, or those that a version holds."""
    until = version.saved_at if version else datetime.max
    own = [t for t in texts if t.commune_code == commune_code and t.written_at <= until]
    latest = {(t.language, t.chapter): t.words for t in own}
    return {place: words for place, words in latest.items() if words}


def list_versions(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> dict[str, tuple[PlanVersion, ...]]:
    """The versions of each commune that saved one, by number; none in a snapshot made before plans were kept."""
    found: dict[str, tuple[PlanVersion, ...]] = {}
    made_with = read_plan_version_definitions(cursor, territory).itertuples(index=False)
    definitions = {(d.commune_code, int(d.version)): d for d in made_with}
    for r in read_plan_versions(cursor, territory).itertuples(index=False):
        draft = PlanDraft(
            scenario=read_scenario(json.loads(r.scenario)),
            assumptions=json.loads(r.assumptions),
            month=r.reference_date.date(),
            base_snapshot_id=r.base_snapshot_id,
            base_figures=json.loads(r.base_figures),
            remark=r.remark,
            **_made_with(definitions.get((r.commune_code, int(r.version)))),
        )
        version = PlanVersion(r.commune_code, int(r.version), draft, r.saved_at.to_pydatetime())
        found[r.commune_code] = (*found.get(r.commune_code, ()), version)
    return found


def _made_with(row: Any) -> dict[str, Any]:
    """Digest and edited costs of a version; nothing for one saved before they were kept."""
    if row is None:
        return {}
    return {"definitions": row.digest, "costs": {name: tuple(bounds) for name, bounds in json.loads(row.costs).items()}}
