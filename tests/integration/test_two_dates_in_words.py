"""Two dates on screen and paper: months, versions of the data, and the line of a sheet."""

import re
from dataclasses import replace

import numpy as np

from analytics.assumptions import DEFAULTS
from analytics.whole_change import PARTS
from data.i18n import Translator
from data.loaders.today import load_library
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.words import two_dates
from pages.words.view import View
from tests.territories import TAROUDANNT
from tests.three_communes import CODES, report
from tests.walking import open_screen

TIZI = "09.541.04.67"


def view_of(figures, indicator, language="en"):
    chosen = Selection(language, "all", figures.months[-1], indicator, TIZI, DEFAULTS)
    return View(figures, chosen, Translator(language, figures.province))


def test_the_causes_of_an_indicator_and_of_a_score_are_written(figures):
    changes = two_dates.read_changes(view_of(figures, "EDU01"), figures, figures.months[0])
    rows = two_dates.list_changes(view_of(figures, "EDU01"), changes)
    assert len(rows) == 10
    assert re.match(r"(demand|capacity|norm) \u2066[+−]\d", rows[0]["why"])
    scores = two_dates.read_changes(view_of(figures, "ISP"), figures, figures.months[0])
    assert all(row["why"] for row in two_dates.list_changes(view_of(figures, "ISP"), scores))
    assert np.allclose(scores[list(PARTS)].sum(axis=1), scores["change"], atol=1e-9)


def test_against_the_version_before_an_import_only_reporting_changed(store):
    before = load_figures(store.snapshot_id())
    report(store)
    after = load_figures(store.snapshot_id())
    view = view_of(after, "HEA01")
    month = before.months[-1]
    same = replace(view, chosen=replace(view.chosen, month=month))
    changes = two_dates.read_changes(same, before, month, before)
    assert (changes["change"].dropna() == 0).all()
    newest = two_dates.read_changes(view, after, month)
    assert set(newest.loc[list(CODES), "known"]) == {"both"}
    assert set(newest["known"]) == {"both", "first"}
    assert "only reporting changed" in two_dates.state_changes(view, newest, "x")


def test_two_scenarios_are_compared_like_two_dates(figures):
    library, view = load_library(TAROUDANNT), view_of(figures, "ISP")
    trend, shock = (figures.projection(library[name]) for name in ("trend", "second_shock"))
    first, second = (two_dates.state_of_projection(p, "ISP", trend.months[1]) for p in (trend, shock))
    changes = two_dates.compare_states(view, first, second)
    assert np.allclose(changes[list(PARTS)].sum(axis=1), changes["change"], atol=1e-9)
    assert (changes[["reporting", "method", "norm"]].abs() < 1e-9).all(axis=None)
    row = two_dates.list_changes(view, changes)[0]
    assert row["why"].startswith("capacity \u2066+")
    assert "up by a class or more" in two_dates.state_changes(view, changes, "x")
    # A breakdown lifts a class far above its score: it is named.
    lifted = [row for row in two_dates.list_changes(view, changes) if row["classes"][1] == 4 != row["classes"][0]]
    assert lifted
    assert all(row["lifted_by"] for row in lifted)


def test_the_sheet_says_what_a_year_changed(figures):
    line = two_dates.write_commune_changes(view_of(figures, "ISP"), TIZI)
    assert line.startswith("Since August 2024 – ")
    assert "× the norm" in line


def test_the_screen_compares_with_the_date_of_its_address(built):
    app = open_screen("compare", lang="en", figures="all", month="2025-08", indicator="EDU01", since="2024-03")
    assert not app.exception
    assert app.query_params["since"] == "2024-03"
    assert any("Since March 2024" in block.value for block in app.markdown)


def test_a_side_without_a_class_is_said_in_words(figures):
    view = view_of(figures, "ISP", "fr")
    said = [
        re.sub("[\u2066-\u2069]", "", two_dates.write_classes(view, *sides)) for sides in ((np.nan, 3), (2, np.nan), (2, 3))
    ]
    assert said == ["sans classe → 3", "2 → sans classe", "2 → 3"]
    assert two_dates.write_classes(view, np.nan, np.nan) == "sans classe"
