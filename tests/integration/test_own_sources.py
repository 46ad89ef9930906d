"""Under every picture and card stand the sources and dates of its own figures and of no others; its kind is the least firm of them."""

from dataclasses import replace
from html import unescape

import pytest

from analytics.baseline_rules import BASELINE_IDS
from analytics.model import PROVENANCE_ORDER
from data import queries
from data.store import Store
from pages.print.charts import canvas, catalogue, means_catalogue
from pages.print.deck.page import new_deck
from pages.print.deck.service import add_service
from pages.screens.council.questions import QUESTIONS, answer
from pages.widgets.province_map import fill_legend
from pages.words.figure_cards import above_norm_card, people_cards
from pages.words.labels import result_options
from pages.words.people_ahead import read_people
from pages.words.services import figure_lines
from pages.words.sources import cite, kind_of, variables_of
from tests.drawings import TIZI, choose_scenario, make_screen, place_teams

CENSUS, NOW = "HCP, RGPH 2024 (septembre 2024)", "Chiffres de démonstration (août 2025)"
FOREIGN = "ShakeMap"


def by_hand(figures, result):
    """Whether the census and the demonstration stand behind a result, by the names in its definition and the names of its parts."""
    definitions = figures.definitions
    own = [result] if result in definitions.indicators else []
    if not own:
        sector, _, face = result.partition("_") if result.endswith(("_load", "_access")) else (result, "", "")
        if result.endswith("_load"):
            sector, face = result.removesuffix("_load"), "load"
        if result.endswith("_access"):
            sector, face = result.removesuffix("_access"), "access"
        own = [
            i.id
            for i in definitions.indicators.values()
            if i.counts and (result == "ISP" or i.sector == sector) and (not face or i.face == face)
            and i.sector in definitions.services
        ]  # fmt: skip
    terms = [term for i in own for term in definitions.indicators[i].terms]
    named = {name for term in terms for name in (term.demand, *term.capacity, term.displaced) if name}
    named |= {v for i in own for k, v in definitions.indicators[i].parameters.items() if k in ("backlog", "staff", "done")}
    catalogue = figures.definition_set.variables
    census = any(n in catalogue and not catalogue[n].monthly for n in named) or "population_served" in named
    monthly = any(n not in catalogue or catalogue[n].monthly for n in named)
    return census, monthly


def test_every_result_cites_the_sources_of_its_own_figures_and_their_dates(figures):
    screen = make_screen(figures)
    for result in result_options(figures):
        if result in BASELINE_IDS:
            # The starting point: the census, and the shaking where it speaks of the exposure.
            shaken = result != "BASE_FAR"
            assert (CENSUS in cite(screen, [result]), FOREIGN in cite(screen, [result])) == (True, shaken)
            continue
        said, (census, monthly) = cite(screen, [result]), by_hand(figures, result)
        assert (CENSUS in said, NOW in said) == (census, monthly), (result, said)
        assert FOREIGN not in said
        assert "août 2025" not in said or monthly


def test_distances_are_the_census_of_september_2024_and_nothing_of_august_2025(figures):
    screen = make_screen(figures, indicator="HEA07")
    assert cite(screen, ["HEA07"]) == cite(screen, ["health_access"]) == CENSUS
    legend = unescape(str(fill_legend(screen, screen.month_results())))
    assert f"Source\u00a0: {CENSUS}." in legend
    assert "démonstration" not in legend
    assert variables_of(figures.definitions, ["HEA07"]) == {
        "population_beyond_5km_health_centre", "population_covered_health_centre", "municipal_population",
    }  # fmt: skip


def test_the_kind_is_the_least_firm_of_the_figures_that_are_shown(figures):
    for result in result_options(figures):
        screen = make_screen(figures, indicator=result)
        kinds = [k for k in figures.of_month(result, figures.months[-1])["provenance"] if k]
        expected = max(kinds, key=[p.value for p in PROVENANCE_ORDER].index, default="")
        assert kind_of(screen, [result]) == expected, result
    assert kind_of(make_screen(figures), ["HEA07"]) == "derived"


@pytest.mark.slow
def test_every_picture_says_sources_and_kind_of_its_own_figures(figures, monkeypatch):
    shown = {}
    monkeypatch.setattr(canvas, "draw", lambda words, *_args, **_more: shown.setdefault("words", words) and b"")
    start = make_screen(figures)
    charts = {
        "map": catalogue.map_chart(start),
        "surroundings": catalogue.surroundings_chart(start, TIZI),
        "ranking": catalogue.ranking_chart(start),
        "services": catalogue.services_chart(start, TIZI),
        "intervals": catalogue.intervals_chart(start),
        "quadrant": catalogue.quadrant_chart(start),
        "history": catalogue.history_chart(start, TIZI, "EDU01"),
        "displaced": catalogue.displaced_chart(start, TIZI),
        "rounds": means_catalogue.rounds_chart(start, place_teams(start), "far"),
    }
    for name, chart in charts.items():
        shown.clear()
        chart.draw(make_screen(figures), "png")
        line = shown["words"].source.text
        assert line.startswith("Source\u00a0: "), name
        assert ("(août 2025)" in line) == (NOW in line), name
        if chart.source is not None:
            assert chart.source(make_screen(figures)) in line, name
    # Rounds to whom is far rest on the census alone.
    shown.clear()
    charts["rounds"].draw(make_screen(figures), "png")
    assert CENSUS in shown["words"].source.text
    assert "démonstration" not in shown["words"].source.text
    for indicator in ("HEA07", "EDU08", "CIV10"):
        screen = make_screen(figures, indicator=indicator)
        for name in ("map", "surroundings", "ranking") if indicator == "HEA07" else ("map",):
            shown.clear()
            charts[name].draw(screen, "png")
            line = shown["words"].source.text
            assert CENSUS in line, (name, line)
            assert "démonstration" not in line, (name, line)
            assert "août 2025" not in line
            assert "août 2025" not in shown["words"].subtitle
            assert not shown["words"].source.warning


