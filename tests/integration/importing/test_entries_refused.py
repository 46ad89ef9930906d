"""What people wrote, sent with what it may not hold: set aside or refused with its cell, and nothing is kept."""

from dataclasses import replace
from datetime import date

import pytest
import yaml

from data.exporting.inert import inert_text, plain_text
from data.free_text import PERSONAL_KINDS
from data.importing.accept import prepare_for_store
from data.loaders.files import DEFINITIONS
from data.records.reconstruction_facts import FactDraft, add_fact
from data.store_error import StoreError
from tests.sent_entries import GOOD, as_csv

TIZI, OTHER = "09.541.04.67", "09.541.01.13"


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
