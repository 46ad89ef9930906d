"""What was done is told in the reader's words: in the history and in the audit log, no code of a commune and no raw date."""

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from data.audit import Entry
from data.i18n import LANGUAGES, Translator
from data.keeping.revert import revert_action
from data.queries import read_month_figures
from data.records.commune_notes import write_note
from data.records.sign_offs import submit_month
from pages.words.actions import describe_snapshot, newest_of_each_kind, write_actor, write_detail, write_entry
from tests.sent_figures import TIZI


@pytest.fixture
def view(built, figures):
    def of(language: str) -> SimpleNamespace:
        t = Translator(language)
        names = figures.names["name_ar" if language == "ar" else "name_fr"]
        return SimpleNamespace(t=t, figures=figures, name=lambda code: names[code])

    return of


def bare(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_a_month_that_was_signed_off_is_told_by_commune_and_month(view):
    assert write_detail("month-validated", f"{TIZI} 2025-09-01", view("fr")) == "Tizi N'test · septembre 2025"
    assert write_detail("note", TIZI, view("ar")) == view("ar").name(TIZI)
    # A file may be called anything: it is told as it is called, on its own side of an Arabic line.
    assert write_detail("import", f"{TIZI} 2025-09-01.xlsx", view("ar")) == f"\u2068{TIZI} 2025-09-01.xlsx\u2069"
    assert write_detail("decision-withdrawn", "", view("fr")) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_that_was_given_is_told_with_its_name_and_its_communes(view, language):
    detail = {"account": "0123456789abcdef", "role": "commune", "communes": TIZI}
    said = bare(
        write_entry(Entry(1, "2026-11-29T20:09:59+00:00", "terminal", "role", json.dumps(detail), "", ""), view(language))
    )
    t = view(language).t
    assert said == f"0123456789abcdef · {t('role.commune')} · {view(language).name(TIZI)}"
    nowhere = json.dumps({"account": "a", "role": "reader", "communes": ""})
    assert bare(write_entry(Entry(1, "", "", "role", nowhere, "", ""), view(language))) == f"a · {t('role.reader')}"
    assert bare(write_actor("steward:0123", t)) == f"{t('role.steward')} · 0123"
    assert write_actor("terminal", t) == t("actor.terminal")


def test_the_log_tells_of_which_commune_a_month_was_submitted(reported, view):
    with reported.open() as connection:
        seen = read_month_figures(connection.cursor(), (TIZI,), date(2025, 9, 1))[TIZI]
    submit_month(reported, TIZI, date(2025, 9, 1), seen)
    entry = reported.audit.entries(1)[0]
    assert (entry.action, json.loads(entry.detail)["detail"]) == ("month-submitted", f"{TIZI} 2025-09-01")
    assert write_entry(entry, view("fr")).endswith("Tizi N'test · septembre 2025")
    assert describe_snapshot(reported.current(), view("fr")).endswith("mois soumis · Tizi N'test · septembre 2025")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_taken_back_is_told_by_its_moment_and_its_name_and_not_by_its_id(reported, view, language):
    imported = reported.history()[0]
    write_note(reported, TIZI, "president", "Une note.")
    noted = reported.current()
    revert_action(reported, noted.id)
    revert_action(reported, imported.id)
    t, (last, before) = view(language).t, reported.history()[:2]
    for told, what in ((before, noted), (last, imported)):
        said = describe_snapshot(told, view(language))
        assert what.id not in said
        assert t(f"action.{what.action}") in said
        assert t.moment(what.created_at) in said
        assert write_detail(what.action, what.detail, view(language)) in said
    # What was taken back may be taken back in turn.
    revert_action(reported, before.id)
    assert t("action.note") in describe_snapshot(reported.current(), view(language))


def test_the_notes_of_a_meeting_do_not_push_the_import_of_the_day_before_out_of_the_lists(reported):
    (imported,) = [s for s in reported.history() if s.action == "import"]
    notes = [replace(imported, id=str(number), action="note") for number in range(80)]
    assert newest_of_each_kind([*notes, imported], 6) == [*notes[:6], imported]
    assert newest_of_each_kind([imported, *notes], 6) == [imported, *notes[:6]]
    imports = [replace(imported, id=f"i{number}") for number in range(9)]
    assert newest_of_each_kind([notes[0], *imports, notes[1]], 6) == [notes[0], *imports[:6], notes[1]]
