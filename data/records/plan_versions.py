"""Versions of a commune's contingency plan, counted from 1 in each commune; every save is a snapshot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from analytics.scenario import Scenario
from data.definition_rows import keep_definitions
from data.frames import Territory, has_table, read_frame
from data.free_text import find_personal_data, one_line
from data.loaders.definition_set import DefinitionSet
from data.loaders.scenarios import read_scenario, write_scenario
from data.records import entry_checks as checks
from data.records.entry_kind import Entry, EntryField, EntryKind, Problem
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.records.scenarios import Figure
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

SAVE = Action("plan-version", ("commune_code",))
LONGEST_REMARK = 160

_ALL = """
    SELECT commune_code, version, scenario, assumptions, reference_date, remark, base_snapshot_id, base_figures, saved_at
    FROM plan_version
    WHERE commune_code IN (SELECT unnest($territory))
    ORDER BY commune_code, version
"""


_DEFINITIONS = """
    SELECT commune_code, version, digest, costs
    FROM plan_version_definitions
    WHERE commune_code IN (SELECT unnest($territory))
"""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a version rests on: scenario, assumptions (as an address writes them), month, snapshot and what that one said by
    name of figure; what changed since the version before, in a sentence; the digest of the definitions (empty: not kept) and
    the unit costs that were edited, low, central and high in MAD."""

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
    """A version that was saved: its number in its commune; it holds the texts that were written until then."""

    commune_code: str
    number: int
    draft: PlanDraft
    saved_at: datetime


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
    values: dict[str, object] = {
        "commune_code": commune_code,
        "scenario": json.dumps(write_scenario(draft.scenario), ensure_ascii=False, allow_nan=False),
        "assumptions": json.dumps(dict(draft.assumptions)),
        "reference_date": draft.month,
        "remark": remark,
        "base_snapshot_id": draft.base_snapshot_id,
        "base_figures": json.dumps(dict(draft.base_figures), allow_nan=False),
    }
    with store.write(SAVE.name, SAVE.describe(values), (commune_code,)) as connection:
        # A version holds the texts that were written until then: it comes after the last of them.
        moments = [
            moment_of_writing(connection, *place) for place in (("plan_version", "saved_at"), ("plan_text", "written_at"))
        ]
        values["saved_at"] = max(moments)
        row = connection.execute(
            "INSERT INTO plan_version SELECT $commune_code, coalesce(max(version), 0) + 1, $scenario, $assumptions, "
            "$reference_date, $remark, $base_snapshot_id, $base_figures, $saved_at "
            "FROM plan_version WHERE commune_code = $commune_code RETURNING version",
            values,
        ).fetchone()
        assert row is not None, "an insert returns its row"
        if definitions is not None:
            _keep_definitions(connection, commune_code, int(row[0]), draft, definitions)
    return int(row[0])


def _keep_definitions(
    connection: duckdb.DuckDBPyConnection, commune_code: str, version: int, draft: PlanDraft, definitions: DefinitionSet
) -> None:
    keep_definitions(connection, definitions)
    costs = json.dumps({name: list(bounds) for name, bounds in draft.costs.items()}, allow_nan=False)
    connection.execute(
        "INSERT INTO plan_version_definitions VALUES ($commune_code, $version, $digest, $costs)",
        {"commune_code": commune_code, "version": version, "digest": definitions.digest, "costs": costs},
    )


def list_versions(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> dict[str, tuple[PlanVersion, ...]]:
    """The versions of each commune that saved one, by number; none in a snapshot made before plans were kept."""
    if not has_table(cursor, PLAN_VERSIONS.table):
        return {}
    found: dict[str, tuple[PlanVersion, ...]] = {}
    made_with = _read_definitions(cursor, territory)
    for row in read_frame(cursor, _ALL, territory=list(territory)).itertuples(index=False):
        draft = PlanDraft(
            scenario=read_scenario(json.loads(row.scenario)),
            assumptions=json.loads(row.assumptions),
            month=row.reference_date.date(),
            base_snapshot_id=row.base_snapshot_id,
            base_figures=json.loads(row.base_figures),
            remark=row.remark,
            **made_with.get((row.commune_code, int(row.version)), {}),
        )
        version = PlanVersion(row.commune_code, int(row.version), draft, row.saved_at.to_pydatetime())
        found[row.commune_code] = (*found.get(row.commune_code, ()), version)
    return found


def _read_definitions(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> dict[tuple[str, int], dict[str, Any]]:
    """Digest and edited costs of each version; nothing for one saved before they were kept."""
    if not has_table(cursor, "plan_version_definitions"):
        return {}
    rows = read_frame(cursor, _DEFINITIONS, territory=list(territory)).itertuples(index=False)
    return {
        (row.commune_code, int(row.version)): {
            "definitions": row.digest,
            "costs": {name: tuple(bounds) for name, bounds in json.loads(row.costs).items()},
        }
        for row in rows
    }


def _contradicts(entry: Entry, known: Entry) -> Problem | None:
    """A version never changes once it is saved."""
    return Problem("entry_version_differs", "version") if dict(entry) != dict(known) else None


PLAN_VERSIONS = EntryKind(
    id="plan_versions",
    table="plan_version",
    writers=frozenset((Role.COMMUNE, Role.STEWARD)),
    actions=(SAVE,),
    snapshot_checks=(
        ("plan_of_unknown_commune", "SELECT count(*) FROM plan_version ANTI JOIN commune USING (commune_code)"),
    ),
    fields=(
        EntryField("commune_code", checks.commune),
        EntryField("version", checks.matching("[1-9][0-9]{0,5}"), "INTEGER"),
        EntryField("scenario", checks.scenario),
        EntryField("assumptions", checks.choices),
        EntryField("reference_date", checks.day, "DATE"),
        EntryField("remark", checks.sentence(LONGEST_REMARK)),
        EntryField("base_snapshot_id", checks.snapshot_id),
        EntryField("base_figures", checks.figures),
        EntryField("saved_at", checks.moment, "TIMESTAMP"),
    ),
    of_commune="commune_code",
    shown="version",
    key=("commune_code", "version"),
    order=("commune_code", "version"),
    contradicts=_contradicts,
)
