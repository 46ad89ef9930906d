"""Decisions, notes and scenarios leave with the full export and come back equal, checked as where they are typed."""

from datetime import date

import pandas as pd
import pytest

from analytics.scenario import PeopleChange, Scenario
from data.exporting.full_export import export_store
from data.records.commune_notes import list_notes, withdraw_note, write_note
from data.records.decisions import Draft, list_decisions, note_decision, withdraw_decision
from data.records.plan_texts import list_texts, texts_in_force, write_text
from data.records.plan_versions import PlanDraft, list_versions, save_version
from data.records.reconstruction_facts import FactDraft, add_fact, list_added, withdraw_fact
from data.records.scenarios import list_scenarios, save_scenario
from pages.figures.load import load_figures
from tests.sent_entries import DECISION, FACT, NOTE, SCENARIO, TIZI, VERSION, as_csv, fresh, send, tables

OTHER = "09.541.01.13"
HOSTILE = '=HYPERLINK("http://x";"y"); \'); DROP TABLE decision; -- <script>alert(1)</script>;;;;;;;;;;;;'
FILES = (
    "decisions.csv",
    "commune_notes.csv",
    "scenarios.csv",
    "plan_texts.csv",
    "plan_versions.csv",
    "reconstruction_facts.csv",
)


@pytest.fixture
def written(store):
    """A store in which people wrote everything that they can, and took some of it back."""
    base = store.snapshot_id()
    kept = note_decision(
        store, Draft(TIZI, "who_pays", date(2025, 8, 1), HOSTILE, "Conseil, 'provincial'", date(2026, 1, 31)), base
    )
    gone = note_decision(store, Draft("all", "where", date(2025, 8, 1), "توفير نقل مدرسي"), base)
    withdraw_decision(store, gone)
    write_note(store, TIZI, "president", "'=1+1 n'est pas une formule ; \"vraiment\"")
    write_note(store, OTHER, "technician", "Rien à signaler.")
    write_note(store, TIZI, "director_of_services", "Deux salles de plus.")
    withdraw_note(store, OTHER, "technician")
    ours = Scenario("x", people=(PeopleChange("all", percent=12.5, first_month=1, last_month=6),), horizon_months=9)
    save_scenario(store, "Hiver, très dur ; été", ours, base, {"month": "2025-08-01", "displaced_persons": 24805.0})
    write_text(store, TIZI, "fr", "context", f"Premier mot.\n\n{HOSTILE}")
    plan = PlanDraft(ours, {"census": "counted"}, date(2025, 8, 1), base, {"displaced_persons": 24805.0}, "Après l'atelier")
    save_version(store, TIZI, plan)
    write_text(store, TIZI, "ar", "context", "كلمة")
    write_text(store, TIZI, "fr", "context", "")
    add_fact(store, FactDraft("province", "dwellings_completed", date(2025, 11, 1), 12000.0, HOSTILE))
    withdraw_fact(store, add_fact(store, FactDraft(TIZI, "tents_left", date(2025, 11, 2), 12.0, "Autorité locale")))
    return store, kept, gone


@pytest.mark.slow
def test_what_people_wrote_exported_and_imported_again_is_equal(written, tmp_path):
    store, kept, gone = written
    paths = export_store(store, tmp_path / "first")
    assert {p.name for p in paths} >= set(FILES)
    again = fresh(tmp_path)
    for name in FILES:
        report = send(again, (tmp_path / "first" / name).read_bytes(), name)
        assert report.findings == ()
        assert report.cells_in == report.cells_kept == report.entries_kept > 0
    for name, table in tables(store).items():
        # The registers that ship are sent by their own test.
        if f"{name}.csv" in FILES:
            pd.testing.assert_frame_equal(table, tables(again)[name])
    with again.open() as connection:
        assert [d.id for d in list_decisions(connection)] == [kept]
        assert list_decisions(connection)[0].draft.text == HOSTILE
        assert {c: n.text for c, n in list_notes(connection, (TIZI, OTHER)).items()} == {TIZI: "Deux salles de plus."}
    with store.open() as one, again.open() as two:
        assert list_scenarios(one) == list_scenarios(two)
        assert list_texts(one, (TIZI,)) == list_texts(two, (TIZI,))
        assert list_versions(one, (TIZI,)) == list_versions(two, (TIZI,))
        version = list_versions(two, (TIZI,))[TIZI][0]
        assert texts_in_force(list_texts(two, (TIZI,)), TIZI, version) == {("fr", "context"): f"Premier mot.\n\n{HOSTILE}"}
        assert texts_in_force(list_texts(two, (TIZI,)), TIZI) == {("ar", "context"): "كلمة"}
    assert gone in set(tables(again)["decisions"]["decision_id"])
    for name in FILES:
        export_store(again, tmp_path / "second")
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


