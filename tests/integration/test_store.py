"""The store: published whole or not at all, undone, read while it is written, safe from a kill at any moment."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from data import queries
from data.ingest import drop_demonstration
from data.initialise import initialise
from data.migrations import apply_migrations
from data.store import Store, StoreError
from tests.workbooks import messy_workbook

ROOT = Path(__file__).parents[2]

# Imports the file once for each line on its standard input, every time in a child of its own, and says the child's number
# when the writing starts and how it ended.
IMPORTER = """
import os, sys
from pathlib import Path
from data.importing.accept import accept_import, prepare_for_store
from data.store import Store
store, content = Store(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes()
report = prepare_for_store(store, content, "saisie.xlsx")
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        accept_import(store, content, report)
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
KILLS = 50


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
            connection.execute("DELETE FROM observation")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert store.snapshot_id() == before
    assert count(store) == rows
    assert not list((store.root / "snapshots").glob("draft-*"))


@pytest.mark.parametrize(
    "wrong",
    [
        "DELETE FROM commune WHERE commune_code = '09.541.04.67'",
        # A figure said twice by one file.
        "INSERT INTO observation FROM observation LIMIT 1",
    ],
)
def test_a_copy_that_fails_its_checks_is_not_published(store, wrong):
    before = store.snapshot_id()
    with pytest.raises(StoreError) as error, store.write("import") as connection:
        connection.execute(wrong)
    assert error.value.key == "store.check_failed"
    assert store.snapshot_id() == before


def test_a_snapshot_is_small_enough_to_keep_many(store):
    """Fifty are kept: with an index behind every figure each weighed 25 MB."""
    (snapshot,) = (store.root / "snapshots").glob("*.duckdb")
    assert snapshot.stat().st_size < 10_000_000


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


def test_two_writers_do_not_meet(store):
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
    assert demonstration_movements > 1000
    assert simulated >= 76
    with store.write("drop-demonstration") as connection:
        removed = drop_demonstration(connection)
    with store.open() as connection:
        assert removed == 89 * 24 * simulated + demonstration_movements
        assert len(queries.read_movements(connection, queries.whole_territory(connection))) == 0
        assert connection.execute("SELECT * FROM observation ORDER BY ALL").fetchall() == official
        assert official
    with pytest.raises(StoreError), store.write("drop-demonstration") as connection:
        drop_demonstration(connection)


def test_a_real_figure_is_in_force_before_a_demonstration_figure_whatever_their_order(store):
    with store.open() as connection:
        kinds = connection.execute(
            "SELECT count(*) FROM current_observation GROUP BY commune_code, reference_date, variable HAVING count(*) > 1"
        ).fetchall()
    assert kinds == []


def start_import(importer: subprocess.Popen) -> int:
    """Have one import begin; returns the process that writes."""
    importer.stdin.write("again\n")
    importer.stdin.flush()
    return int(importer.stdout.readline())


@pytest.mark.slow
def test_killing_an_import_fifty_times_loses_nothing(store, tmp_path):
    """kill -9 at moments drawn over the whole writing: the published snapshot is always whole, and the next import works."""
    file = tmp_path / "saisie.xlsx"
    file.write_bytes(messy_workbook())
    rows_before = count(store)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    importer = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(store.root), str(file)],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with importer:
        start_import(importer)
        begin = time.monotonic()
        assert importer.stdout.readline() == "0\n"
        duration = time.monotonic() - begin
        rows_after = count(store)
        assert rows_after == rows_before + 11
        rng, killed, unchanged = random.Random(20230908), 0, 0
        while killed < KILLS:
            before = store.snapshot_id()
            writer = start_import(importer)
            time.sleep(rng.uniform(0, duration))  # the moment of the kill is what is tried, not a wait for something
            with suppress(ProcessLookupError):
                os.kill(writer, signal.SIGKILL)
            ended = int(importer.stdout.readline())
            killed += os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
            unchanged += store.snapshot_id() == before
            assert count(store) == rows_after
        assert unchanged > 0
        start_import(importer)
        assert importer.stdout.readline() == "0\n"
        importer.stdin.close()
    assert count(store) == rows_after
    assert not list((store.root / "snapshots").glob("draft-*"))
    uploads = [p.name for p in (store.root / "uploads").iterdir() if not p.name.endswith(".draft")]
    assert uploads == [f"{sha256(file.read_bytes()).hexdigest()}.xlsx"]
