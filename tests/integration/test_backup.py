"""Backup and restore, reading through, publishing, repairing: what comes back is what was there; what is damaged is never put back."""

import json
import shutil
import zipfile

import pytest

from data.command_line import main
from data.exporting.full_export import export_store
from data.ingest import drop_demonstration
from data.keeping.backup import restore_backup, write_backup
from data.keeping.verify import verify_store
from data.records.commune_notes import write_note
from data.store import ROOT_VARIABLE, Store, StoreError
from tests.earlier_stores import turn_earlier
from tests.territories import VALCLAIR

TIZI = "09.541.04.67"


def contents(store):
    """Every file of a store but its lock."""
    return {
        path.relative_to(store.root).as_posix(): path.read_bytes()
        for path in store.root.rglob("*")
        if path.is_file() and path.name != "lock" and not path.name.endswith(".zip")
    }


@pytest.fixture
def lived_in(store):
    """A store with an import's file, a note, a drop, and a snapshot left behind by an undo."""
    store.archive(b"a workbook", ".xlsx")
    write_note(store, TIZI, "president", "Une note.")
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    store.undo()
    return store


@pytest.mark.always
def test_what_is_restored_is_what_was_there(lived_in, tmp_path, monkeypatch):
    before, exported = contents(lived_in), export_store(lived_in, tmp_path / "a")
    backup = write_backup(lived_in, tmp_path / "kept.zip")
    assert (backup.snapshot_id, backup.snapshots) == (lived_in.snapshot_id(), 3)
    assert backup.audit_hash == lived_in.audit.entries(1)[0].hash
    other = Store(tmp_path / "other")
    restore_backup(other, tmp_path / "kept.zip")
    after = contents(other)
    # SQLite's own copy of the log is another file with the same lines.
    assert {name: after[name] for name in after if name != "audit.sqlite"} == {
        name: before[name] for name in before if name != "audit.sqlite"
    }
    assert other.audit.entries() == lived_in.audit.entries()
    assert other.history() == lived_in.history()
    assert all(v.problem is None for v in verify_store(other))
    for path, again in zip(exported, export_store(other, tmp_path / "b"), strict=True):
        assert path.read_bytes() == again.read_bytes()


def test_a_restore_mends_a_damaged_store_and_keeps_what_was_there(lived_in, tmp_path):
    write_backup(lived_in, tmp_path / "kept.zip")
    good = lived_in.snapshot_id()
    shutil.rmtree(lived_in.root / "figures")
    assert lived_in.trouble().key == "store.nothing_readable"
    # What a killed writer has left.
    (lived_in.root / "snapshots" / "draft-0.book").touch()
    restore_backup(lived_in, tmp_path / "kept.zip")
    assert (lived_in.snapshot_id(), lived_in.trouble()) == (good, None)
    (aside,) = lived_in.root.glob("before-restore-*")
    assert (aside / "snapshots" / f"{good}.book").exists()
    assert not [*lived_in.root.rglob("draft-*")]
    write_note(lived_in, TIZI, "president", "Une autre.")


def test_a_store_from_before_is_backed_up_as_it_is(store, tmp_path):
    turn_earlier(store)
    write_backup(store, tmp_path / "kept.zip")
    other = Store(tmp_path / "other")
    restore_backup(other, tmp_path / "kept.zip")
    assert other.snapshot_id() == store.snapshot_id()
    assert [v.problem for v in verify_store(other)] == [None]


