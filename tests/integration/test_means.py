"""The Means screen without a browser: what it asks for when there is nothing, the files it gives, the figures it shows."""

import csv
import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from analytics.allocation import PlanName, allocate
from analytics.allocation_problem import Limits, build_problem
from analytics.allocation_reading import list_units
from analytics.resource_gap import MAIN, build_gap_table, summarise_needs, total_cost, worst_classes
from data.i18n import LANGUAGES, Translator
from data.ingest import drop_demonstration
from data.means_files import load_means
from geo.distances import centroid_distances_km
from geo.svg_map import MapText, render_choropleth
from pages.figures import load_figures
from pages.print.means_table import write_gap_csv, write_gap_workbook

SCREEN = """
import streamlit as st
from data.i18n import Translator
from pages import means
from pages.figures import load_figures, published
from pages.ui import selection
from pages.ui.screen import Screen
figures = load_figures(published())
data = st.Page(lambda: None, title="data", url_path="data")
means.render(Screen(figures, selection.current_selection(figures), Translator("fr"), {"data": data}))
"""


def gap_rows(figures):
    return build_gap_table(figures.assessment, figures.definitions, load_means(), figures.months[-1])


def test_rooms_missing_by_cycle_are_those_that_the_indicator_counts(figures):
    rows = gap_rows(figures)
    rooms = rows[(rows["role"] == MAIN) & (rows["unit"] == "classrooms")].groupby("commune_code")["missing_units"].sum()
    counted = figures.of_month("EDU04", figures.months[-1])["value"]
    assert (rooms == counted.loc[rooms.index]).all()
    seats = rows[(rows["role"] == MAIN) & (rows["unit"] == "classrooms")].groupby("commune_code")["gap"].sum()
    assert seats.to_numpy() == pytest.approx(
        figures.of_month("EDU03", figures.months[-1]).loc[seats.index, "value"].to_numpy()
    )


def test_totals_by_need_sum_to_the_total(figures):
    rows = gap_rows(figures)
    summary, total = summarise_needs(rows), total_cost(rows)
    assert summary["cost_central_mad"].sum() == pytest.approx(total.central_mad)
    assert total.low_mad <= total.central_mad <= total.high_mad
    assert list(summary["need_id"]) == list(load_means().needs)


def test_without_figures_the_screen_says_what_to_send(store):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    total = total_cost(gap_rows(load_figures(store.snapshot_id())))
    assert not total.is_known
    assert (total.count, total.missing_count) == (89, 89)
    app = AppTest.from_string(SCREEN, default_timeout=60).run()
    assert not app.exception, app.exception
    assert "insuffisantes" in app.title[0].value
    assert "classeur mensuel" in app.info[0].value


def test_the_plans_draw_beside_the_finding(built):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    app.session_state["_means_kept"] = {"means_part": "allocation"}
    app.run()
    assert not app.exception, app.exception
    assert "millions de dirhams" in app.title[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_leaves_as_csv_and_workbook_with_costs_and_sources(figures, language):
    rows, means, t = gap_rows(figures).iloc[::12], load_means(), Translator(language)
    lines = list(csv.DictReader(io.StringIO(write_gap_csv(rows, figures, means, t).decode("utf-8-sig"))))
    assert len(lines) == len(rows)
    assert {"commune_code", "need_id", "cost_low_mad", "competence", "financing", "reliability"} <= set(lines[0])
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(rows, figures, means, t)))
    table, costs, notes = book.worksheets
    assert table.max_row == len(rows) + 1
    assert costs.max_row == 4 + len(means.costs)
    assert {c.number_format for row in table.iter_rows(min_row=2) for c in row if c.data_type == "n"} <= {
        "#,##0", "#,##0.00", "General",
    }  # fmt: skip
    assert not any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row)
    explained = {row[0].value for row in notes.iter_rows()}
    indicator = figures.definitions.indicators["EDU01"]
    norms = {t.label(figures.definitions.norms[term.norm].labels) for term in indicator.terms}
    assert norms | {t("table.snapshot"), t("provenance.demonstration"), t("reliability.D")} <= explained


def test_a_text_that_looks_like_a_formula_is_inert(figures):
    rows, means = gap_rows(figures).head(3).copy(), load_means()
    rows["reliability"] = '=HYPERLINK("http://x")'
    assert "'=HYPERLINK" in write_gap_csv(rows, figures, means, Translator("fr")).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(rows, figures, means, Translator("fr"))))
    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_province_shares_a_budget_with_gaps_certified_within_a_hundredth(figures):
    means, rows = load_means(), gap_rows(figures)
    offered = [r.id for r in means.resources.values() if r.offered]
    assert len(offered) == 6
    problem = build_problem(
        rows[rows["resource_id"].isin(offered)],
        {need.id: need.weight for need in means.needs.values()},
        frozenset(need.id for need in means.needs.values() if need.in_level),
        {r: means.unit_cost(r, 12)[1] for r in offered},
        Limits(budget_mad=10_000_000.0),
    )
    plans = allocate(problem).plans
    assert set(plans) == set(PlanName)
    for plan in plans.values():
        assert plan.gap <= 0.01
        assert list_units(plan)["units"].sum() == plan.units.sum()
    before = problem.highest_pressure(plans[PlanName.FAIRNESS].units * 0)
    assert problem.highest_pressure(plans[PlanName.FAIRNESS].units) < before
    assert problem.coverage(plans[PlanName.COVERAGE].units) >= problem.coverage(plans[PlanName.FAIRNESS].units)


def test_discs_carry_the_units_and_every_word_is_escaped(figures):
    codes = list(figures.territory)
    svg = render_choropleth(
        worst_classes(gap_rows(figures)), figures.definitions.legend, MapText("a", "b"), marks={codes[0]: "<7>"}
    )
    assert "&lt;7&gt;" in svg
    assert svg.count("stroke='#fff' stroke-width='1.5'") == 1


def test_distances_are_those_of_the_map(figures):
    codes = tuple(figures.territory)
    distances = centroid_distances_km(codes)
    assert distances.shape == (89, 89)
    assert distances.diagonal() == pytest.approx(0, abs=1e-4)
    assert distances == pytest.approx(distances.T)
    assert 100 < distances.max() < 250
