"""A store that is damaged, full or read-only: told with what to do, and the last good snapshot is read meanwhile."""

import errno
import os

import pytest

from data.command_line import main
from data.records.commune_notes import write_note
from data.store import ROOT_VARIABLE, Store, StoreError
from pages.figures.load import load_figures
from tests.earlier_stores import turn_earlier
from tests.sent_figures import TIZI, send

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
