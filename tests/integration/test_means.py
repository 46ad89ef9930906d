"""The Means screen without a browser: what it asks for when there is nothing, the files it gives, the figures it shows."""

import csv
import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from analytics.allocation import AllocationCriterion, allocate
from analytics.allocation_equity import BEFORE, measure_equity
from analytics.allocation_problem import Limits, build_problem
from analytics.allocation_reading import list_units
from analytics.assumptions import DEFAULTS
from analytics.equity import describe_spread
from analytics.resource_gap import MAIN, build_gap_table, summarise_needs, total_cost, worst_classes
from analytics.situation import observed_situation, scenario_situation
from data.i18n import LANGUAGES, Translator
from data.ingest import drop_demonstration
from data.loaders.today import load_library, load_means
from geo.distances import centroid_distances_km
from geo.svg_map import MapText, render_choropleth
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.support import read_gaps
from pages.print.tables.means import write_gap_csv, write_gap_workbook
from pages.screens.means.plan_equity import state_equity
from pages.words import gaps
from pages.words.money import write_range
from pages.words.view import View
from tests.territories import TAROUDANNT
from tests.walking import open_screen

SCREEN = """
import streamlit as st
from data.i18n import Translator
from pages.screens.means import screen as means
from pages.figures.load import load_figures, published
from pages.widgets import session
from pages.widgets.screen import Screen
figures = load_figures(published())
data = st.Page(lambda: None, title="data", url_path="data")
means.render(Screen(figures, session.current_selection(figures), Translator("fr"), {"data": data}))
"""


def today(figures):
    return observed_situation(figures.assessment, figures.months[-1], DEFAULTS)


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
    rows = gap_rows(load_figures(store.snapshot_id()))
    total = total_cost(rows)
    # Who lives far away is measured; nothing else is known of any commune: at least so much, all 89 incomplete.
    assert set(rows[rows["cost_central_mad"] > 0]["need_id"]) == {"distance_health", "distance_school"}
    assert (total.count, total.missing_count) == (89, 89)
    assert not total_cost(rows[~rows["need_id"].str.startswith("distance")]).is_known
    app = AppTest.from_string(SCREEN, default_timeout=60).run()
    assert not app.exception, app.exception
    assert "≥" in app.title[0].value or "au moins" in app.title[0].value


def test_the_plans_draw_beside_the_finding(built):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    app.session_state["_means_kept"] = {"means_part": "allocation"}
    app.run()
    assert not app.exception, app.exception
    assert "millions de dirhams" in app.title[0].value
    assert "réduit le plus l'écart entre communes (inégalité de " in app.subheader[0].value


def test_the_title_counts_the_needs_that_the_table_shows(built):
    """As the council's wall does: needs outside the index were in the title and in none of the cards below it."""
    app = open_screen("means", lang="fr", month="2025-08", figures="all")
    figures, t = load_figures(built.snapshot_id()), Translator("fr")
    view = View(figures, read_selection(figures, {"lang": "fr", "figures": "all", "month": "2025-08"}), t)
    own = total_cost(gaps.quick_gap(view, load_means(), view.codes))
    assert app.title[0].value.startswith(t("means.finding", cost=write_range(own.low_mad, own.high_mad, t)))
    everything = app.title[0].value
    app.toggle(key="means_beyond").set_value(True).run()
    assert app.title[0].value != everything


def test_the_screen_rests_on_a_scenario_when_asked_and_says_so(built):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    app.session_state["on"], app.session_state["at"] = "staff_loss", "6"
    app.run()
    assert not app.exception, app.exception
    assert app.title[0].value.startswith("Départ de personnels, février 2026. Coût des manques chiffrés")
    observed = AppTest.from_string(SCREEN, default_timeout=60).run()
    assert observed.title[0].value.startswith("Coût des manques chiffrés")
    assert observed.title[0].value not in app.title[0].value


@pytest.mark.parametrize(("on", "at"), [("nonsense", "6"), ("", "6")])
def test_what_is_no_scenario_leaves_the_observed_figures(built, on, at):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    app.session_state["on"], app.session_state["at"] = on, at
    app.run()
    assert not app.exception, app.exception
    assert app.title[0].value.startswith("Coût des manques chiffrés")


def test_a_month_outside_the_horizon_becomes_the_last_one(built):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    app.session_state["on"], app.session_state["at"] = "staff_loss", "99"
    app.run()
    assert app.title[0].value.startswith("Départ de personnels, août 2026.")


def edited_screen(edit):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    for key, value in {"on": "trend", "at": "2", "scenario": "trend", "edit": edit}.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def test_a_scenario_edited_on_its_screen_is_taken_as_it_is_there(built):
    app = edited_screen('{"horizon_months":3}')
    assert app.title[0].value.startswith("Tendance · modifié, octobre 2025.")


def test_an_edit_that_cannot_be_is_refused_and_the_observed_figures_stay(built):
    app = edited_screen("nonsense")
    assert "Les chiffres observés sont repris." in app.error[0].value
    assert app.title[0].value.startswith("Coût des manques chiffrés")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_says_which_scenario_and_month(figures, language):
    means, t = load_means(), Translator(language)
    basis = scenario_situation(figures.projection(load_library(TAROUDANNT)["staff_loss"]), 6, DEFAULTS)
    rows = build_gap_table(basis.assessment, figures.definitions, means, basis.month)
    lines = list(csv.DictReader(io.StringIO(write_gap_csv(rows, figures, means, basis, t).decode("utf-8-sig"))))
    assert {(line["scenario_id"], line["reference_date"]) for line in lines} == {("staff_loss", "2026-02-01")}
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(rows, figures, means, basis, t)))
    table, costs, _ = book.worksheets
    stated = t(
        "basis.stated", figures=t.label(dict(load_library(TAROUDANNT)["staff_loss"].labels)), month=t.month(basis.month)
    )
    assert costs.cell(3, 1).value == stated
    assert {cell.value for cell in list(table.columns)[-1][1:]} == {stated}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_after_support_leaves_with_a_heading_and_a_tag_for_each_column(figures, language):
    means, t = load_means(), Translator(language)
    rows = read_gaps(figures, figures.default_month)
    assert rows["done_units"].max() > 0
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(rows, figures, means, today(figures), t, hxl=True)))
    headings, tags = ([cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_row=2))
    assert {t("column.committed_units"), t("column.done_units")} <= set(headings)
    assert all(str(tag).startswith("#") for tag in tags)
    assert b"done_units" in write_gap_csv(rows, figures, means, today(figures), t)


