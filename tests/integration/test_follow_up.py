"""The screen of what was sent: quality, who is late, messages, calendar, files; over a store to which three communes sent a month."""

import io
from datetime import date

import icalendar
import openpyxl
import pandas as pd
import pytest

from analytics.short_message import GSM_7
from data.i18n import LANGUAGES, Translator
from data.store import ROOT_VARIABLE, Store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.print.calendar import write_calendar
from pages.print.tables.plain import write_tables
from pages.words import lateness, quality
from pages.words.view import View
from tests.three_communes import MONTH as SENT_MONTH
from tests.walking import open_screen

TODAY = date(2026, 11, 20)
SEPTEMBER = pd.Timestamp("2026-09-01")


@pytest.fixture
def view(first_week_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(first_week_store))
    figures = load_figures(Store(first_week_store).snapshot_id())
    return lambda language="fr": View(figures, read_selection(figures, {}), Translator(language))


def test_a_commune_that_sent_a_month_is_told_from_those_that_owe_it(view):
    month = pd.Timestamp(SENT_MONTH)
    listed = lateness.list_lateness(view(), month, "education", TODAY)
    states = [row["months"][-1]["state"] for row in listed["rows"]]
    assert states.count("late") == 86
    assert len(states) == 89
    assert {row["last"] for row in listed["rows"][-3:]} == {view().t.month(month)}


@pytest.mark.parametrize("language", lateness.MESSAGE_LANGUAGES)
def test_a_reminder_is_one_sms_that_names_commune_and_month_in_both_languages(view, language):
    for code in view().codes:
        reminder = lateness.write_reminder(view(), code, SEPTEMBER, language, TODAY)
        assert len(reminder.sms) <= reminder.longest <= 160
        assert reminder.longest == (70 if language == "ar" else 160)
        assert (set(reminder.sms) <= GSM_7) == (language == "fr")
        assert "09/2026" in reminder.sms
        assert view(language).name(code) in reminder.body
        assert "10 أكتوبر 2026" in reminder.body if language == "ar" else "10 octobre 2026" in reminder.body


def test_whoever_sent_everything_is_sent_nothing(view):
    month = pd.Timestamp(SENT_MONTH)
    states = lateness.read_states(view().figures, [month], TODAY)
    sent = states.groupby("commune_code")["state"].agg(lambda kinds: not set(kinds) & set(lateness.UNSENT))
    for code in sent[sent].index:
        assert lateness.write_reminder(view(), code, month, "fr", TODAY) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_read_by_another_program_and_a_month_keeps_its_event(language):
    t = Translator(language)
    read = icalendar.Calendar.from_ical(write_calendar(t, [date(2026, 10, 1), date(2026, 12, 1)], 10, "x", TODAY))
    events = read.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [date(2026, 11, 10), date(2027, 1, 10)]
    assert [event.decoded("dtend") for event in events] == [date(2026, 11, 11), date(2027, 1, 11)]
    assert t.place in str(events[0]["summary"])
    assert len(events[0].walk("VALARM")) == 1
    later = icalendar.Calendar.from_ical(write_calendar(Translator("fr"), [date(2026, 10, 1)], 12, "y", date(2026, 12, 1)))
    assert str(later.walk("VEVENT")[0]["uid"]) == str(events[0]["uid"])
    assert read.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_quality_has_a_row_for_each_commune_and_its_own_notes(view, language):
    own = view(language)
    tables = quality.build_quality_tables(own, TODAY)
    book = openpyxl.load_workbook(io.BytesIO(write_tables(tables, ["note"], own.t)))
    assert book.sheetnames == [own.t("quality.sheet_communes"), own.t("quality.sheet_flags"), own.t("table.notes")]
    assert book.worksheets[0].max_row == 90
    assert bool(book.worksheets[0].sheet_view.rightToLeft) == (language == "ar")
    assert "{" not in str([[cell.value for cell in row] for row in book.worksheets[1].iter_rows()])


def test_the_sentence_counts_what_came(view):
    communes = quality.read_quality(view().figures, view().chosen.month, TODAY).communes
    assert str(int(communes["filled"].sum())) in quality.state_quality(view(), TODAY).replace("\u202f", "")
    assert (communes["filled"] > 0).sum() == 3


def test_a_figure_to_ask_about_is_marked_beside_the_reliability_of_what_rests_on_it(figures):
    built_view = View(figures, read_selection(figures, {}), Translator("fr"))
    flags = quality.read_quality(figures, built_view.chosen.month, TODAY).flags
    flags = flags[flags["variable"].isin(figures.definitions.indicators["CIV04"].variables)]
    assert len(flags)
    code = flags["commune_code"].iloc[0]
    assert quality.count_flags(built_view, code, tuple(figures.definitions.indicators["CIV04"].variables), TODAY) >= 1
    screen = open_screen("commune", commune=code, figures="all", lang="fr")
    screen.session_state["behind-civil_registry"] = True
    screen.run()
    assert "à vérifier" in " ".join(str(block.proto.body) for block in screen.get("html"))
