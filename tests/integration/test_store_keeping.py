"""How the store is kept: order without a clock, what stays, stores from before, writers who wait."""

import shutil
import threading
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import data.store as store_module
from analytics.panel import build_panel, lay_out
from data import queries
from data.exporting.full_export import export_store
from data.ingest import Upload, add_upload, count_demonstration, drop_demonstration
from data.keeping import parts, retention
from data.keeping.manifest import Manifest
from data.loaders.today import load_variables
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.commune_notes import list_notes, withdraw_note, write_note
from data.records.plan_texts import list_texts, texts_in_force, write_text
from data.records.table import registers
from data.store import Store
from pages.figures.load import load_figures
from tests.earlier_stores import turn_earlier
from tests.sent_entries import fresh
from tests.sent_figures import TIZI, figure, send


def value_shown(store: Store) -> float:
    return float(load_figures(store.snapshot_id()).column("pupils_primary", pd.Timestamp("2025-08-01"))[TIZI])


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""

    class Clock(datetime):
        moment = datetime(2026, 3, 1, 12, 0)

        @classmethod
        def now(cls, tz=None):
            return cls.moment.replace(tzinfo=tz)

    monkeypatch.setattr(store_module, "datetime", Clock)
    return Clock


# Order


def test_after_the_clock_went_back_the_newest_import_is_shown_and_the_newest_note_is_in_force(store, clock):
    clock.moment = datetime(2027, 3, 1, 12, 0)
    first = send(store, 11, "a")
    write_note(store, TIZI, "president", "La première.")
    assert value_shown(store) == 11
    clock.moment -= timedelta(hours=2)
    second = send(store, 22, "b")
    write_note(store, TIZI, "president", "La seconde.")
    assert value_shown(store) == 22
    with store.open() as connection:
        assert list_notes(connection, (TIZI,))[TIZI].text == "La seconde."
    order = [s.id for s in store.history()]
    assert order.index(second) < order.index(first)
    sequences = [s.sequence for s in store.history()]
    assert sequences == sorted(sequences, reverse=True)
    clock.moment -= timedelta(days=400)
    withdraw_note(store, TIZI, "president")
    with store.open() as connection:
        assert list_notes(connection, (TIZI,)) == {}


def test_after_an_undo_the_next_write_comes_after_what_was_left_behind(store, clock):
    send(store, 11, "a")
    store.undo()
    clock.moment -= timedelta(days=1)
    newest = send(store, 22, "b")
    assert store.history()[0].id == newest
    assert value_shown(store) == 22


def test_a_text_that_came_from_a_clock_ahead_gives_way_to_one_written_later(store, clock):
    with store.write("import") as connection:
        connection.execute(
            "INSERT INTO plan_text VALUES (1, $commune, 'fr', 'summary', 'De demain', TIMESTAMP '2031-01-01')",
            {"commune": TIZI},
        )
    write_text(store, TIZI, "fr", "summary", "D'aujourd'hui.")
    with store.open() as connection:
        assert texts_in_force(list_texts(connection, (TIZI,)), TIZI) == {("fr", "summary"): "D'aujourd'hui."}


# What is kept


def manifest(sequence: int, action: str, parent: int | None = None) -> Manifest:
    before = sequence - 1 if parent is None else parent
    return Manifest(
        f"s{sequence}", sequence, f"s{before}" if before else None, datetime(2026, 1, 1), action, "", "", None, {}
    )


def test_writings_push_no_import_out_and_each_import_can_be_undone():
    actions = ["init", "note", "import", *["note"] * 60, "drop-demonstration", *["decision"] * 60]
    known = [manifest(at, action) for at, action in enumerate(actions, 1)]
    gone = {m.sequence for m in retention.list_forgotten(known, {"note", "decision"}, "s124")}
    # 1 to 3: the beginning, a note before the import, the import; 63 and 64: before the drop, and the drop; 123 and 124: before the
    # published one, and this; fifty others.
    assert set(range(1, 125)) - gone == {1, 2, 3, 63, 64, 123, 124} | set(range(73, 123))


def test_old_notes_go_from_the_disk_and_the_import_before_them_stays(store, monkeypatch):
    monkeypatch.setattr(retention, "KEPT_WRITINGS", 1)
    imported = send(store, 11)
    for word in ("un", "deux", "trois", "quatre"):
        write_note(store, TIZI, "president", f"Note {word}.")
    assert [s.action for s in store.history()] == ["note", "note", "note", "import", "init"]
    assert len(list((store.root / "snapshots").glob("*.book"))) == 5
    assert store.publish(imported).id == imported
    assert value_shown(store) == 11


def test_what_nobody_finished_is_swept_and_what_snapshots_share_stays(store):
    left = [store.root / "snapshots" / "draft-1.book", store.root / "figures" / "draft-2.parquet", store.root / "draft-3",
            store.root / "snapshots" / "20250101T000000000000-abcdef.book", store.root / "figures" / "0123.parquet"]  # fmt: skip
    for path in left:
        path.write_bytes(b"left over")
    before = {path.name for path in (store.root / "figures").iterdir()} - {path.name for path in left}
    write_note(store, TIZI, "president", "Une note.")
    assert not [path for path in left if path.exists()]
    assert {path.name for path in (store.root / "figures").iterdir()} == before


def test_many_parts_are_merged_and_say_the_same(store, monkeypatch):
    monkeypatch.setattr(parts, "MOST_PARTS", 7)
    for at, name in enumerate("abcde"):
        send(store, 10 + at, name)
    with store.open() as connection:
        assert len(parts.list_parts(connection)) <= 7
        assert connection.execute(
            "SELECT value FROM observation WHERE provenance = 'declared' ORDER BY value"
        ).fetchall() == [(10.0 + at,) for at in range(5)]
    assert value_shown(store) == 14
    with store.write("import") as connection:
        assert parts.remove_upload(connection, "import-e000000000000000") == 1
    assert value_shown(store) == 13