@pytest.mark.slow
def test_sent_twice_nothing_is_doubled(written, tmp_path):
    store, *_ = written
    before = tables(store)
    export_store(store, tmp_path / "out")
    for name in FILES:
        content = (tmp_path / "out" / name).read_bytes()
        assert send(store, content + content.split(b"\r\n", 1)[1], name).findings == ()
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, tables(store)[name])
    assert store.current().action == "import"


def test_an_older_note_does_not_take_the_place_of_a_newer_one(store):
    write_note(store, TIZI, "president", "La plus récente.")
    send(store, as_csv("commune_notes", NOTE))
    with store.open() as connection:
        assert list_notes(connection, (TIZI,))[TIZI].text == "La plus récente."
    assert len(tables(store)["commune_notes"]) == 2


def test_a_withdrawal_is_taken_over_and_never_taken_back(store):
    send(store, as_csv("decisions", DECISION))
    send(store, as_csv("decisions", {**DECISION, "withdrawn_at": "2025-09-02 10:00:00"}))
    send(store, as_csv("decisions", DECISION))
    with store.open() as connection:
        assert list_decisions(connection) == []
    assert list(tables(store)["decisions"]["withdrawn_at"]) == ["2025-09-02 10:00:00"]


def test_other_words_under_a_known_id_and_an_older_scenario_leave_what_is_there(store):
    send(store, as_csv("decisions", DECISION))
    report = send(store, as_csv("decisions", {**DECISION, "text": "Autre chose"}, {**DECISION, "decision_id": "1" * 32}))
    assert [(f.key, f.cells) for f in report.findings] == [("entry_differs", ("A2",))]
    assert list(tables(store)["decisions"]["text"]) == ["Louer deux salles"] * 2
    send(store, as_csv("scenarios", SCENARIO))
    report = send(store, as_csv("scenarios", {**SCENARIO, "saved_at": "2025-08-01 10:00:00", "base_snapshot_id": "older"}))
    assert [(f.key, f.cells) for f in report.findings] == [("entry_older", ("E2",))]
    assert list(tables(store)["scenarios"]["base_snapshot_id"]) == ["s"]


def test_a_version_of_a_plan_that_is_there_stays_as_it_is(store):
    send(store, as_csv("plan_versions", VERSION))
    report = send(store, as_csv("plan_versions", {**VERSION, "remark": "Autre"}, {**VERSION, "version": "2"}))
    assert [(f.key, f.cells) for f in report.findings] == [("entry_version_differs", ("B2",))]
    assert list(tables(store)["plan_versions"]["remark"]) == ["", ""]


def test_a_fact_that_somebody_wrote_into_a_file_is_added_once_and_counts_beside_those_that_ship(store):
    other = {**FACT, "value": "12500", "reference_date": "2025-12-01"}
    for _ in range(2):
        assert send(store, as_csv("reconstruction_facts", FACT, other)).cells_set_aside == 0
    figures = load_figures(store.snapshot_id())
    added = figures.records.facts
    assert added["value"].tolist() == [12000, 12500]
    assert set(added["kind"]) == {"declared"}
    withdraw_fact(store, added["fact_id"].iloc[0])
    with store.open() as connection:
        assert list_added(connection)["value"].tolist() == [12500]


def test_a_scenario_goes_by_the_name_that_its_row_gives_it(store):
    send(store, as_csv("scenarios", {**SCENARIO, "definition": '{"id": "trend", "labels": {"fr": "<b>autre</b>"}}'}))
    saved = load_figures(store.snapshot_id()).records.scenarios
    assert list(saved) == ["own:Le nôtre"]
    assert saved["own:Le nôtre"].scenario.labels == dict.fromkeys(("fr", "ar", "en"), "Le nôtre")
