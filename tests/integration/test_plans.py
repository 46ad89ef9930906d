"""Plans in the store: words by chapter and language, versions that hold them, nothing of a person, nothing half-written."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from data.free_text import paragraphs
from data.loaders.today import load_library
from data.migrations import apply_migrations
from data.records.plan_texts import LONGEST_TEXT, list_texts, texts_in_force, write_text
from data.records.plan_versions import LONGEST_REMARK, PlanDraft, list_versions, save_version
from data.store import StoreError
from tests.territories import TAROUDANNT

TIZI, OTHER = "09.541.04.67", "09.541.01.13"
HOSTILE = 'x\'); DROP TABLE plan_text; -- <script>alert(1)</script> #panic("run") $x$ =1+1'
DRAFT = PlanDraft(
    load_library(TAROUDANNT)["hard_winter"],
    {"census": "counted"},
    date(2025, 8, 1),
    "20260101T000000",
    {"month": "2025-08-01"},
)


def words(store, commune=TIZI, version=None):
    with store.open() as connection:
        return texts_in_force(list_texts(connection.cursor(), (TIZI, OTHER)), commune, version)


def versions(store, commune=TIZI):
    with store.open() as connection:
        return list_versions(connection.cursor(), (TIZI, OTHER)).get(commune, ())


def test_words_are_written_replaced_taken_away_and_brought_back_by_undo(store):
    assert words(store) == {}
    write_text(store, TIZI, "fr", "summary", "  Une école a rouvert.  \n\n\n\n Deux restent fermées. ")
    write_text(store, TIZI, "ar", "summary", "أعيد فتح مدرسة.")
    write_text(store, OTHER, "fr", "summary", "Rien.")
    assert words(store) == {
        ("fr", "summary"): "Une école a rouvert.\n\nDeux restent fermées.",
        ("ar", "summary"): "أعيد فتح مدرسة.",
    }
    assert store.current().action == "plan-text"
    write_text(store, TIZI, "fr", "summary", " ")
    assert words(store) == {("ar", "summary"): "أعيد فتح مدرسة."}
    store.undo()
    assert ("fr", "summary") in words(store)
    assert words(store, OTHER) == {("fr", "summary"): "Rien."}


def test_a_version_holds_the_words_of_its_day_and_numbers_run_by_commune(store):
    write_text(store, TIZI, "fr", "context", "Premier.")
    assert save_version(store, TIZI, DRAFT) == 1
    write_text(store, TIZI, "fr", "context", "Second.")
    write_text(store, TIZI, "fr", "risks", "Nouveau.")
    assert save_version(store, OTHER, DRAFT) == 1
    assert save_version(store, TIZI, replace(DRAFT, remark="  Deux  classes ")) == 2
    first, second = versions(store)
    assert words(store, version=first) == {("fr", "context"): "Premier."}
    assert words(store, version=second) == words(store) == {("fr", "context"): "Second.", ("fr", "risks"): "Nouveau."}
    assert (first.number, second.number, second.draft.remark) == (1, 2, "Deux classes")
    assert second.draft.scenario == DRAFT.scenario
    assert second.draft.scenario.labels == DRAFT.scenario.labels
    assert (second.draft.month, dict(second.draft.assumptions)) == (DRAFT.month, {"census": "counted"})
    assert dict(second.draft.base_figures) == {"month": "2025-08-01"}


def test_hostile_words_are_only_words(store):
    write_text(store, TIZI, "fr", "summary", HOSTILE)
    assert words(store) == {("fr", "summary"): HOSTILE}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a" * (LONGEST_TEXT + 1), "store.plan_text"),
        ("La cellule se réunit.\nAppeler le 06 12 34 56 78", "store.plan_telephone"),
        ("M. X, CIN JB123456", "store.plan_identity_number"),
        ("écrire à x.y@example.org", "store.plan_e_mail"),
    ],
)
def test_what_may_not_be_kept_is_refused_and_nothing_is_written(store, text, key):
    before = store.snapshot_id()
    with pytest.raises(StoreError) as refused:
        write_text(store, TIZI, "fr", "summary", text)
    assert refused.value.key == key
    assert store.snapshot_id() == before


@pytest.mark.parametrize(
    ("remark", "key"), [("a" * (LONGEST_REMARK + 1), "store.plan_remark"), ("06 12 34 56 78", "store.plan_telephone")]
)
def test_a_remark_is_held_to_the_same_rules(store, remark, key):
    with pytest.raises(StoreError) as refused:
        save_version(store, TIZI, replace(DRAFT, remark=remark))
    assert refused.value.key == key
    assert versions(store) == ()


def test_a_plan_of_an_unknown_commune_is_not_published(store):
    before = store.snapshot_id()
    with pytest.raises(StoreError, match="check_failed"):
        write_text(store, "00.000.00.00", "fr", "summary", "Bonjour")
    assert store.snapshot_id() == before


@pytest.mark.taroudannt
def test_a_snapshot_made_before_plans_has_none():
    with duckdb.connect(":memory:") as connection:
        assert list_texts(connection.cursor(), (TIZI,)) == ()
        assert list_versions(connection.cursor(), (TIZI,)) == {}
        apply_migrations(connection)
        assert list_texts(connection.cursor(), (TIZI,)) == ()


def test_paragraphs_keep_lines_and_drop_what_cannot_be_seen():
    assert paragraphs("\n\n a\u202e  b \r\n\n\n c\u0000\n") == "a b\n\nc"
    assert paragraphs(" \n ") == ""
