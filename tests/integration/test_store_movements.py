"""Movements and facilities in the store: what is in force, what a territory sees, stores made before they existed."""

import duckdb
import pandas as pd
import pytest

from analytics.displacement import build_flows
from data import queries
from data.ingest import IMPORT, Upload, add_upload, drop_demonstration
from data.migrations import SCHEMA
from data.store import StoreError
from tests.earlier_stores import turn_earlier

TIZI, FREIJA, IRHERM = "09.541.04.67", "09.541.09.15", "09.541.01.05"
NOTHING = pd.DataFrame()


def movement(month, kind, origin, destination, home, persons, provenance="declared"):
    return {
        "reference_date": pd.Timestamp(month), "kind": kind, "origin_code": origin, "destination_code": destination,
        "home_code": home, "persons": float(persons), "status": "reported", "provenance": provenance, "reliability": "B",
        "source": "", "cell": "",
    }  # fmt: skip


def facility(facility_id, month, status="fully", commune=TIZI):
    return {
        "facility_id": facility_id, "commune_code": commune, "sector": "health", "kind": "primary_care", "name": "Centre",
        "latitude": 30.9, "longitude": -8.3, "capacity": float("nan"), "capacity_unit": "", "functional_status": status,
        "status_reason": "", "reference_date": pd.Timestamp(month), "provenance": "declared", "reliability": "B", "source": "",
        "cell": "",
    }  # fmt: skip


def write(store, name, movements=(), facilities=()):
    with store.write("import", name) as connection:
        upload = Upload(kind=IMPORT, file_name=name, sha256=name * 16)
        records = {"movements": pd.DataFrame(list(movements)), "facilities": pd.DataFrame(list(facilities))}
        add_upload(connection, upload, NOTHING, records)


def movements_in_force(store, territory=None):
    with store.open() as connection:
        return queries.read_movements(connection, territory or queries.whole_territory(connection))


def test_the_newest_upload_of_a_movement_is_in_force(store):
    write(store, "a", [movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, 10)])
    write(store, "b", [movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, 12)])
    frame = movements_in_force(store)
    real = frame[frame["provenance"] == "declared"]
    assert real["persons"].tolist() == [12]
    store.undo()
    frame = movements_in_force(store)
    assert frame[frame["provenance"] == "declared"]["persons"].tolist() == [10]


def test_real_movements_of_people_from_a_commune_replace_the_demonstration_of_them_and_of_nobody_else(store):
    before = movements_in_force(store)
    write(store, "a", [movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, 10)])
    after = movements_in_force(store)
    assert set(after[after["home_code"] == TIZI]["provenance"]) == {"declared"}
    others = [frame[frame["home_code"] != TIZI].reset_index(drop=True) for frame in (before, after)]
    pd.testing.assert_frame_equal(*others)
    flows = build_flows(after, sorted(set(after["home_code"])), sorted(after["reference_date"].unique()))
    assert (flows.hosted_from_elsewhere >= 0).all()
    assert (flows.residents_away >= 0).all()


def test_a_territory_sees_the_movements_that_leave_or_reach_it(store):
    write(
        store,
        "a",
        [
            movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, 1),
            movement("2025-07-01", "arrival", "outside", TIZI, "outside", 2),
            movement("2025-07-01", "arrival", IRHERM, FREIJA, IRHERM, 3),
        ],
        [facility("F1", "2025-07-01"), facility("F2", "2025-07-01", commune=FREIJA)],
    )
    frame = movements_in_force(store, (TIZI,))
    assert sorted(frame[frame["provenance"] == "declared"]["persons"]) == [1, 2]
    assert ((frame["origin_code"] == TIZI) | (frame["destination_code"] == TIZI)).all()
    with store.open() as connection:
        assert queries.read_facilities(connection, (TIZI,))["facility_id"].tolist() == ["F1"]
        hostile = ("x') OR 1=1 --",)
        assert len(queries.read_movements(connection, hostile)) == len(queries.read_facilities(connection, hostile)) == 0
        assert "a" in set(queries.read_uploads(connection, (FREIJA,))["file_name"])


def test_a_facility_has_one_state_a_month_that_of_the_newest_upload(store):
    write(store, "a", facilities=[facility("F1", "2025-06-01"), facility("F1", "2025-07-01", "partially")])
    write(store, "b", facilities=[facility("F1", "2025-07-01", "not")])
    with store.open() as connection:
        frame = queries.read_facilities(connection, (TIZI,))
    assert frame["functional_status"].tolist() == ["fully", "not"]


@pytest.mark.parametrize(
    "row",
    [
        movement("2025-07-01", "arrival", "09.999", FREIJA, TIZI, 1),
        movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, -1),
    ],
)
def test_an_impossible_movement_is_not_published(store, row):
    before = store.snapshot_id()
    with pytest.raises(StoreError):
        write(store, "a", [row])
    assert store.snapshot_id() == before


@pytest.fixture
def old_store(store):
    """A store made before movements, facilities, notes and plans existed."""
    without = [path.stem for path in SCHEMA.glob("*.sql") if path.stem[:4] not in ("0001", "0003", "0010")]
    turn_earlier(store, without)
    return store


@pytest.mark.slow
def test_a_snapshot_from_before_is_read_as_it_is_and_migrates_with_the_next_write(old_store):
    (path,) = (old_store.root / "snapshots").iterdir()
    with duckdb.connect(str(path), read_only=True) as connection:
        assert "movement" not in {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    with old_store.open() as connection:
        territory = queries.whole_territory(connection)
        movements, facilities = queries.read_movements(connection, territory), queries.read_facilities(connection, territory)
        uploads = queries.read_uploads(connection, territory)
        assert len(queries.read_observations(connection, territory)) > 60_000
    assert len(movements) == len(facilities) == 0
    assert len(uploads) > 3
    flows = build_flows(movements, list(territory), [pd.Timestamp("2025-07-01")])
    assert pd.isna(flows.arrivals).all()
    write(old_store, "a", [movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, 10)], [facility("F1", "2025-07-01")])
    with old_store.open() as connection:
        after = queries.read_movements(connection, territory)
        columns = list(queries.read_facilities(connection, territory).columns)
    assert after["persons"].tolist() == [10]
    assert list(movements.columns) == list(after.columns)
    assert movements.dtypes.to_dict() == after.dtypes.to_dict()
    assert list(facilities.columns) == columns
    old_store.undo()
    assert len(movements_in_force(old_store, territory)) == 0


def test_movements_of_the_demonstration_are_dropped_and_undo_brings_them_back(store):
    whole = movements_in_force(store)
    write(store, "a", [movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, 10)])
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    assert movements_in_force(store)["persons"].tolist() == [10]
    store.undo()
    store.undo()
    pd.testing.assert_frame_equal(movements_in_force(store), whole)


def test_a_movement_without_persons_must_say_why(store):
    before = store.snapshot_id()
    with pytest.raises(duckdb.ConstraintException):
        write(store, "a", [movement("2025-07-01", "arrival", TIZI, FREIJA, TIZI, float("nan"))])
    assert store.snapshot_id() == before
