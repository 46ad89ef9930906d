"""Scenarios saved by name: every save and every removal is a snapshot of its own, so that undo brings it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from analytics.scenario import Scenario
from data.frames import has_table, read_frame
from data.free_text import one_line
from data.i18n import LANGUAGES
from data.loaders.scenarios import read_scenario, write_scenario
from data.records import entry_checks as checks
from data.records.entry_kind import Entry, EntryField, EntryKind, Problem
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

SAVE, DELETE = Action("scenario", ("name",)), Action("scenario-deleted", ("name",))
OWN = "own:"
LONGEST_NAME = 80

_SAVED = "SELECT name, definition, base_snapshot_id, base_figures, saved_at FROM scenario ORDER BY name"
_ADD = """
    INSERT OR REPLACE INTO scenario
    SELECT name, definition, base_snapshot_id, base_figures, CAST(saved_at AS TIMESTAMP)
    FROM (SELECT DISTINCT ON (name) * FROM incoming ORDER BY name, CAST(saved_at AS TIMESTAMP) DESC)
"""

Figure = float | str


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A scenario with its name, the snapshot that it was made on, what that snapshot said by name of figure, and when."""

    name: str
    scenario: Scenario
    base_snapshot_id: str
    base_figures: Mapping[str, Figure]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that was one thing when a scenario was saved and is another now; None where it was or is not known."""

    figure: str
    before: Figure | None
    now: Figure | None


def own_id(name: str) -> str:
    """The id of a saved scenario, apart from those of the library."""
    return OWN + name


def save_scenario(
    store: Store, name: str, scenario: Scenario, base_snapshot_id: str, base_figures: Mapping[str, Figure]
) -> SavedScenario:
    """Save a scenario under a name; what stood under this name is replaced.

    Raises:
        StoreError: the name is empty or too long, or another write is under way.
    """
    kept = one_line(name)
    if not 1 <= len(kept) <= LONGEST_NAME:
        raise StoreError("store.scenario_name", longest=LONGEST_NAME)
    named = _named(kept, scenario)
    values = {
        "name": kept,
        "definition": _write(named),
        "base_snapshot_id": base_snapshot_id,
        "base_figures": json.dumps(dict(base_figures), allow_nan=False),
    }
    with store.write(SAVE.name, SAVE.describe(values)) as connection:
        saved_at = moment_of_writing(connection, "scenario", "saved_at")
        connection.execute("DELETE FROM scenario WHERE name = $name", {"name": kept})
        connection.execute(
            "INSERT INTO scenario VALUES ($name, $definition, $base_snapshot_id, $base_figures, $saved_at)",
            {**values, "saved_at": saved_at},
        )
    return SavedScenario(kept, named, base_snapshot_id, dict(base_figures), saved_at)


def delete_scenario(store: Store, name: str) -> None:
    """Remove a saved scenario.

    Raises:
        StoreError: none has this name, or another write is under way.
    """
    with store.write(DELETE.name, DELETE.describe({"name": name})) as connection:
        found = connection.execute("SELECT count(*) FROM scenario WHERE name = $name", {"name": name}).fetchone()
        if not found or not found[0]:
            raise StoreError("store.scenario_gone", name=name)
        connection.execute("DELETE FROM scenario WHERE name = $name", {"name": name})


def list_scenarios(cursor: duckdb.DuckDBPyConnection) -> dict[str, SavedScenario]:
    """Saved scenarios of a snapshot by id, in order of name; none in a snapshot made before scenarios were kept."""
    if not has_table(cursor, SCENARIOS.table):
        return {}
    saved = [
        SavedScenario(
            name=row.name,
            scenario=read_scenario(json.loads(row.definition)),
            base_snapshot_id=row.base_snapshot_id,
            base_figures=json.loads(row.base_figures),
            saved_at=row.saved_at,
        )
        for row in read_frame(cursor, _SAVED).itertuples(index=False)
    ]
    return {s.scenario.id: s for s in saved}


def compare_figures(saved: Mapping[str, Figure], now: Mapping[str, Figure]) -> list[Difference]:
    """What differs between the figures that a scenario was saved on and those of today."""
    names = [*saved, *(name for name in now if name not in saved)]
    return [Difference(n, saved.get(n), now.get(n)) for n in names if saved.get(n) != now.get(n)]


def _named(name: str, scenario: Scenario) -> Scenario:
    return replace(scenario, id=own_id(name), labels=dict.fromkeys(LANGUAGES, name))


def _write(scenario: Scenario) -> str:
    return json.dumps(write_scenario(scenario), ensure_ascii=False, allow_nan=False)


def _complete(entry: dict[str, str]) -> dict[str, str]:
    """A scenario of a file goes by the name that its row gives it, as one that is saved on the screen."""
    scenario = read_scenario(json.loads(entry["definition"]))
    return {**entry, "definition": _write(_named(entry["name"], scenario))}


def _contradicts(entry: Entry, known: Entry) -> Problem | None:
    """A newer scenario of the same name stays."""
    is_older = datetime.fromisoformat(entry["saved_at"]) < datetime.fromisoformat(known["saved_at"])
    return Problem("entry_older", "saved_at") if is_older else None


SCENARIOS = EntryKind(
    id="scenarios",
    table="scenario",
    writers=frozenset((Role.ADVISER, Role.STEWARD)),
    actions=(SAVE, DELETE),
    fields=(
        EntryField("name", checks.sentence(LONGEST_NAME, shortest=1)),
        EntryField("definition", checks.scenario),
        EntryField("base_snapshot_id", checks.snapshot_id),
        EntryField("base_figures", checks.figures),
        EntryField("saved_at", checks.moment, "TIMESTAMP"),
    ),
    shown="name",
    key=("name",),
    order=("name",),
    add=(_ADD,),
    contradicts=_contradicts,
    complete=_complete,
)