def test_cards_and_the_council_say_their_own(figures):
    screen = make_screen(figures)
    population, displaced = people_cards(screen)
    assert (population.source, displaced.source) == (CENSUS, NOW)
    assert above_norm_card(screen, figures.services[0]).source == NOW
    assert above_norm_card(screen, figures.services[1]).source == f"{NOW}\u202f; {CENSUS}"
    # The other two questions cite by the same function, and take seconds to answer.
    for question in QUESTIONS[:2]:
        for subject in ("all", TIZI):
            assert NOW in answer(screen, subject, question).sources
            assert FOREIGN not in answer(screen, subject, question).sources


def test_a_slide_cites_the_service_that_it_speaks_of(figures):
    screen, deck = make_screen(figures), new_deck(make_screen(figures).t, "")
    add_service(deck, screen, TIZI, figures.services[2])
    words = [shape.text_frame.text for shape in deck.presentation.slides[0].shapes if shape.has_text_frame]
    (line,) = [text for text in words if text.startswith("Source\u00a0:")]
    assert line.startswith(f"Source\u00a0: {cite(screen, ['civil_registry'], [TIZI])}. Données ")


def test_without_a_commune_that_sent_anything_there_is_no_source(figures):
    assert cite(make_screen(figures), ["EDU01"], []) == ""


def test_a_look_ahead_cites_the_last_month_that_is_observed_whichever_is_chosen(figures):
    screen, earlier, last = make_screen(figures), figures.months[-4], figures.months[-1]
    screen = replace(screen, chosen=replace(screen.chosen, month=earlier))
    choice, mine, other = choose_scenario(figures)
    sector = figures.services[0]
    charts = (
        catalogue.people_chart(screen, read_people(screen, mine, other, sector), sector, (choice.scenario, choice.other)),
        catalogue.pair_chart(screen, choice, mine, other),
        catalogue.outlook_chart(screen, TIZI),
    )
    for chart in charts:
        assert screen.t.month(last) in chart.source(screen), chart.label
        assert screen.t.month(earlier) not in chart.source(screen), chart.label


def test_a_share_of_people_is_no_multiple_of_a_norm(figures):
    """Tizi N'test: everybody beyond 5 km of a health centre; "5 times the norm without displaced people" stood beside it."""
    screen = make_screen(figures)
    results = figures.of_commune(TIZI, screen.chosen.month)
    for name, manifold in (("HEA07", False), ("EDU01", True)):
        lines = figure_lines(screen, TIZI, figures.definitions.indicators[name], results.loc[name])
        assert (screen.t("commune.without") in dict(lines)) == manifold
        assert any("× la norme" in figure for _, figure in lines) == manifold


def test_the_sources_of_a_month_are_those_of_its_own_figures_and_of_all_that_is_not_monthly(figures):
    month, catalogue = figures.months[3], figures.definition_set.variables
    observed = queries.read_observations(figures.connection.cursor(), figures.territory)
    is_monthly = observed["variable"].map(lambda name: catalogue[name].monthly)
    wanted = observed[(observed["reference_date"] == month) | ~is_monthly]
    names = ["variable", "provenance", "source"]
    latest = wanted.groupby(["commune_code", *names])["reference_date"].max()
    found = figures.origins.sources(month).reset_index().groupby(["commune_code", *names])["reference_date"].max()
    assert found.equals(latest)
    of_all = figures.origins.sources_of_all(month).groupby(names)["reference_date"].max()
    assert of_all.equals(latest.groupby(names).max())


def test_how_fresh_a_sheet_is_counts_what_is_in_force_of_real_and_simulated_figures(first_week_store, built):
    for store in (Store(first_week_store), built):
        with store.open() as connection:
            territory = queries.whole_territory(connection)
            catalogue = queries.read_variables(connection).set_index("variable")["sheet"]
            rows = queries.read_observations(connection, territory).dropna(subset="value")
            found = queries.read_freshness(connection, territory).set_index("sheet")
        rows["sheet"] = rows["variable"].map(catalogue)
        real = rows[rows["provenance"] != "demonstration"].groupby("sheet")
        counted = rows["sheet"].value_counts()
        assert list(found.index) == sorted(catalogue.unique())
        assert found["figures_count"].to_dict() == counted.reindex(found.index, fill_value=0).to_dict()
        held = found["figures_count"] - found["demonstration_count"]
        assert held.to_dict() == real.size().reindex(found.index, fill_value=0).to_dict()
        assert found["latest_real_date"].dropna().to_dict() == real["reference_date"].max().to_dict()
        communes = real["commune_code"].nunique().reindex(found.index, fill_value=0)
        assert found["communes_with_real_count"].to_dict() == communes.to_dict()