def tampered(source, target, change):
    """A copy of a ZIP with other contents, its list as it was."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            for written, content in change(name, old.read(name)):
                new.writestr(written, content)
    return target


def other_bytes(name, content):
    return [(name, content[:-1] + b"x" if name.endswith(".book") else content)]


def left_out(name, content):
    return [] if name.endswith(".parquet") else [(name, content)]


def one_more(name, content):
    return [(name, content), *([("figures/../../evil", b"x")] if name == "backup.json" else [])]


def named_elsewhere(name, content):
    if name != "backup.json":
        return [(name, content)]
    index = json.loads(content)
    index["files"]["../evil"] = "0" * 64
    return [(name, json.dumps(index)), ("../evil", b"x")]


@pytest.mark.parametrize("change", [other_bytes, left_out, one_more, named_elsewhere], ids=lambda c: c.__name__)
def test_a_backup_that_was_changed_is_never_put_back(lived_in, tmp_path, change):
    write_backup(lived_in, tmp_path / "kept.zip")
    before = contents(lived_in)
    bad = tampered(tmp_path / "kept.zip", tmp_path / "bad.zip", change)
    with pytest.raises(StoreError) as error:
        restore_backup(lived_in, bad)
    assert error.value.key == "store.backup_damaged"
    assert contents(lived_in) == before
    assert not (tmp_path.parent / "evil").exists()


def test_what_is_no_backup_or_another_territorys_is_refused(lived_in, tmp_path, province_store):
    (tmp_path / "text.zip").write_text("no archive")
    whole = tmp_path / "whole.zip"
    write_backup(lived_in, whole)
    (tmp_path / "half.zip").write_bytes(whole.read_bytes()[:90_000])
    for name, key in (("text", "damaged"), ("half", "damaged"), ("none", "missing")):
        with pytest.raises(StoreError) as error:
            restore_backup(lived_in, tmp_path / f"{name}.zip")
        assert error.value.key == f"store.backup_{key}"
    before = contents(province_store)
    with pytest.raises(StoreError) as error:
        restore_backup(Store(province_store.root, province=VALCLAIR), whole)
    assert error.value.key == "store.backup_of_another"
    assert contents(province_store) == before


def test_a_restore_that_was_killed_halfway_is_no_empty_store(lived_in, monkeypatch, capsys):
    """Between moving out and moving in nothing lies in the folder but what was there before, set aside."""
    monkeypatch.setenv(ROOT_VARIABLE, str(lived_in.root))
    aside = lived_in.root / "before-restore-1"
    aside.mkdir()
    for name in ("current", "snapshots", "figures"):
        (lived_in.root / name).rename(aside / name)
    assert Store(lived_in.root).trouble().key == "store.nothing_readable"


def test_the_commands(lived_in, tmp_path, capsys):
    def ask(*arguments):
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    file = str(tmp_path / "kept.zip")
    published = lived_in.snapshot_id()
    assert ask("backup", file)[1]["snapshot_id"] == published
    assert ask("restore", file, "--check")[1]["status"] == "checked"
    code, data = ask("verify")
    assert (code, {s["problem"] for s in data["snapshots"]}) == (0, {None})
    first = lived_in.history()[-1].id
    assert ask("publish", first) == (0, {"status": "done", "snapshot": first})
    assert ask("publish", "nothing")[1]["reason"] == "store.snapshot_gone"
    assert ask("repair")[1]["snapshot"] == first
    book = lived_in.shelf.book_path(published)
    book.write_bytes(book.read_bytes()[:-100])
    code, data = ask("verify")
    assert (code, [s["id"] for s in data["snapshots"] if s["problem"]]) == (1, [published])
    assert ask("restore", file)[1]["snapshot"] == published
    assert ask("verify")[0] == 0
    assert [e.action for e in lived_in.audit.entries(1)] == ["restore"]
    assert main(["backup", "/proc/nowhere/kept.zip"]) == 1
    assert "À faire" in capsys.readouterr().err


def test_a_part_that_says_other_than_the_book_is_found(store):
    """Hashes that fit are not enough: somebody may have written a book of their own."""
    with store.write("import") as connection:
        connection.execute("UPDATE observation_part SET row_count = row_count + 1")
    (wrong,) = [v.problem for v in verify_store(store) if v.problem]
    assert wrong.values["problems"] == "parts_differ_from_book"
