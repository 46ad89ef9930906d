"""The store: published whole or not at all, undone, read while it is written, safe from a kill at any moment."""

from hashlib import sha256
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data import queries
from data.ingest import Upload, add_upload, drop_demonstration
from data.initialise import initialise
from data.keeping import lock, parts
from data.migrations import apply_migrations
from data.records.achievements import ACHIEVEMENTS
from data.records.register import count_demonstration, read_register
from data.records.table import registers
from data.store import Store, StoreError
from data.support_tables import DEMONSTRATION, read_support_files
from tests.killing import draw_steps, writer_of
from tests.workbooks import messy_workbook

ROOT = Path(__file__).parents[2]

KILLS_OF = {"import": 7, "note": 4, "drop": 4, "undo": 3}


def count(store: Store, snapshot: str | None = None) -> int:
    with store.open(snapshot) as connection:
        return connection.execute("SELECT count(*) FROM observation").fetchone()[0]


def test_an_empty_store_says_so(tmp_path):
    store = Store(tmp_path)
    assert store.snapshot_id() is None
    assert store.history() == []
    with pytest.raises(StoreError) as error:
        store.open()
    assert error.value.key == "store.empty"


def test_initialising_twice_changes_nothing(store):
    before = store.snapshot_id()
    with pytest.raises(StoreError):
        initialise(store)
    assert store.snapshot_id() == before


def test_an_error_in_the_middle_publishes_nothing(store):
    before, rows = store.snapshot_id(), count(store)

    def fail_halfway() -> None:
        with store.write("import") as connection:
            parts.remove_provenance(connection, "demonstration")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert store.snapshot_id() == before
    assert count(store) == rows
    assert not list(store.root.rglob("draft-*"))


@pytest.mark.parametrize(
    "wrong",
    [
        "DELETE FROM commune WHERE commune_code = '09.541.04.67'",
        "DELETE FROM variable WHERE variable = 'population'",
        "DELETE FROM upload WHERE kind = 'demonstration'",
        # One file's figures counted twice.
        "INSERT INTO observation_part FROM observation_part LIMIT 1",
    ],
)
def test_a_copy_that_fails_its_checks_is_not_published(store, wrong):
    before = store.snapshot_id()
    with pytest.raises(StoreError) as error, store.write("import") as connection:
        connection.execute(wrong)
    assert error.value.key == "store.check_failed"
    assert store.snapshot_id() == before


def figure(**changed) -> pd.DataFrame:
    one = {"commune_code": "09.541.04.67", "reference_date": pd.Timestamp("2025-08-01"), "variable": "pupils_primary", "value": 12.0,
           "status": "reported", "provenance": "declared", "reliability": "B", "source": "", "cell": "A1"}  # fmt: skip
    return pd.DataFrame([one | changed])


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        ([figure(), figure(value=13.0)], "observation_said_twice"),
        ([figure(value=float("inf"))], "value_not_finite"),
        ([figure(value=float("nan"))], "value_against_status"),
        ([figure(status="missing")], "value_against_status"),
        ([figure(provenance=None)], "observation_incomplete"),
    ],
)
def test_figures_that_contradict_themselves_are_not_published(store, figures, problem):
    before, parts_before = store.snapshot_id(), set((store.root / "figures").iterdir())
    with pytest.raises(StoreError) as error, store.write("import") as connection:
        add_upload(connection, Upload("import", "a.xlsx", "0" * 64), pd.concat(figures))
    assert (error.value.key, error.value.values["problems"]) == ("store.check_failed", problem)
    assert store.snapshot_id() == before
    assert set((store.root / "figures").iterdir()) == parts_before


def test_a_note_takes_little_room_beside_the_figures_that_it_does_not_touch(store):
    """Each snapshot was a copy of everything, 8 MB; with an index behind every figure 25 MB."""
    size = sum(path.stat().st_size for path in store.root.rglob("*") if path.is_file())
    assert size < 1_700_000
    with store.write("note"):
        pass
    assert sum(path.stat().st_size for path in store.root.rglob("*") if path.is_file()) - size < 1_600_000