def test_as_many_parts_as_there_may_be_stand_apart_and_one_more_makes_one_of_all(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MOST_PARTS", 3)
    kept, counts = fresh(tmp_path), []
    for at, name in enumerate("abcde"):
        send(kept, 10 + at, name)
        with kept.open() as connection:
            counts.append(len(parts.list_parts(connection)))
    # The fourth makes them four, which are made one; the fifth stands beside that one.
    assert counts == [1, 2, 3, 1, 2]


@pytest.mark.parametrize("invented", [0, 1, 3])
def test_as_many_demonstration_figures_go_as_were_counted_and_the_others_stay(tmp_path, invented):
    kept, variables = fresh(tmp_path), ["pupils_primary", "doctors", "nurses"][:invented]
    send(kept, 11, "a")
    for at, variable in enumerate(variables):
        # Each by a file of its own, the first beside figures that are real.
        figures = [figure(20 + at, variable).assign(provenance="demonstration")]
        figures += [figure(30, "midwives")] if at == 0 else []
        with kept.write("import", f"{variable}.xlsx") as connection:
            upload = Upload("import", f"{variable}.xlsx", variable.ljust(64, "0"))
            add_upload(connection, upload, pd.concat(figures, ignore_index=True))
    with kept.open() as connection:
        assert count_demonstration(connection) == invented
    if not invented:
        return
    with kept.write("drop-demonstration") as connection:
        assert drop_demonstration(connection) == invented
    with kept.open() as connection:
        assert count_demonstration(connection) == 0
        left = connection.execute("SELECT variable, value FROM current_observation ORDER BY variable").fetchall()
    assert left == [("midwives", 30.0), ("pupils_primary", 11.0)]


# Stores from before


def census_variables() -> frozenset[str]:
    return frozenset(v.id for v in load_variables().values() if not v.monthly)


def panel_by_ranks(store: Store):
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        observations = queries.read_coded(connection, territory)
        months = list(observations.days_of(queries.read_monthly(connection)))
    return lay_out(observations, territory, months, census_variables())


def panel_by_rows(store: Store):
    """The second way: the figures in force as SQL finds them, laid out from texts."""
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        months, rows = queries.read_months(connection, territory), queries.read_observations(connection, territory)
    return build_panel(rows, territory, months, census_variables())


def assert_same(one, other):
    assert one.months == other.months
    assert set(one.columns) == set(other.columns)
    for name, column in one.columns.items():
        for part in ("value", "status", "provenance", "reliability", "age_months"):
            np.testing.assert_array_equal(getattr(column, part), getattr(other.columns[name], part), err_msg=name)


def test_a_store_from_before_gives_the_same_panel_read_as_it_is_and_after_it_moved(store):
    send(store, 77, "a")
    send(store, 78, "b")
    by_rows = panel_by_rows(store)
    assert_same(panel_by_ranks(store), by_rows)
    turn_earlier(store)
    assert store.trouble() is None
    assert_same(panel_by_ranks(store), by_rows)
    earlier = store.snapshot_id()
    write_note(store, TIZI, "president", "Une note.")
    assert (store.root / "figures").exists()
    assert_same(panel_by_ranks(store), by_rows)
    assert value_shown(store) == 78
    assert store.undo().id == earlier


def test_a_store_from_before_migrates_on_export_and_writes_the_same_files(official_store, tmp_path):
    shutil.copytree(official_store, tmp_path / "store")
    store = Store(tmp_path / "store")
    after = {path.name: path.read_bytes() for path in export_store(store, tmp_path / "after")}
    turn_earlier(store, without=["0007_commune_notes", "0008_plans"])
    before = {path.name: path.read_bytes() for path in export_store(store, tmp_path / "before")}
    # Registers came later: a store from then holds none of what ships in them, and the package says the hash of each file.
    later = {f"{kind.id}.csv" for kind in (ACTORS, ACTIONS, *registers())} | {"datapackage.json"}

    def held(written):
        return {name: [line for line in text.splitlines() if b"support.csv" not in line] for name, text in written.items()}

    assert held({n: c for n, c in before.items() if n not in later}) == held(
        {n: c for n, c in after.items() if n not in later}
    )
    assert set(before) == set(after) > later
    assert list((store.root / "snapshots").glob("*.book")) == []


# Who waits, and what the disk refuses


def test_a_writer_waits_for_the_one_before(store):
    started, done = threading.Event(), []

    def note():
        started.set()
        write_note(Store(store.root), TIZI, "president", "Une note.")
        done.append(True)

    thread = threading.Thread(target=note)
    with store.write("import"):
        thread.start()
        started.wait()
        assert done == []
    thread.join()
    assert done == [True]
    assert [s.action for s in store.history()] == ["note", "import", "init"]


def test_dropping_the_demonstration_leaves_what_stands_in_the_same_part(store):
    with store.write("import") as connection:
        mixed = pd.concat([figure(5), figure(6, commune="09.541.09.15").assign(provenance="demonstration")])
        add_upload(connection, Upload("import", "a.xlsx", "a" * 64), mixed)
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    with store.open() as connection:
        rows = connection.execute("SELECT value FROM observation WHERE upload_id LIKE 'import-%'").fetchall()
        assert rows == [(5.0,)]
        assert connection.execute("SELECT count(*) FROM observation WHERE provenance = 'demonstration'").fetchall() == [(0,)]
