"""One action taken back, and nothing that others did since."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from data import queries
from data.command_line import main
from data.ingest import RecordsOnDemand, Upload, add_upload, drop_demonstration
from data.keeping.revert import list_revertible, revert_action
from data.loaders.today import load_library
from data.people.viewer import Person, viewer_of
from data.records.commune_notes import list_notes, write_note
from data.records.decisions import Draft, list_decisions, note_decision, withdraw_decision
from data.records.kind import Role
from data.records.scenarios import delete_scenario, list_scenarios, save_scenario
from data.store import Store, StoreError
from tests.sent_figures import figure, send
from tests.territories import TAROUDANNT

TIZI, FREIJA = "09.541.04.67", "09.541.09.15"
MONTH = pd.Timestamp("2025-08-01")


def everything(store):
    """All that readers see: figures in force and records, without where they stand."""
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        figures = queries.read_observations(connection, territory)
        return figures, dict(RecordsOnDemand(connection, territory))


def assert_alike(one, other):
    pd.testing.assert_frame_equal(one[0], other[0])
    assert set(one[1]) == set(other[1])
    for name, rows in one[1].items():
        pd.testing.assert_frame_equal(rows, other[1][name])


def value(store, commune=TIZI):
    with store.open() as connection:
        rows = queries.read_values(connection, (commune,))
    return rows[(rows["variable"] == "pupils_primary") & (rows["reference_date"] == MONTH)]["value"].tolist()


def test_an_upload_goes_and_what_others_sent_and_wrote_since_stays(store):
    send(store, 11, "a")
    wrong = send(store, 99, "b")
    with store.write("import") as connection:
        add_upload(connection, Upload("import", "c.xlsx", "c" * 64), figure(33, commune=FREIJA))
    write_note(store, TIZI, "president", "Une note.")
    revert_action(store, wrong)
    assert (value(store), value(store, FREIJA)) == ([11.0], [33.0])
    with store.open() as connection:
        assert list_notes(connection, (TIZI,))[TIZI].text == "Une note."
        names = connection.execute("SELECT file_name FROM upload WHERE kind = 'import' ORDER BY 1").fetchall()
    assert names == [("a.xlsx",), ("c.xlsx",)]
    assert store.current().action == "revert"


def test_a_file_sent_again_gives_back_what_the_first_sending_said(store):
    send(store, 11, "a")
    send(store, 22, "b")
    again = send(store, 12, "a")
    write_note(store, TIZI, "president", "Une note.")
    assert value(store) == [12.0]
    revert_action(store, again)
    # The first sending counts again as what it was: older than b.
    assert value(store) == [22.0]


def test_a_drop_taken_back_brings_the_demonstration_and_keeps_what_came_since(store):
    before = everything(store)
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    dropped = store.snapshot_id()
    sent = send(store, 11, "a")
    revert_action(store, dropped)
    assert value(store) == [11.0]
    revert_action(store, sent)
    assert_alike(everything(store), before)


def test_a_revert_can_be_reverted(store):
    sent = send(store, 11, "a")
    with_it = everything(store)
    revert_action(store, sent)
    revert_action(store, store.snapshot_id())
    assert_alike(everything(store), with_it)


def test_a_note_a_decision_and_a_scenario_each_alone(store):
    library = load_library(TAROUDANNT)
    write_note(store, TIZI, "president", "La première.")
    write_note(store, TIZI, "president", "La seconde.")
    second = store.snapshot_id()
    draft = Draft(TIZI, "plan", MONTH.date(), "Ouvrir la piste.", "Commune", None)
    decision = note_decision(store, draft, store.snapshot_id())
    noted = store.snapshot_id()
    withdraw_decision(store, decision)
    withdrawn = store.snapshot_id()
    save_scenario(store, "Le nôtre", library["trend"], store.snapshot_id(), {})
    delete_scenario(store, "Le nôtre")
    deleted = store.snapshot_id()
    for action in (second, withdrawn, deleted):
        revert_action(store, action)
    with store.open() as connection:
        assert list_notes(connection, (TIZI,))[TIZI].text == "La première."
        assert [d.id for d in list_decisions(connection)] == [decision]
        assert [s.name for s in list_scenarios(connection).values()] == ["Le nôtre"]
    revert_action(store, noted)
    with store.open() as connection:
        assert list_decisions(connection) == []


def test_what_was_changed_since_is_not_taken_back(store):
    first = send(store, 11, "a")
    again = send(store, 12, "a")
    with pytest.raises(StoreError) as error:
        revert_action(store, first)
    assert error.value.key == "store.revert_later"
    assert (store.snapshot_id(), value(store)) == (again, [12.0])
    revert_action(store, again)
    revert_action(store, first)
    with pytest.raises(StoreError) as error:
        revert_action(store, again)
    assert error.value.key == "store.revert_later"


def test_what_cannot_be_taken_back_says_so(store):
    with store.write("import"):
        pass
    empty = store.snapshot_id()
    for snapshot, key in ((store.history()[-1].id, "never"), (empty, "nothing"), ("another", None)):
        with pytest.raises(StoreError) as error:
            revert_action(store, snapshot)
        assert error.value.key == (f"store.revert_{key}" if key else "store.snapshot_gone")
    assert [s.id for s in list_revertible(store)] == [empty]


def test_a_commune_takes_back_what_its_own_account_did_and_nothing_else(store):
    own = Person(viewer_of(Role.COMMUNE, (TIZI,)), "account-a")
    ours, colleague = Store(store.root, writer=own), Store(store.root, writer=replace(own, account="account-b"))

    def import_one(by, number, name):
        with by.write("import", f"{name}.xlsx", (TIZI,)) as connection:
            add_upload(connection, Upload("import", f"{name}.xlsx", name.ljust(64, "0")), figure(number))
        return store.snapshot_id()

    first, second = import_one(ours, 11, "a"), import_one(colleague, 22, "b")
    assert [s.id for s in list_revertible(ours)] == [first]
    with pytest.raises(StoreError) as error:
        revert_action(ours, second)
    assert (error.value.key, store.snapshot_id()) == ("store.revert_not_own", second)
    moved = Store(store.root, writer=replace(own, viewer=viewer_of(Role.COMMUNE, (FREIJA,))))
    with pytest.raises(StoreError) as error:
        revert_action(moved, first)
    assert (error.value.key, store.snapshot_id()) == ("store.commune_not_own", second)
    revert_action(ours, first)
    assert value(store) == [22.0]
    reader = Store(store.root, writer=Person(viewer_of(Role.READER), "account-a"))
    with pytest.raises(StoreError) as error:
        revert_action(reader, second)
    assert error.value.key == "store.role_may_not"


def test_the_command(store, capsys):
    sent = send(store, 11, "a")
    write_note(store, TIZI, "president", "Une note.")
    assert main(["undo", "--only", sent, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["snapshot"] == store.snapshot_id()
    assert value(store) != [11.0]
    assert main(["undo", "--only", sent]) == 1
    assert "À faire" in capsys.readouterr().err
