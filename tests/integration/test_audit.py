"""The audit log: lines are only added, a chain tells what was changed, commands and the screen read it."""

import csv
import hashlib
import json
import sqlite3
import threading

import pytest

from data.actor import acting_as
from data.audit import AuditLog, record
from data.command_line import main
from data.ingest import drop_demonstration
from data.records.commune_notes import write_note
from data.store import ROOT_VARIABLE, Store, StoreError
from data.store_place import store_root
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"


@pytest.fixture
def log(tmp_path):
    return AuditLog(tmp_path)


def change(log, sql):
    """What somebody with the file in hand could do: take the triggers away and write."""
    with sqlite3.connect(log.path) as connection:
        connection.execute("DROP TRIGGER entry_never_changes")
        connection.execute("DROP TRIGGER entry_never_goes")
        connection.execute(sql)
    connection.close()


def test_each_line_carries_the_hash_of_what_it_says_and_of_the_line_before(log):
    first, second = log.record("steward-1", "import", {"file": "août.xlsx", "cells": 12}), log.record("local", "undo")
    assert [first.number, second.number] == [1, 2]
    assert first.previous == "0" * 64
    detail = json.dumps('{"file": "août.xlsx", "cells": 12}', ensure_ascii=False)
    said = f'[1, "{first.at}", "steward-1", "import", {detail}, "{"0" * 64}"]'
    assert first.hash == second.previous == hashlib.sha256(said.encode()).hexdigest()
    assert log.entries() == [second, first]
    assert log.entries(1) == [second]
    assert log.broken_at() is None


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE entry SET actor = 'x' WHERE number = 2", 2),
        ("UPDATE entry SET detail = 'x' WHERE number = 3", 3),
        ("DELETE FROM entry WHERE number = 2", 2),
        ("DELETE FROM entry WHERE number = 1", 1),
        ("UPDATE entry SET number = 9 WHERE number = 3", 3),
        ("UPDATE entry SET hash = (SELECT hash FROM entry WHERE number = 1) WHERE number = 2", 2),
    ],
)
def test_a_line_that_was_changed_or_taken_out_is_told(log, sql, line):
    for action in ("a", "b", "c"):
        log.record("local", action)
    change(log, sql)
    assert log.broken_at() == line


@pytest.mark.parametrize("sql", ["UPDATE entry SET actor = 'x'", "DELETE FROM entry"])
def test_the_file_itself_refuses_a_change(log, sql):
    log.record("local", "a")
    with sqlite3.connect(log.path) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(sql)
    connection.close()
    assert len(log.entries()) == 1


def test_lines_written_at_once_all_stand_in_one_chain(log):
    threads = [threading.Thread(target=log.record, args=(f"p{i}", "note")) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log.broken_at() is None
    assert {entry.actor for entry in log.entries()} == {f"p{i}" for i in range(12)}


def test_a_log_that_cannot_be_written_or_read_says_so(tmp_path):
    (tmp_path / "audit.sqlite").write_bytes(b"no database at all, whatever its name says" * 99)
    for act in (lambda: AuditLog(tmp_path).record("local", "a"), lambda: AuditLog(tmp_path).entries()):
        with pytest.raises(StoreError) as error:
            act()
        assert error.value.key.startswith("store.audit_un")


def test_what_changes_the_store_is_told_with_its_actor_and_without_what_was_typed(store):
    with acting_as("steward-7"):
        write_note(store, TIZI, "president", "Une école a rouvert à Tizi.")
        with store.write("drop-demonstration") as connection:
            drop_demonstration(connection)
        store.undo()
        with store.write("decision", "Ouvrir la piste de M. Untel") as connection:
            pass
    note, dropped, undone, decided = reversed(store.audit.entries(4))
    assert {entry.actor for entry in (note, dropped, undone)} == {"steward-7"}
    assert [entry.action for entry in (note, dropped, undone)] == ["note", "drop-demonstration", "undo"]
    assert json.loads(note.detail)["detail"] == TIZI
    assert json.loads(undone.detail) == {"snapshot": json.loads(note.detail)["snapshot"]}
    assert json.loads(decided.detail) == {"snapshot": store.snapshot_id()}
    assert "école" not in str(store.audit.entries())
    assert store.audit.names_snapshot(store.snapshot_id())
    assert not store.audit.names_snapshot("another")


@pytest.mark.taroudannt
def test_what_concerns_the_installation_stands_in_the_log_of_the_first_territory(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    record("p-12", "sign-in", {"role": "commune"})
    assert [(e.actor, e.action) for e in AuditLog(store_root(TAROUDANNT)).entries()] == [("p-12", "sign-in")]


def test_the_commands_list_verify_and_export(store, tmp_path, capsys):
    main(["drop-demonstration"])
    main(["undo"])
    capsys.readouterr()
    assert main(["audit", "list", "--lang", "en"]) == 0
    listed = capsys.readouterr().out
    assert "demonstration removed" in listed
    assert "terminal" in listed
    assert main(["audit", "verify"]) == 0
    assert store.audit.entries(1)[0].hash in capsys.readouterr().out
    target = tmp_path / "journal.csv"
    assert main(["audit", "export", str(target)]) == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["hash"] == store.audit.entries(1)[0].hash
    assert main(["audit", "export"]) == 2
    change(store.audit, "DELETE FROM entry WHERE number = 2")
    capsys.readouterr()
    assert main(["audit", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"status": "refused", "reason": "audit_broken", "number": 2}


def test_an_export_and_an_empty_log_are_told(store, tmp_path, capsys):
    assert main(["export", str(tmp_path / "all")]) == 0
    assert store.audit.entries(1)[0].action == "export"
    empty = Store(tmp_path / "nothing")
    assert empty.audit.entries() == []
    assert empty.audit.broken_at() is None
