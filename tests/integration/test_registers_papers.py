"""Registers on paper: functions and figures, a donor's table, the page of an association abroad, the routes of animators."""

import io
import re
from datetime import date

import pandas as pd
import pytest
from markupsafe import escape

from analytics.resource_gap import MAIN
from data.i18n import Translator
from data.people.viewer import EVERYTHING
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.print.plan.blocks import Bullets, Paragraph, Table
from pages.print.results import call, logframe, papers, routes
from pages.print.results.state_of_play import build_state_of_play, write_newsletter
from pages.print.results.terms import build_terms
from pages.print.tables.donor import build_donor_table, write_donor_table
from pages.words.douars import list_douars
from pages.words.gaps import quick_gap, write_units
from pages.words.view import View
from tests.clients import open_client
from tests.integration.test_half_year import report_of

HERE, THERE = "09.541.04.59", "09.541.04.67"


def view_of(store, language="fr", viewer=EVERYTHING):
    figures = load_figures(store.snapshot_id(), viewer=viewer)
    return View(figures, read_selection(figures, {"lang": language, "month": "2025-08"}), Translator(language))


def said_in(paper: papers.Paper) -> str:
    return str([b for b in paper.blocks if isinstance(b, (Table, Bullets, Paragraph))])


def test_papers_say_functions_and_figures_and_what_is_left_open(built):
    view = view_of(built)
    minutes = papers.build_minutes(view, date(2025, 7, 10), date(2025, 8, 31))
    assert "Affecter six enseignants" in said_in(minutes)
    assert "échéance passée" in said_in(minutes)
    invited = papers.build_convocation(view, "F3", date(2025, 8, 31))
    assert "Talgjount" in said_in(invited)
    assert "Tigouga" not in said_in(invited)
    sheet = papers.build_monthly_sheet(view, HERE)
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    assert len(table.rows) > 10
    names = [row[0].text for row in table.rows]
    assert len(set(names)) == len(names)
    gaps = quick_gap(view, view.figures.definition_set.means, view.codes)
    gap = gaps[(gaps["role"] == MAIN) & (gaps["missing_units"] > 0)].iloc[0]
    terms = said_in(build_terms(view, gap))
    assert view.name(gap["commune_code"]) in terms
    assert view.t.number(gap["missing_units"], 0) in terms
    table = next(block for block in call.build_call(view, "classrooms_college").blocks if isinstance(block, Table))
    assert (
        len(table.rows)
        == ((gaps["need_id"] == "classrooms_college") & (gaps["missing_units"] > 0) & (gaps["role"] == MAIN)).sum()
    )
    report = report_of(built)
    assert len(build_state_of_play(report).blocks) > 8
    assert "simulée" in write_newsletter(report)
    for paper in (minutes, invited, sheet):
        assert papers.write_docx(view, paper)[:2] == b"PK"


def test_a_donors_table_sums_the_results_that_count_and_stays_empty_where_one_is_not_known(built):
    view = view_of(built)
    then, before = (build_donor_table(view, day).set_index("output_code") for day in (date(2025, 8, 31), date(2025, 1, 31)))
    assert then["achieved"].tolist() == ["164", "585", "410", "57"]
    assert before["achieved"].tolist() == ["", "270", "", "38"]
    assert then.at["public_staff_trained", "women"] == "24"
    assert then.at["people_reached", "women"] == ""
    assert set(then["verified"]) == {"no"}
    blocks = logframe.build_donor_outputs(view, date(2025, 8, 31))
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row[1].text for row in table.rows] == then["achieved"].tolist()


def test_a_donors_table_reads_back_equal(built):
    view, day = view_of(built), date(2025, 8, 31)
    back = pd.read_csv(io.BytesIO(write_donor_table(view, day)), dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(back, build_donor_table(view, day).reset_index(drop=True), check_dtype=False)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_for_an_association_is_small_fetches_nothing_and_says_the_gaps(built, language):
    client = open_client()
    page = client.get(f"/diaspora?lang={language}")
    own = client.get(f"/diaspora/{HERE}?lang={language}")
    t = Translator(language)
    for answer in (page, own):
        assert answer.status_code == 200
        assert len(answer.content) < 60_000
        assert f'lang="{language}" dir="{t.direction}"' in answer.text
        assert not re.search(r"<script|<img|https?://|<link", answer.text)
        assert t("diaspora.simulated") in answer.text
    view = view_of(built, language)
    assert all(f"diaspora/{code}?" in page.text for code in view.codes)
    gaps = quick_gap(view, view.figures.definition_set.means, [HERE])
    lacking = gaps[(gaps["role"] == MAIN) & (gaps["missing_units"] > 0)]
    assert len(lacking)
    for _, row in lacking.iterrows():
        assert escape(write_units(view, row["missing_units"], row["unit"])) in own.text
    assert client.get("/diaspora/09.999?lang=fr").status_code == 404


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_routes_of_a_commune_hold_each_of_its_placed_douars_once(built, language):
    view = view_of(built, language)
    blocks = routes.build_routes(view, HERE, date(2025, 8, 31))
    (table,) = (block for block in blocks if isinstance(block, Table))
    douars = list_douars(view, [HERE])
    placed = douars[douars["latitude"].notna()]
    assert len(table.rows) == len(placed) > 5
    households = sorted(row[3].text for row in table.rows)
    assert households == sorted(view.t.number(count) for count in placed["households"])
    # ADL-02 is the one post of Tigouga that is covered.
    assert [row[0].text for row in table.rows if row[0].text] == ["ADL-02"]
