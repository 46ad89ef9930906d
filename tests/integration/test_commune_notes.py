"""The note of a commune: written, replaced, withdrawn, undone; no person's datum, nothing hidden, nothing that runs."""

import duckdb
import pytest

from data.free_text import find_personal_data
from data.migrations import apply_migrations
from data.records.commune_notes import LONGEST_NOTE, list_notes, withdraw_note, write_note
from data.store import StoreError

TIZI, OTHER = "09.541.04.67", "09.541.01.13"
HOSTILE = 'x\'); DROP TABLE commune_note; -- <script>alert(1)</script> #panic("run") $x$ *gras* =1+1'


def notes(store):
    with store.open() as connection:
        return {code: note.text for code, note in list_notes(connection, (TIZI, OTHER)).items()}


def test_a_note_is_written_replaced_withdrawn_and_brought_back_by_undo(store):
    assert notes(store) == {}
    write_note(store, TIZI, "president", "  L'école d'Ijoukak \n a rouvert. ")
    write_note(store, OTHER, "technician", "Rien à signaler.")
    assert notes(store) == {TIZI: "L'école d'Ijoukak a rouvert.", OTHER: "Rien à signaler."}
    assert (store.current().action, store.current().detail) == ("note", OTHER)
    write_note(store, TIZI, "director_of_services", "Deux salles de plus.")
    assert notes(store)[TIZI] == "Deux salles de plus."
    withdraw_note(store, TIZI, "president")
    assert notes(store) == {OTHER: "Rien à signaler."}
    assert store.current().action == "note-withdrawn"
    store.undo()
    assert notes(store)[TIZI] == "Deux salles de plus."
    with store.open() as connection:
        assert connection.execute("SELECT count(*) FROM commune_note").fetchone() == (3,)


def test_a_hostile_note_is_only_a_text(store):
    write_note(store, TIZI, "president", HOSTILE)
    assert notes(store) == {TIZI: HOSTILE}


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\x00", "\ufeff"])
def test_a_character_that_hides_or_reverses_words_is_left_out(store, mark):
    write_note(store, TIZI, "president", f"avant{mark}après")
    assert notes(store) == {TIZI: "avantaprès"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "store.note_length"),
        (" \n ", "store.note_length"),
        ("a" * (LONGEST_NOTE + 1), "store.note_length"),
        ("Appeler le 06 12 34 56 78", "store.note_telephone"),
        ("Appeler le (05) 28.85.01.02.", "store.note_telephone"),
        ("الهاتف ٠٦١٢٣٤٥٦٧٨", "store.note_telephone"),
        ("+212-6 12 34 56 78", "store.note_telephone"),
        ("M. X, CIN JB123456", "store.note_identity_number"),
        ("M. X jb123456 habite ici", "store.note_identity_number"),
        ("carte JB 123456", "store.note_identity_number"),
        ("écrire à x.y@example.ma", "store.note_e_mail"),
        ("maison 30.87654, -8.37654", "store.note_coordinates"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_and_nothing_is_published(store, text, key):
    before = store.snapshot_id()
    with pytest.raises(StoreError) as refused:
        write_note(store, TIZI, "president", text)
    assert refused.value.key == key
    assert store.snapshot_id() == before


@pytest.mark.parametrize(
    "text",
    [
        "Plus de 15000 personnes et 120 élèves le 08/09/2023.",
        "Un budget de DH 50000, soit 50 000 DH, sur la RN 10.",
        "Taux de 12,345 % puis 13,4 %.",
        "De 2023 à 2025, 0 classe sur 7 123 456 78.",
    ],
)
def test_figures_of_a_commune_are_no_personal_data(text):
    assert find_personal_data(text) == ""


def test_an_unknown_commune_or_role_has_no_note(store):
    with pytest.raises(StoreError, match=r"store\.check_failed"):
        write_note(store, "09.541.99.99", "president", "Bonjour")
    with pytest.raises(StoreError, match=r"store\.note_role"):
        write_note(store, TIZI, "mayor", "Bonjour")
    with pytest.raises(StoreError, match=r"store\.note_gone"):
        withdraw_note(store, TIZI, "president")
    assert notes(store) == {}


@pytest.mark.taroudannt
def test_a_snapshot_older_than_notes_holds_none():
    with duckdb.connect() as connection:
        assert list_notes(connection, (TIZI,)) == {}
        apply_migrations(connection)
        assert list_notes(connection, (TIZI,)) == {}
