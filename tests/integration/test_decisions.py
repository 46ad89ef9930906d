"""Decisions in the store: noted, listed, withdrawn, undone; refused when a person could be recognised."""

from datetime import date

import duckdb
import pytest

from data.free_text import find_personal_data
from data.i18n import LANGUAGES, Translator
from data.migrations import apply_migrations
from data.records.decisions import LONGEST_RESPONSIBLE, LONGEST_TEXT, Draft, list_decisions, note_decision, withdraw_decision
from data.store import StoreError

TIZI = "09.541.04.67"


def draft(text="Louer deux salles modulaires", responsible="Bureau communal", due=date(2026, 3, 31)):
    return Draft(TIZI, "where", date(2025, 8, 1), text, responsible, due)


def listed(store):
    with store.open() as connection:
        return list_decisions(connection)


def test_noted_listed_withdrawn_and_undone(store):
    base = store.snapshot_id()
    first = note_decision(store, draft("  Louer deux \n salles "), base)
    assert store.current().action == "decision"
    second = note_decision(store, draft("توفير نقل مدرسي", "", None), base)
    assert [d.id for d in listed(store)] == [first, second]
    assert listed(store)[0].draft == draft("Louer deux salles")
    assert listed(store)[1].draft.due_date is None
    assert listed(store)[0].base_snapshot_id == base
    withdraw_decision(store, first)
    assert store.current().action == "decision-withdrawn"
    assert [d.id for d in listed(store)] == [second]
    with store.open() as connection:
        assert connection.execute("SELECT count(*) FROM decision").fetchone() == (2,)
    store.undo()
    assert [d.id for d in listed(store)] == [first, second]
    store.publish(base)
    assert listed(store) == []


def test_what_a_reader_cannot_see_is_not_kept(store):
    note_decision(store, draft("Louer\u202e deux\u200b salles", "Directeur\u2066 des services"), store.snapshot_id())
    assert listed(store)[0].draft == draft("Louer deux salles", "Directeur des services")


def test_what_was_withdrawn_cannot_be_withdrawn_again(store):
    decision = note_decision(store, draft(), "")
    withdraw_decision(store, decision)
    before = store.snapshot_id()
    with pytest.raises(StoreError) as refused:
        withdraw_decision(store, decision)
    assert refused.value.key == "store.decision_gone"
    assert store.snapshot_id() == before


PERSONAL = {
    "JB123456 doit recevoir une salle": "identity_number",
    "CIN : jb 12345": "identity_number",
    "Appeler le 06 12 34 56 78": "telephone",
    "الاتصال بالرقم 0528123456": "telephone",
    "+212 661-234567 demain": "telephone",
    "écrire à quelquun@example.ma": "e_mail",
}
HARMLESS = [
    "Un budget de 660000 MAD, 3 salles, avant 2026",
    "Suivre EDU01 et HEA07 pour 09.541.04.67",
    "Loi 113-14, article 83",
    "تخصيص 12000 درهم لنقل 45 تلميذا",
    "Écoles A12 et B7 ; 1234567 habitants",
]


@pytest.mark.parametrize(("text", "kind"), PERSONAL.items())
def test_a_datum_of_a_person_is_refused_and_nothing_is_published(store, text, kind):
    before = store.snapshot_id()
    for refused_draft in (draft(text), draft(responsible=text)):
        with pytest.raises(StoreError) as refused:
            note_decision(store, refused_draft, "")
        assert refused.value.key == f"store.decision_{kind}"
        for language in LANGUAGES:
            assert text not in Translator(language)(refused.value.key)
    assert store.snapshot_id() == before


@pytest.mark.taroudannt
@pytest.mark.parametrize("text", HARMLESS)
def test_amounts_codes_and_dates_are_no_data_of_persons(text):
    assert find_personal_data(text) == ""


@pytest.mark.parametrize(
    ("refused_draft", "key"),
    [
        (draft(""), "store.decision_text"),
        (draft("   "), "store.decision_text"),
        (draft("a" * (LONGEST_TEXT + 1)), "store.decision_text"),
        (draft(responsible="a" * (LONGEST_RESPONSIBLE + 1)), "store.decision_responsible"),
    ],
)
def test_what_cannot_be_kept_is_refused(store, refused_draft, key):
    with pytest.raises(StoreError) as refused:
        note_decision(store, refused_draft, "")
    assert refused.value.key == key


def test_a_hostile_text_is_only_a_text(store):
    note_decision(store, draft("x'); DROP TABLE decision; --", "<script>"), "")
    assert listed(store)[0].draft.responsible == "<script>"


def test_a_snapshot_older_than_decisions_holds_none():
    with duckdb.connect() as connection:
        assert list_decisions(connection) == []
        apply_migrations(connection)
        assert list_decisions(connection) == []