@pytest.mark.taroudannt
def test_a_store_from_before_keeps_its_figures_when_it_loses_its_index(tmp_path):
    with duckdb.connect() as connection:
        migrations = sorted((ROOT / "data" / "schema").glob("*.sql"))
        older = [path for path in migrations if path.stem < "0009"]
        for path in older:
            connection.execute(path.read_text(encoding="utf-8"))
        connection.execute("CREATE TABLE schema_migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
        connection.executemany("INSERT INTO schema_migration VALUES (?, current_timestamp)", [[p.stem] for p in older])
        connection.execute("INSERT INTO upload VALUES ('u', 1, 'import', 'f', 'h', current_timestamp, '', '', '', 1, 1, 0)")
        figure = "('09.541.04.67', DATE '2025-08-01', 'pupils', 12, 'reported', 'declared', 'B', '', '', 'u')"
        connection.execute(f"INSERT INTO observation VALUES {figure}")
        before = connection.execute("FROM current_observation").fetchall()
        assert "0009_observation_without_index" in apply_migrations(connection)
        assert connection.execute("FROM current_observation").fetchall() == before
        assert connection.execute("SELECT count(*) FROM duckdb_indexes() WHERE table_name = 'observation'").fetchall() == [
            (0,)
        ]


def test_readers_keep_their_snapshot_while_another_is_published(store):
    reader = store.open()
    rows = reader.execute("SELECT count(*) FROM observation").fetchone()
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    assert reader.execute("SELECT count(*) FROM observation").fetchone() == rows
    assert count(store) < rows[0]
    with pytest.raises(duckdb.Error):
        reader.execute("DELETE FROM observation")


def test_undo_goes_back_one_step_and_forward_again(store):
    first, rows = store.snapshot_id(), count(store)
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    second = store.snapshot_id()
    assert store.undo().id == first
    assert count(store) == rows
    assert store.publish(second).id == second
    assert [s.id for s in store.history()] == [second, first]
    store.undo()
    with pytest.raises(StoreError) as error:
        store.undo()
    assert error.value.key == "store.nothing_to_undo"


def test_two_writers_do_not_meet(store, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with store.write("import"), pytest.raises(StoreError) as error, Store(store.root).write("import"):
        pass
    assert error.value.key == "store.busy"


def test_migrations_are_applied_once(store):
    with duckdb.connect() as connection:
        assert apply_migrations(connection)[0] == "0001_initial"
        assert apply_migrations(connection) == []


def test_every_query_is_bound_to_the_territory(store):
    with store.open() as connection:
        one = ("09.541.04.67",)
        assert set(queries.read_observations(connection, one)["commune_code"]) == set(one)
        assert list(queries.read_communes(connection, one)["commune_code"]) == list(one)
        assert len(queries.read_trace(connection, one, "09.541.01.01", ["population"])) == 0
        assert len(queries.read_observations(connection, ())) == 0
        assert queries.read_months(connection, ()) == []
        hostile = ("x') OR 1=1 --",)
        assert len(queries.read_observations(connection, hostile)) == 0


def test_official_figures_outlive_the_demonstration(store):
    with store.open() as connection:
        official = connection.execute(
            "SELECT * FROM observation WHERE provenance <> 'demonstration' ORDER BY ALL"
        ).fetchall()
        simulated = connection.execute(
            "SELECT count(DISTINCT variable) FROM observation WHERE provenance = 'demonstration'"
        ).fetchone()[0]
        demonstration_movements = len(queries.read_movements(connection, queries.whole_territory(connection)))
        examples = sum(count_demonstration(connection, kind) for kind in registers())
    assert demonstration_movements > 1000
    assert examples > 50
    assert simulated >= 76
    with store.write("drop-demonstration") as connection:
        removed = drop_demonstration(connection)
    with store.open() as connection:
        invented = sum(len(rows) for rows in read_support_files(store.province, DEMONSTRATION).values())
        assert removed == 89 * 24 * simulated + demonstration_movements + examples + invented
        assert set(read_register(connection, ACHIEVEMENTS)["provenance"]) == {"official_via_press"}
        assert len(queries.read_movements(connection, queries.whole_territory(connection))) == 0
        assert connection.execute("SELECT * FROM observation ORDER BY ALL").fetchall() == official
        assert official
    with pytest.raises(StoreError), store.write("drop-demonstration") as connection:
        drop_demonstration(connection)


@pytest.mark.parametrize("first", ["declared", "demonstration"])
def test_a_real_figure_is_in_force_before_a_demonstration_figure_whatever_their_order(store, first):
    kinds = {"declared": 11.0, "demonstration": 22.0}
    for kind in (first, *(k for k in kinds if k != first)):
        with store.write("import") as connection:
            upload = Upload("import", f"{kind}.xlsx", kind.ljust(64, "0"))
            add_upload(connection, upload, figure(variable="deaths_registered", value=kinds[kind], provenance=kind))
    wanted = ("09.541.04.67", "deaths_registered")
    with store.open() as connection:
        in_force = queries.read_values(connection, wanted[:1])
        coded = queries.read_coded(connection, wanted[:1]).of_variable(wanted[1], wanted[:1])
    for frame in (in_force, coded):
        of_month = frame[(frame["variable"] == wanted[1]) & (frame["reference_date"] == "2025-08-01")]
        assert of_month["value"].tolist() == [11.0]


@pytest.mark.slow
def test_killing_a_writer_at_any_step_loses_nothing(store, tmp_path):
    """The published snapshot is the one before or the one after, always whole; nothing is left over; the next write works."""
    file = tmp_path / "saisie.xlsx"
    file.write_bytes(messy_workbook())
    expected = {count(store)}
    killed = 0
    with writer_of(store.root, file) as writer:
        for action, kills in KILLS_OF.items():
            steps = writer.steps(action)
            expected |= {count(store)}
            for step in draw_steps(steps, kills, seed=20230908):
                killed += writer.kill(action, step)
                assert count(store) in expected
                assert store.trouble() is None
                assert store.audit.broken_at() is None
        writer.steps("note")
    assert killed >= 16
    assert not list(store.root.rglob("draft-*"))
    named = {name for manifest in store.shelf.manifests() for name in manifest.files}
    lying = {
        p.relative_to(store.root).as_posix() for folder in ("snapshots", "figures") for p in (store.root / folder).iterdir()
    }
    assert {name for name in lying if not name.endswith(".json")} == named
    assert [p.name for p in (store.root / "uploads").iterdir()] == [f"{sha256(file.read_bytes()).hexdigest()}.xlsx"]
