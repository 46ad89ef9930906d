"""The table of kinds is complete: every kind says who writes it, what its writes are called, and has its words."""

from dataclasses import fields

import pytest

from data.i18n import LANGUAGES, Translator
from data.migrations import SCHEMA
from data.records.entry_kind import EntryKind
from data.records.kind import Action, Kind, Role
from data.records.sheet_kind import SheetKind
from data.records.table import KINDS, actions_without_figures, entry_kinds, registers, sheet_kinds

SQL = "\n".join(path.read_text(encoding="utf-8") for path in SCHEMA.glob("*.sql"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_says_who_may_write_it_and_never_the_public(kind: Kind):
    assert kind.writers <= set(Role)
    assert Role.STEWARD in kind.writers
    assert not kind.writers & {Role.PUBLIC, Role.READER}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_has_its_table_its_words_and_its_actions_in_every_language(kind: Kind):
    assert f"CREATE TABLE {kind.table} (" in SQL
    assert kind.actions
    for language in LANGUAGES:
        t = Translator(language)
        assert kind.label(t)
        assert all(t(f"action.{action.name}") for action in kind.actions)


def test_a_kind_is_an_entry_or_a_sheet_record_and_known_by_its_id():
    assert [*sheet_kinds(), *entry_kinds()] == list(KINDS.values())
    assert {name: kind.id for name, kind in KINDS.items()} == {name: name for name in KINDS}
    assert {field.name for field in fields(EntryKind)} & {field.name for field in fields(SheetKind)} >= {"writers", "key"}


def test_no_two_kinds_share_a_table_or_the_columns_of_an_export():
    assert len({kind.table for kind in KINDS.values()}) == len(KINDS)
    assert len({frozenset(kind.columns) for kind in entry_kinds()}) == len(entry_kinds())


@pytest.mark.parametrize("kind", entry_kinds(), ids=lambda kind: kind.id)
def test_what_an_entry_kind_names_is_among_its_fields(kind: EntryKind):
    assert {kind.shown, *kind.key} <= set(kind.columns)
    assert {name for action in kind.actions for name in action.detail} <= set(kind.columns)


@pytest.mark.parametrize("kind", sheet_kinds(), ids=lambda kind: kind.id)
def test_what_a_sheet_kind_names_is_among_its_columns(kind: SheetKind):
    layout = kind.layout()
    ids = {field.id for field in layout.fields}
    assert {kind.main, *kind.optional} <= ids
    assert {name for group in layout.required for name in group} <= ids | {
        f"{c.removesuffix('_code')}_name" for c in kind.communes
    }
    assert {*kind.key, *kind.said, *kind.communes, *kind.seen_from} <= set(kind.columns)
    assert {field.id for field in layout.of_type("commune")} == set(kind.communes)
    assert {*kind.columns, "upload_id"} <= set(kind.export_columns)


def test_only_what_people_type_leaves_the_figures_as_they_are():
    assert actions_without_figures() == {
        "decision", "decision-withdrawn", "month-returned", "month-submitted", "month-validated", "note", "note-withdrawn",
        "plan-text", "plan-version", "scenario", "scenario-deleted",
        "fact", "fact-withdrawn", "proof", "proof-withdrawn", "support-action", "support-actor",
        *(f"register-{kind.id}" for kind in registers()),
    }  # fmt: skip


def test_the_history_says_which_record_was_written():
    action = Action("note", ("commune_code", "chapter"), longest=12)
    assert action.describe({"commune_code": "09.541", "chapter": "context", "text": "x"}) == "09.541 conte"
    assert Action("withdrawn").describe({"text": "x"}) == ""


# Choices whose words are read from elsewhere: needs, rules, languages, chapters, actors.
ELSEWHERE = {"need", "rule", "language", "chapter"}
# They are written on screens of their own.
NO_FORM = {"place_choices", "report_texts"}


@pytest.mark.parametrize("kind", [k for k in registers() if k.id not in NO_FORM], ids=lambda kind: kind.id)
def test_every_column_and_word_of_a_register_has_its_text(kind):
    for language in LANGUAGES:
        t = Translator(language)
        for field in kind.typed:
            assert t(f"register.{field.id}")
            if field.form == "choice" and field.id not in ELSEWHERE:
                assert all(t(f"register.word_{word}") for word in field.words() if word), field.id
