"""Scenarios in the store: saved by name, reopened equal, deleted, undone; hostile names are only names."""

import json

import duckdb
import pytest

from analytics.scenario import CapacityChange, PeopleChange, Scenario, ScenarioError
from analytics.shock import Shock
from data.loaders.scenarios import read_scenario, write_scenario
from data.loaders.today import load_library
from data.migrations import apply_migrations
from data.records.scenarios import (
    Difference,
    compare_figures,
    delete_scenario,
    list_scenarios,
    own_id,
    save_scenario,
)
from data.store import StoreError
from tests.territories import TAROUDANNT

OURS = Scenario(
    "second_shock",
    horizon_months=18,
    returns="protracted",
    people=(PeopleChange("09.541.04", percent=12.5, persons=-30, first_month=2, last_month=9),),
    capacity=(CapacityChange(("nurses", "doctors"), "09.541.04.67", -30, 1, 3, None, (11, 12)),),
    shock=Shock(30.9, -8.3, 6.1, 11, 4),
    season=load_library(TAROUDANNT)["trend"].season,
)


def saved(store):
    with store.open() as connection:
        return list_scenarios(connection)


def test_saved_reopened_replaced_deleted_and_undone(store):
    base = store.snapshot_id()
    save_scenario(store, "  Atelier  d'Ouneine ", OURS, base, {"month": "2025-08", "displaced_persons": 13670})
    found = saved(store)[own_id("Atelier d'Ouneine")]
    assert found.scenario == read_scenario({**write_scenario(OURS), "id": own_id("Atelier d'Ouneine")})
    assert found.base_snapshot_id == base
    assert found.base_figures["displaced_persons"] == 13670
    assert store.current().action == "scenario"
    assert store.current().detail == "Atelier d'Ouneine"
    save_scenario(store, "Atelier d'Ouneine", load_library(TAROUDANNT)["trend"], base, {})
    assert len(saved(store)) == 1
    assert saved(store)[own_id("Atelier d'Ouneine")].scenario.shock is None
    delete_scenario(store, "Atelier d'Ouneine")
    assert saved(store) == {}
    store.undo()
    assert list(saved(store)) == [own_id("Atelier d'Ouneine")]
    store.publish(base)
    assert saved(store) == {}


@pytest.mark.parametrize("name", ["x'); DROP TABLE scenario; --", '"<script>', "سيناريو الشتاء", "a" * 80])
def test_a_name_is_only_a_name(store, name):
    save_scenario(store, name, OURS, "", {})
    assert [s.name for s in saved(store).values()] == [name]


@pytest.mark.parametrize("name", ["", "   ", "a" * 81])
def test_a_name_that_cannot_be_kept_is_refused_and_nothing_is_published(store, name):
    before = store.snapshot_id()
    with pytest.raises(StoreError) as refused:
        save_scenario(store, name, OURS, "", {})
    assert refused.value.key == "store.scenario_name"
    assert store.snapshot_id() == before


def test_a_scenario_that_is_not_there_cannot_be_deleted(store):
    before = store.snapshot_id()
    with pytest.raises(StoreError) as refused:
        delete_scenario(store, "nobody")
    assert refused.value.key == "store.scenario_gone"
    assert store.snapshot_id() == before


def test_a_snapshot_older_than_saved_scenarios_holds_none():
    with duckdb.connect() as connection:
        assert list_scenarios(connection) == {}
        apply_migrations(connection)
        assert list_scenarios(connection) == {}


def test_a_saved_scenario_says_what_differs_from_the_figures_it_was_made_on():
    before, now = {"month": "2025-08", "displaced": 400.0, "gone": 1.0}, {"month": "2025-09", "displaced": 400.0, "new": 2.0}
    assert compare_figures(before, now) == [
        Difference("month", "2025-08", "2025-09"),
        Difference("gone", 1.0, None),
        Difference("new", None, 2.0),
    ]
    assert compare_figures(before, before) == []


@pytest.mark.taroudannt
@pytest.mark.parametrize("name", load_library(TAROUDANNT))
def test_a_scenario_of_the_library_survives_writing_and_reading(name):
    scenario = load_library(TAROUDANNT)[name]
    again = read_scenario(json.loads(json.dumps(write_scenario(scenario))))
    assert again == scenario
    assert (again.labels, again.descriptions, again.assumptions) == (
        scenario.labels,
        scenario.descriptions,
        scenario.assumptions,
    )


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "x", "people": [{"where": "all", "percent": "much"}]},
        {"id": "x", "levers": 3},
        {"id": "x", "capacity": [{"percent": -3}]},
        {"id": "x", "shock": {"latitude": 30}},
        {"id": "x", "profile": "health_map"},
        {"id": "x", "hazard": "meteorite"},
        {"id": "x", "people": 4},
        {"id": "x", "people": [{}] * 41},
        {},
    ],
)
def test_what_is_not_a_scenario_is_refused(raw):
    with pytest.raises(ScenarioError) as refused:
        read_scenario(raw)
    assert refused.value.key == "scenario_error.unreadable"
