"""Every place that prints the class of a service: none is calm, none lacks nothing, over an indicator that breaks down; a class that
figures do not settle is printed as a range."""

from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from pptx import Presentation

from analytics.assessment import assess
from analytics.panel import Column
from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_library, load_means
from geo.svg_map import MapText, render_choropleth
from pages.figures.cache import ComputedTables
from pages.figures.frames import ResultFrames
from pages.html import fill
from pages.print.deck.slides import build_deck
from pages.print.plan.words import class_cell
from pages.print.sheet.content import build_content
from pages.print.sheet.needs import write_needs
from pages.print.tables.results import build_result_table, write_csv
from pages.screens.commune import screen as commune_screen
from pages.screens.council.questions import answer
from pages.screens.overview import alerts
from pages.screens.overview import screen as overview_screen
from pages.words import ranks, titles
from pages.words.faces import list_faces, list_high, write_lift
from pages.words.outlooks import write_break
from pages.words.services import first_indicator, service_row
from tests.clients import open_client
from tests.drawings import make_screen

TIZI = "09.541.04.67"
_MISSING = 3


def broken(figures, worst):
    """Communes and services in which the heaviest indicator that counts is in a class."""
    month = figures.months[-1]
    for code in figures.territory:
        results = figures.of_commune(code, month)
        for sector in figures.services:
            classes = [results.at[i.id, "severity_class"] for i in figures.definitions.counting(sector)]
            if max((int(c) for c in classes if pd.notna(c)), default=0) == worst:
                yield code, sector, results


def without(figures, *variables):
    """The same figures where nobody reported some variables."""
    panel = figures.assessment.panel
    nothing = np.full(panel.rows, np.nan)
    ranks_of_none = np.full(panel.rows, -1, dtype=np.int8)
    column = Column(nothing, np.full(panel.rows, _MISSING, dtype=np.int8), ranks_of_none, ranks_of_none, nothing)
    assessment = assess(panel.with_columns(dict.fromkeys(variables, column)), figures.definitions)
    return replace(figures, assessment=assessment, results=ResultFrames(assessment), cache=ComputedTables())


@pytest.fixture
def silent(figures):
    """Nobody measured how far people live from care."""
    return without(figures, "population_beyond_5km_health_centre")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_service_name_what_breaks_down_and_never_say_that_nothing_is_missing(figures, language):
    screen, t = make_screen(figures, language), Translator(language)
    seen = 0
    for worst, least in ((5, 3), (4, 2)):
        for code, sector, results in broken(figures, worst):
            row = service_row(screen, results, sector.value)
            assert results.at[sector.value, "severity_class_low"] >= least
            named = list_high(screen, results, sector)
            assert named
            assert row["faces"][0].severity == max(f.severity or 0 for f in row["faces"])
            said = write_lift(screen, results, sector)
            assert said or results.at[sector.value, "severity_class_low"] == results.at[sector.value, "class_by_score"]
            needs = dict(zip(figures.services, write_needs(screen, code), strict=True))[sector]
            assert needs.remark != t("sheet.needs_none")
            assert needs.lines or named[0] in needs.remark
            standing = first_indicator(figures.definitions, sector, results)
            if results.at[sector.value, "lifted_by"]:
                assert standing.id == results.at[sector.value, "lifted_by"]
            seen += 1
    assert seen > 50


def test_a_commune_whose_people_are_all_far_reads_so_on_every_screen_and_paper(figures):
    screen, t = make_screen(figures), Translator("fr")
    far = "Habitants à plus de 5\u00a0km d'un centre de santé"
    html = unescape(str(commune_screen.fill_first_view(screen)))
    assert far in html
    assert "100,0\u202f%, soit 2\u202f333 personnes" in html
    sheet = build_content(screen, TIZI, "http://127.0.0.1/")
    health = sheet.services[1].bar
    assert health["severity"] == 3
    assert [(f.label, f.severity) for f in health["faces"]] == [("Accès", 5), ("Charge", 1)]
    # Who is far is a need of its own, or said beside needs that are met.
    assert any("plus de 5\u00a0km" in line.label for line in sheet.needs[1].lines) or far in sheet.needs[1].remark
    where = answer(screen, TIZI, "where").rows[1]
    assert where.severity == 3
    assert far in where.cells[1]
    why = answer(screen, TIZI, "why").rows[1]
    assert (why.severity, far in why.cells[1], "classe 5" in why.cells[1]) == (5, True, True)
    slides = Presentation(BytesIO(build_deck(screen, TIZI, load_means(), date(2026, 1, 1)))).slides
    assert "100,0" in slides[2].shapes.title.text_frame.text
    row = figures.of_month("health", figures.months[-1]).loc[TIZI]
    assert far in screen.describe(row)
    assert t("sheet.needs_none") not in str(sheet.needs[1])


