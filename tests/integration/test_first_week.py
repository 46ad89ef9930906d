"""The first week of a deployment: no demonstration, nobody or three communes reported; every screen and paper has something to say."""

import re
from datetime import date

import pytest

from analytics.assumptions import Assumptions, Recency
from analytics.summary import legend_rows
from data.i18n import Translator
from data.loaders.today import load_library, load_means
from data.store import ROOT_VARIABLE, Store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.sheet.page import build_sheet
from pages.words import titles
from pages.words.partial import list_to_collect, write_coverage
from pages.words.reporting import list_reports
from pages.words.view import View
from tests.gaps import find_faults_of_text, find_gaps
from tests.plan_words import words_of
from tests.territories import TAROUDANNT
from tests.three_communes import CODES
from tests.walking import list_screens, open_parts, open_screen

SILENT = "09.541.03.01"


@pytest.fixture
def first_week(first_week_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(first_week_store))
    return load_figures(Store().snapshot_id(), Assumptions(known=Recency.LATEST))


def view_of(figures, language="fr", **asked):
    return View(figures, read_selection(figures, {"lang": language, **asked}), Translator(language, figures.province))


@pytest.mark.taroudannt
@pytest.mark.slow
@pytest.mark.parametrize(
    ("store", "language"), [("official_store", "en"), ("first_week_store", "fr"), ("first_week_store", "ar")]
)
def test_a_tour_of_every_screen_finds_no_dash_no_empty_chart_and_no_other_language(request, monkeypatch, store, language):
    monkeypatch.setenv(ROOT_VARIABLE, str(request.getfixturevalue(store)))
    found = {}
    for screen in list_screens():
        app = open_screen(screen, lang=language)
        assert not app.exception, (screen, [e.message for e in app.exception])
        # Methods cites titles in the language that they have.
        allowed = "en" if screen == "methods" else language
        found[screen] = find_gaps(app, allowed)
        for part in open_parts(app):
            assert not app.exception, (screen, part, [e.message for e in app.exception])
            found[screen] += find_gaps(app, allowed)
    assert {screen: gaps for screen, gaps in found.items() if gaps} == {}


def test_screens_that_speak_of_the_province_say_for_whom(first_week):
    view = view_of(first_week, "en")
    assert write_coverage(view, first_week.months[-1]).startswith("Figures of 3 communes of 89 (4% of the people)")
    index = view_of(first_week, "en", indicator="EDU01")
    assert "(3 communes known of 89, 4% of the people)" in titles.state_overview(index, index.month_results())
    assert first_week.default_result == "BASE"


def test_who_has_reported_is_told_commune_by_commune(first_week):
    reports = list_reports(view_of(first_week))
    assert [row["name"] for row in reports["rows"]] == ["Aoulouz", "Tafingoult", "Tizi N'test"]
    assert reports["rows"][0]["months"] == ["Déplacement, Éducation, Santé, État civil"]
    assert reports["silent"] == 86


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_papers_of_a_commune_that_sent_nothing_and_of_one_that_did(first_week, language):
    view = view_of(first_week, language)
    for code in (SILENT, CODES[0]):
        page = build_sheet(view, code, "http://localhost/", date(2026, 11, 29))
        text = re.sub(r"<(style|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.S)
        assert find_faults_of_text(text, language) == []
    asked = list_to_collect(view)
    assert len(asked) == len(first_week.services)


def test_the_legend_of_a_sheet_shows_what_its_map_shows_beside_the_classes(first_week):
    view = view_of(first_week)
    page = build_sheet(view, CODES[0], "http://localhost/", date(2026, 11, 29))
    legend = re.search(r'<div class="legend">(.*?)</div>', page, re.S)[1]
    rows = legend_rows(first_week.of_month("ISP", view.chosen.month).loc[[CODES[0], *first_week.neighbours(CODES[0])]])
    words = {"range": "map.range", "no_data": "map.no_data", "not_assessed": "map.not_assessed"}
    shown = {row.partition(" ")[0] for row in map(str, rows.values())} - set("12345")
    assert shown
    assert [view.t(key) in legend for kind, key in words.items()] == [kind in shown for kind in words]
    assert legend.count("<svg") == 5 + len(shown)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_plan_before_the_first_month_has_no_period_that_is_past(official_store, monkeypatch, language):
    monkeypatch.setenv(ROOT_VARIABLE, str(official_store))
    view = view_of(load_figures(Store().snapshot_id()), language)
    plan = PlanContext(view, SILENT, load_library(TAROUDANNT)["trend"], load_means(), date(2026, 11, 29))
    document = build_document(plan, date(2026, 11, 29))
    t = view.t
    assert document.warnings == (t("contingency.only_census", observed=t.month(date(2024, 9, 1))),)
    assert t("contingency.period_to_set") in dict(document.cover).values()
    said = words_of(document)["summary"]
    assert t("contingency.decide_first") in said
    # The legend of the maps says what a range is where one of them draws one.
    around, month = [SILENT, *view.figures.neighbours(SILENT)], view.chosen.month
    drawn = [view.figures.of_month(name, month).loc[around, "status"] for name in ("ISP", "education")]
    assert (t("map.range_written") in said) == any((statuses == "partial").any() for statuses in drawn)