def shared_budget(figures, rows, budget_mad=10_000_000.0):
    means = load_means()
    offered = [r.id for r in means.resources.values() if r.offered]
    problem = build_problem(
        rows[rows["resource_id"].isin(offered)],
        means.weights(),
        means.comparable,
        {r: means.annual_cost(r) for r in offered},
        Limits(budget_mad=budget_mad),
    )
    return allocate(problem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_a_plan_carries_the_equity_of_all_plans(figures, language):
    rows, means, t = gap_rows(figures), load_means(), Translator(language)
    allocation = shared_budget(figures, rows)
    groups = dict(figures.communes["group_code"])
    equity = measure_equity(allocation, rows, means, figures.definitions, groups, figures.months[-1])
    assert len(equity) == 4 * equity["kind"].nunique()
    # Before any unit, one kind with one need is the equity of its indicator, as the Compare screen shows it.
    visits = equity[(equity["kind"] == "clinicians") & (equity["plan"] == BEFORE)].iloc[0]
    indicator = describe_spread(figures.of_month("HEA02B", figures.months[-1]), figures.communes["group_code"])
    assert (visits["gini"], visits["theil"]) == pytest.approx((indicator.gini, indicator.theil))
    assert visits["people_in_high_class"] == pytest.approx(indicator.people_in_high_class)
    table = list_units(allocation.plans[AllocationCriterion.FAIRNESS])
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(table, figures, means, today(figures), t, equity)))
    page = book[t("means.sheet_equity")]
    assert page.max_row == 3 + len(equity)
    assert page.cell(4, 3).value == pytest.approx(equity.iloc[0]["gini"])
    assert "{" not in state_equity(equity[equity["kind"] == equity.iloc[0]["kind"]], t)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_leaves_as_csv_and_workbook_with_costs_and_sources(figures, language):
    rows, means, t = gap_rows(figures).iloc[::12], load_means(), Translator(language)
    lines = list(csv.DictReader(io.StringIO(write_gap_csv(rows, figures, means, today(figures), t).decode("utf-8-sig"))))
    assert len(lines) == len(rows)
    assert {"commune_code", "need_id", "cost_low_mad", "competence", "financing", "reliability"} <= set(lines[0])
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(rows, figures, means, today(figures), t)))
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
    assert "'=HYPERLINK" in write_gap_csv(rows, figures, means, today(figures), Translator("fr")).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(write_gap_workbook(rows, figures, means, today(figures), Translator("fr"))))
    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_province_shares_a_budget_with_gaps_certified_within_a_hundredth(figures):
    allocation = shared_budget(figures, gap_rows(figures))
    problem, plans = allocation.problem, allocation.plans
    assert len(problem.resource_ids) == 7
    assert set(plans) == set(AllocationCriterion)
    for plan in plans.values():
        assert plan.gap <= 0.01
        assert list_units(plan)["units"].sum() == plan.units.sum()
    before = problem.highest_pressure(plans[AllocationCriterion.FAIRNESS].units * 0)
    assert problem.highest_pressure(plans[AllocationCriterion.FAIRNESS].units) < before
    assert problem.coverage(plans[AllocationCriterion.COVERAGE].units) >= problem.coverage(
        plans[AllocationCriterion.FAIRNESS].units
    )


def test_discs_carry_the_units_and_every_word_is_escaped(figures):
    codes = list(figures.territory)
    svg = render_choropleth(
        TAROUDANNT.layer,
        worst_classes(gap_rows(figures)),
        figures.definitions.legend,
        MapText("a", "b"),
        marks={codes[0]: "<7>"},
    )
    assert "&lt;7&gt;" in svg
    assert svg.count("stroke='#fff' stroke-width='1.5'") == 1


def test_distances_are_those_of_the_map(figures):
    codes = tuple(figures.territory)
    distances = centroid_distances_km(TAROUDANNT.layer, codes)
    assert distances.shape == (89, 89)
    assert distances.diagonal() == pytest.approx(0, abs=1e-4)
    assert distances == pytest.approx(distances.T)
    assert 100 < distances.max() < 250


def test_one_need_or_one_commune_at_a_time_is_in_the_address_with_its_total(built):
    app = open_screen("means", lang="fr", month="2025-08", only="commune:09.541.04.67")
    (total,) = [m.value for m in app.markdown if m.value.startswith("**Tizi N'test")]
    assert "besoins non couverts ou non connus ; coût" in total.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")
    switch(app).set_value("need").run()
    need = app.query_params["only"].removeprefix("need:")
    assert app.selectbox(key="means_only").value == need
    switch(app).set_value("all").run()
    assert app.query_params["only"] == "all"
    assert "means_only" not in [box.key for box in app.selectbox]
    unknown = open_screen("means", lang="fr", month="2025-08", only="commune:09.999")
    assert switch(unknown).value == "need"


def switch(app):
    """The control that says whether one need, one commune, or all is looked at."""
    return next(group for group in app.get("button_group") if group.key == "means_only_kind")