def test_address_and_files_carry_faces_ends_and_what_lifts(built, figures):
    client = open_client()
    asked = "health,health_load,health_access,EDU01"
    answered = client.get("/api/v1/pressure", params={"commune": TIZI, "indicator": asked}).json()["results"]
    rows = {r["indicator_id"]: r for r in answered}
    health = rows["health"]
    assert (health["severity_class"], health["severity_class_low"], health["severity_class_high"]) == (3, 3, 3)
    assert (health["lifted_by"], rows["health_load"]["severity_class"], rows["health_access"]["severity_class"]) == (
        "HEA07",
        1,
        5,
    )
    assert rows["EDU01"]["worst_term"] == "primary"
    assert rows["EDU01"]["absent_terms"] == ["lycee"]
    assert set(rows["EDU01"]["pressure_by_term"]) == {"primary", "college"}
    table = build_result_table(figures, Translator("fr"), ["health"], [figures.months[-1]], [TIZI])
    assert "HEA07" in write_csv(table).decode("utf-8-sig")


def test_silence_is_a_range_in_the_api_s_table_on_the_map_in_its_legend_on_cards_and_sheet(silent):
    month, screen = silent.months[-1], make_screen(silent, indicator="health")
    results = silent.of_month("health", month)
    unsettled = results[results["status"] == "partial"]
    # No class is lifted by not reporting: whoever was in class 1 or 2 may still be, and nobody is printed in another.
    assert len(unsettled) > 40
    assert unsettled["severity_class"].isna().all()
    table = build_result_table(silent, screen.t, ["health"], [month], [TIZI])
    assert table[["severity_class_low", "severity_class_high"]].notna().all(axis=None)
    (code, low) = unsettled["severity_class_low"].items().__next__()
    said = f"{int(low)} à {int(unsettled.at[code, 'severity_class_high'])}"
    assert said in service_row(screen, silent.of_commune(code, month), "health")["status"]
    assert said in screen.describe(unsettled.loc[code])
    shown = unescape(str(overview_screen.fill_first_view(screen)))
    assert "url(#map-range)" in shown
    assert "chip range" in shown
    sheet = build_content(replace(screen, chosen=replace(screen.chosen, commune=code)), code, "http://127.0.0.1/")
    assert said in sheet.services[1].bar["status"]
    assert any(line.severity is None for line in list_faces(screen, silent.of_commune(code, month), silent.services[1]))


def test_a_range_has_a_hatch_of_its_own_and_its_two_ends_inside(figures):
    layer, legend = figures.province.layer, figures.definitions.legend
    svg = render_choropleth(layer, {TIZI: "range 1–3"}, legend, MapText("a", "b"), focus=[TIZI])
    assert "fill='url(#map-range)'" in svg
    assert ">1–3</text>" in svg


def test_a_plan_on_no_figures_does_not_say_that_nothing_breaks(figures):
    trend = load_library(figures.province)["trend"]
    known = {v for i in figures.definitions.counting(figures.services[2]) for term in i.terms for v in term.capacity}
    quiet = without(figures, *known)
    screen = make_screen(quiet)
    projection = quiet.projection(trend)
    said = {write_break(screen, projection, code) for code in quiet.territory}
    assert not any(words.startswith("Aucun indicateur projeté n'atteindrait") and "inconnu" not in words for words in said)


def test_an_unknown_share_of_displacement_is_no_share_of_zero(figures):
    screen = make_screen(figures)
    row = screen.in_order_of_rank(screen.month_results()).iloc[0].copy()
    row["score_without_displaced"] = np.nan
    written = ranks.rank_row(screen, row)
    assert written["displacement"] is None
    assert "inconnue" in written["detail"]
    html = fill(
        "rank_list",
        screen.t,
        rows=[written],
        unranked_count=0,
        provenance="",
        source="",
        size=20,
        tiers="",
        out_of_class="",
        has_parts=True,
    )
    assert 'class="displacement" style' not in html
    assert screen.t("rank.unknown_share") in html


def test_a_title_over_some_communes_says_of_how_many_it_is_known(figures):
    screen = make_screen(figures, indicator="HEA07")
    results = screen.month_results()
    low, high = (results[f"severity_class_{end}"].astype(float) for end in ("low", "high"))
    # Between 4 and 5 a commune is in high tension whatever the withheld are, between 2 and 3 it is not.
    known = int(((low >= 4) | (high <= 3)).sum())
    assert int(results["severity_class"].notna().sum()) < known < 81
    assert f"({known} communes connues sur 81" in titles.state_overview(screen, results)


def test_a_plan_writes_a_range_on_its_own_ground(silent):
    row = silent.of_month("health", silent.months[-1])
    partial = row[row["status"] == "partial"].iloc[0]
    plan = type("Plan", (), {"t": Translator("fr"), "figures": silent, "view": make_screen(silent)})()
    cell = class_cell(plan, partial)  # type: ignore[arg-type]
    assert (cell.fill, "à" in cell.text) == (silent.definitions.legend.range_color, True)


@pytest.mark.parametrize(
    ("new", "known", "asked", "said"),
    [
        (0, 9, 9, "Aucun service n'est nouveau"),
        (0, 8, 9, "Aucun service dont le niveau est connu n'est nouveau"),
        (2, 8, 9, "2 services sont nouveaux"),
        (0, 0, 9, "En août 2025, aucun niveau ne peut être dit"),
    ],
)
def test_of_services_whose_level_is_not_known_nothing_is_said(new, known, asked, said):
    assert Translator("fr")(alerts._title(new, known, asked), count=new, month="août 2025").startswith(said)
