"""How the store is kept: order without a clock, what stays, damaged files, full and read-only disks, stores from before."""

import errno
import os
import shutil
import threading
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import data.store as store_module
from analytics.panel import build_panel, lay_out
from data import queries
from data.command_line import main
from data.exporting.full_export import export_store
from data.ingest import Upload, add_upload, drop_demonstration
from data.keeping import parts, retention
from data.keeping.manifest import Manifest
from data.loaders.today import load_variables
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.commune_notes import list_notes, withdraw_note, write_note
from data.records.plan_texts import list_texts, texts_in_force, write_text
from data.records.table import registers
from data.store import ROOT_VARIABLE, Store, StoreError
from pages.figures.load import load_figures
from tests.earlier_stores import turn_earlier

TIZI = "09.541.04.67"


def figure(value: float, variable: str = "pupils_primary", commune: str = TIZI) -> pd.DataFrame:
    one = {"commune_code": commune, "reference_date": pd.Timestamp("2025-08-01"), "variable": variable, "value": value,
           "status": "reported", "provenance": "declared", "reliability": "B", "source": "", "cell": "A1"}  # fmt: skip
    return pd.DataFrame([one])


def send(store: Store, value: float, name: str = "a") -> str:
    with store.write("import", f"{name}.xlsx") as connection:
        add_upload(connection, Upload("import", f"{name}.xlsx", name.ljust(64, "0")), figure(value))
    return store.snapshot_id()


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


# Damage


def flip(path, at=0.5):
    content = bytearray(path.read_bytes())
    place = int(len(content) * at)
    content[place] ^= 0xFF
    path.write_bytes(content)


def damage_book(store):
    flip(store.shelf.book_path(store.snapshot_id()))


def cut_book(store):
    path = store.shelf.book_path(store.snapshot_id())
    path.write_bytes(path.read_bytes()[:5000])


def lose_book(store):
    store.shelf.book_path(store.snapshot_id()).unlink()


def newest_part(store):
    last, before = (store.shelf.manifest(s.id).files for s in store.history()[:2])
    return store.root / next(name for name in last if name not in before and name.endswith(".parquet"))


def damage_part(store):
    flip(newest_part(store))


def lose_part(store):
    newest_part(store).unlink()


def damage_manifest(store):
    (store.root / "snapshots" / f"{store.snapshot_id()}.json").write_text('{"format": 2, "id":')


def change_manifest(store):
    """Still JSON, and another action than the one that was done."""
    path = store.root / "snapshots" / f"{store.snapshot_id()}.json"
    path.write_text(path.read_text().replace('"action": "import"', '"action": "impart"'))


def point_to_nothing(store):
    (store.root / "current").write_text("20990101T000000000000-abcdef")


DAMAGES = [damage_book, cut_book, lose_book, damage_part, lose_part, damage_manifest, change_manifest, point_to_nothing]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__)
def test_a_damaged_snapshot_is_told_and_the_last_good_one_is_read_until_it_is_repaired(store, damage, capsys):
    good, _ = store.snapshot_id(), send(store, 11)
    damage(store)
    last_good = store.snapshot_id() if damage is point_to_nothing else good
    trouble = store.trouble()
    assert trouble is not None
    assert trouble.key == "store.published_damaged"
    assert store.snapshot_id() == store.current().id == last_good
    with store.open() as connection:
        assert connection.execute("SELECT count(*) FROM observation").fetchall()[0][0] > 100_000
    with pytest.raises(StoreError) as error:
        write_note(store, TIZI, "president", "Une note.")
    assert error.value.key == "store.published_damaged"
    assert main(["init", "--if-missing"]) == 1
    assert "python -m data repair" in capsys.readouterr().err
    assert store.repair().id == last_good
    assert store.trouble() is None
    write_note(store, TIZI, "president", "Une note.")
    assert store.audit.entries(2)[1].action == "repair"


@pytest.mark.parametrize("pointer", [None, b"", b"\xff\xfe\x00", b"../../etc/passwd"])
def test_a_missing_pointer_never_starts_a_new_store(store, pointer, capsys):
    before, listed = store.snapshot_id(), sorted(p.name for p in (store.root / "snapshots").iterdir())
    (store.root / "current").unlink()
    if pointer is not None:
        (store.root / "current").write_bytes(pointer)
    assert main(["init", "--if-missing"]) == 1
    assert main(["init"]) == 1
    assert "repair" in capsys.readouterr().err
    assert sorted(p.name for p in (store.root / "snapshots").iterdir()) == listed
    assert store.snapshot_id() == before
    assert store.trouble().key == "store.pointer_missing"
    assert store.repair().id == before
    assert (store.root / "current").read_text() == before


def test_where_nothing_can_be_read_no_new_store_is_started(store, capsys):
    damage_book(store)
    assert store.snapshot_id() is None
    assert store.trouble().key == "store.nothing_readable"
    for act in (store.open, store.current, store.repair, lambda: send(store, 1)):
        with pytest.raises(StoreError) as error:
            act()
        assert error.value.key == "store.nothing_readable"
    assert main(["init", "--if-missing"]) == 1
    assert "restore" in capsys.readouterr().err


def test_a_damaged_snapshot_is_never_published(store):
    first = store.snapshot_id()
    send(store, 11)
    flip(store.shelf.book_path(first))
    for act in (store.undo, lambda: store.publish(first)):
        with pytest.raises(StoreError) as error:
            act()
        assert error.value.key == "store.snapshot_damaged"
    assert store.trouble() is None


def test_a_damaged_snapshot_from_before_is_told(store):
    turn_earlier(store)
    path = store.shelf.earlier_path(store.snapshot_id())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert store.trouble().key == "store.nothing_readable"


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


@pytest.mark.parametrize(
    ("number", "key", "call"),
    [
        (errno.ENOSPC, "store.disk_full", 0),
        (errno.ENOSPC, "store.disk_full", 2),
        (errno.EROFS, "store.read_only", 1),
        (errno.EACCES, "store.read_only", 3),
        (errno.EIO, "store.unwritable", 3),
    ],
)
def test_what_the_disk_refuses_is_told_and_nothing_is_changed(store, monkeypatch, number, key, call):
    before, calls, fsync = store.snapshot_id(), [], os.fsync

    def refuse(handle):
        calls.append(handle)
        if len(calls) > call:
            raise OSError(number, os.strerror(number))
        fsync(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(StoreError) as error:
            write_note(store, TIZI, "president", "Une note.")
    assert error.value.key == key
    assert store.snapshot_id() == before
    assert store.trouble() is None
    assert not list(store.root.rglob("draft-*"))
    write_note(store, TIZI, "president", "Une note.")


def test_a_store_on_a_read_only_disk_is_read(built_store, tmp_path, monkeypatch):
    def refuse(*_arguments, **_named):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setenv(ROOT_VARIABLE, str(built_store))
    monkeypatch.setattr("data.store.writer_lock", refuse)
    store = Store(built_store)
    assert load_figures(store.snapshot_id()).months
    with pytest.raises(StoreError) as error, store.write("note"):
        pass
    assert error.value.key == "store.read_only"


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
