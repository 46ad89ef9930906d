"""Decisions, notes and scenarios leave with the full export and come back equal, checked as where they are typed."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import yaml

from analytics.scenario import PeopleChange, Scenario
from data.exporting.full_export import export_store
from data.exporting.inert import inert_text, plain_text
from data.free_text import PERSONAL_KINDS
from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.loaders.files import DEFINITIONS
from data.records.commune_notes import list_notes, withdraw_note, write_note
from data.records.decisions import Draft, list_decisions, note_decision, withdraw_decision
from data.records.entry_store import read_entries
from data.records.plan_texts import list_texts, texts_in_force, write_text
from data.records.plan_versions import PlanDraft, list_versions, save_version
from data.records.reconstruction_facts import FactDraft, add_fact, list_added, withdraw_fact
from data.records.scenarios import list_scenarios, save_scenario
from data.records.table import KINDS, entry_kinds
from data.store import Store
from data.store_error import StoreError
from pages.figures.load import load_figures

TIZI, OTHER = "09.541.04.67", "09.541.01.13"
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


def tables(store):
    with store.open() as connection:
        return {kind.id: read_entries(connection, kind) for kind in entry_kinds()}


def fresh(tmp_path):
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    return again


def send(store, content, name="decisions.csv"):
    report = prepare_for_store(store, content, name)
    if report.is_acceptable:
        accept_import(store, content, report)
    return report


def as_csv(table, *rows):
    target = io.StringIO()
    lines = csv.DictWriter(target, KINDS[table].columns)
    lines.writeheader()
    lines.writerows(rows)
    return target.getvalue().encode()


DECISION = {
    "decision_id": "0" * 32, "subject": TIZI, "question": "why", "reference_date": "2025-08-01", "text": "Louer deux salles",
    "responsible": "Conseil communal", "due_date": "", "base_snapshot_id": "s", "noted_at": "2025-09-01 10:00:00", "withdrawn_at": "",
}  # fmt: skip
NOTE = {
    "commune_code": TIZI,
    "author_role": "president",
    "note": "Une école a rouvert.",
    "written_at": "2025-09-01 10:00:00",
}
SCENARIO = {
    "name": "Le nôtre", "definition": '{"id": "own:x"}', "base_snapshot_id": "s", "base_figures": "{}",
    "saved_at": "2025-09-01 10:00:00.5",
}  # fmt: skip


TEXT = {
    "commune_code": TIZI,
    "language": "fr",
    "chapter": "context",
    "words": "Un.\n\nDeux.",
    "written_at": "2025-09-01 10:00:00",
}
VERSION = {
    "commune_code": TIZI, "version": "1", "scenario": '{"id": "trend"}', "assumptions": '{"census": "counted"}',
    "reference_date": "2025-08-01", "remark": "", "base_snapshot_id": "s", "base_figures": "{}", "saved_at": "2025-09-01 10:00:00",
}  # fmt: skip
FACT = {
    "fact_id": "", "place": "province", "indicator": "dwellings_completed", "reference_date": "2025-11-01", "value": "12000",
    "source": "https://example.org/1", "noted_at": "", "withdrawn_at": "",
}  # fmt: skip
GOOD = {"decisions": DECISION, "commune_notes": NOTE, "scenarios": SCENARIO, "plan_texts": TEXT, "plan_versions": VERSION,
        "reconstruction_facts": FACT}  # fmt: skip


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


@pytest.mark.parametrize(
    ("table", "changed", "key", "cell"),
    [
        ("decisions", {"text": ""}, "entry_length", "E2"),
        ("decisions", {"text": "x" * 401}, "entry_length", "E2"),
        ("decisions", {"decision_id": "1; DROP"}, "entry_unknown", "A2"),
        ("decisions", {"subject": "09.541.99.99"}, "entry_unknown", "B2"),
        ("decisions", {"question": "<script>"}, "entry_unknown", "C2"),
        ("decisions", {"reference_date": "2025-W01-1"}, "entry_date", "D2"),
        ("decisions", {"due_date": "2025-02-30"}, "entry_date", "G2"),
        ("decisions", {"noted_at": "2025-09-01T10:00:00+01:00"}, "entry_date", "I2"),
        ("commune_notes", {"note": "x" * 601}, "entry_length", "C2"),
        ("commune_notes", {"commune_code": "09.541.99.99"}, "entry_unknown", "A2"),
        ("commune_notes", {"author_role": "nobody"}, "entry_unknown", "B2"),
        ("scenarios", {"name": ""}, "entry_length", "A2"),
        ("scenarios", {"definition": "[]"}, "entry_unreadable", "B2"),
        ("scenarios", {"definition": '{"id": "own:x", "people": [{"where": "all", "percent": "many"}]}'}, "entry_unreadable", "B2"),
        ("scenarios", {"definition": "[" * 100_000}, "entry_unreadable", "B2"),
        ("scenarios", {"base_figures": '{"displaced_persons": NaN}'}, "entry_unreadable", "D2"),
        ("plan_texts", {"language": "de"}, "entry_unknown", "B2"),
        ("plan_texts", {"chapter": "epilogue"}, "entry_unknown", "C2"),
        ("plan_texts", {"words": "x" * 4001}, "entry_length", "D2"),
        ("plan_versions", {"version": "0"}, "entry_unknown", "B2"),
        ("plan_versions", {"scenario": "[]"}, "entry_unreadable", "C2"),
        ("plan_versions", {"assumptions": '{"census": 1}'}, "entry_unreadable", "D2"),
        ("plan_versions", {"remark": "x" * 161}, "entry_length", "F2"),
        ("reconstruction_facts", {"place": "mars"}, "entry_unknown", "B2"),
        ("reconstruction_facts", {"indicator": "deaths"}, "entry_unknown", "C2"),
        ("reconstruction_facts", {"value": "-3"}, "entry_unknown", "E2"),
        ("reconstruction_facts", {"source": ""}, "entry_length", "F2"),
    ],
)  # fmt: skip
def test_what_could_not_be_typed_is_set_aside_with_its_cell(built, table, changed, key, cell):
    good = GOOD[table]
    assert prepare_for_store(built, as_csv(table, good), "x.csv").is_acceptable
    report = prepare_for_store(built, as_csv(table, {**good, **changed}), "x.csv")
    (finding,) = report.findings
    assert (finding.key, finding.cells) == (key, (cell,))
    assert (report.cells_in, report.cells_kept, report.cells_set_aside) == (1, 0, 1)
    assert not report.is_acceptable


@pytest.mark.parametrize(
    ("table", "changed", "key", "cell"),
    [
        ("decisions", {"text": "Appeler le 0612345678"}, "entry_telephone", "E2"),
        ("decisions", {"responsible": "agent@commune.ma"}, "entry_e_mail", "F2"),
        ("decisions", {"text": "CIN AB123456 à voir"}, "entry_identity_number", "E2"),
        ("commune_notes", {"note": "Appeler le 06 12 34 56 78"}, "entry_telephone", "C2"),
        ("plan_texts", {"words": "Un.\nAppeler le 06 12 34 56 78"}, "entry_telephone", "D2"),
        ("reconstruction_facts", {"source": "agent@commune.ma"}, "entry_e_mail", "F2"),
        ("commune_notes", {"note": "La tente est à 30.123456, -8.654321"}, "entry_coordinates", "C2"),
        (
            "scenarios",
            {"definition": '{"id": "own:x", "descriptions": {"fr": "voir 0612345678"}}'},
            "entry_telephone",
            "B2",
        ),
    ],
)
def test_a_datum_of_a_person_refuses_the_file_with_its_cell_and_nothing_is_kept(built, table, changed, key, cell):
    good = GOOD[table]
    report = prepare_for_store(built, as_csv(table, {**good, **changed}, good), "x.csv")
    assert (report.refusal.key, report.refusal.cells) == (key, (cell,))
    assert not report.is_acceptable
    assert report.entries == {}


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


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"source": "  "}, "store.fact_source"),
        ({"source": "Appeler le 0612345678"}, "store.fact_telephone"),
        ({"value": 1.5}, "store.fact_value"),
        ({"value": -1.0}, "store.fact_value"),
        ({"day": date(2999, 1, 1)}, "store.fact_day"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_a_remedy_and_nothing_is_written(store, changed, key):
    before = store.snapshot_id()
    draft = replace(FactDraft("province", "tents_left", date(2025, 11, 1), 5.0, "MAP"), **changed)
    with pytest.raises(StoreError) as refused:
        add_fact(store, draft)
    assert refused.value.key == key
    assert store.snapshot_id() == before


def test_a_scenario_goes_by_the_name_that_its_row_gives_it(store):
    send(store, as_csv("scenarios", {**SCENARIO, "definition": '{"id": "trend", "labels": {"fr": "<b>autre</b>"}}'}))
    saved = load_figures(store.snapshot_id()).records.scenarios
    assert list(saved) == ["own:Le nôtre"]
    assert saved["own:Le nôtre"].scenario.labels == dict.fromkeys(("fr", "ar", "en"), "Le nôtre")


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''@x", "'abc", "abc", "", "-", "'"])
def test_what_a_spreadsheet_must_not_run_comes_back_as_it_was(text):
    safe = inert_text(text)
    assert not safe.startswith(("=", "+", "-", "@"))
    assert plain_text(safe) == text


def test_every_kind_of_personal_datum_has_its_refusal():
    rules = yaml.safe_load((DEFINITIONS / "personal_data.yaml").read_text(encoding="utf-8"))
    assert set(PERSONAL_KINDS) == set(rules["patterns_in_sentences"])


def test_a_sign_that_nobody_sees_is_not_kept(built):
    """The bell, which some programs write into a CSV: what is kept is what a reader of the file saw."""
    report = prepare_for_store(built, as_csv("decisions", {**GOOD["decisions"], "text": "deux\u0007 salles"}), "x.csv")
    assert list(report.records["decisions"]["text"]) == ["deux salles"]
