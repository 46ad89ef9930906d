"""Scenarios saved by name in the store: every save and every removal is a snapshot of its own, so that undo brings it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb

from analytics.scenario import Scenario
from data.free_text import one_line
from data.i18n import LANGUAGES
from data.loaders.scenarios import read_scenario, write_scenario
from data.queries import read_scenarios
from data.store import Store, StoreError

ACTION_SAVE, ACTION_DELETE = "scenario", "scenario-deleted"
OWN = "own:"
LONGEST_NAME = 80

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
    saved_at = datetime.now(UTC).replace(tzinfo=None)
    values = {
        "name": kept,
        "definition": _write(named),
        "base_snapshot_id": base_snapshot_id,
        "base_figures": json.dumps(dict(base_figures), allow_nan=False),
        "saved_at": saved_at,
    }
    with store.write(ACTION_SAVE, kept) as connection:
        connection.execute("DELETE FROM scenario WHERE name = $name", {"name": kept})
        connection.execute(
            "INSERT INTO scenario VALUES ($name, $definition, $base_snapshot_id, $base_figures, $saved_at)", values
        )
    return SavedScenario(kept, named, base_snapshot_id, dict(base_figures), saved_at)


def write_definition(name: str, definition: str) -> str:
    """The definition of a scenario, as JSON, under a name.

    Raises:
        ScenarioError: the definition is none.
    """
    return _write(_named(name, read_scenario(json.loads(definition))))


def _named(name: str, scenario: Scenario) -> Scenario:
    return replace(scenario, id=own_id(name), labels=dict.fromkeys(LANGUAGES, name))


def _write(scenario: Scenario) -> str:
    return json.dumps(write_scenario(scenario), ensure_ascii=False, allow_nan=False)


def delete_scenario(store: Store, name: str) -> None:
    """Remove a saved scenario.

    Raises:
        StoreError: none has this name, or another write is under way.
    """
    with store.write(ACTION_DELETE, name) as connection:
        found = connection.execute("SELECT count(*) FROM scenario WHERE name = $name", {"name": name}).fetchone()
        if not found or not found[0]:
            raise StoreError("store.scenario_gone", name=name)
        connection.execute("DELETE FROM scenario WHERE name = $name", {"name": name})


def list_scenarios(cursor: duckdb.DuckDBPyConnection) -> dict[str, SavedScenario]:
    """Saved scenarios of a snapshot by id, in order of name; none in a snapshot made before scenarios were kept."""
    saved = [
        SavedScenario(
            name=row.name,
            scenario=read_scenario(json.loads(row.definition)),
            base_snapshot_id=row.base_snapshot_id,
            base_figures=json.loads(row.base_figures),
            saved_at=row.saved_at,
        )
        for row in read_scenarios(cursor).itertuples(index=False)
    ]
    return {s.scenario.id: s for s in saved}


def compare_figures(saved: Mapping[str, Figure], now: Mapping[str, Figure]) -> list[Difference]:
    """What differs between the figures that a scenario was saved on and those of today."""
    names = [*saved, *(name for name in now if name not in saved)]
    return [Difference(n, saved.get(n), now.get(n)) for n in names if saved.get(n) != now.get(n)]
