"""Charts that leave a screen: large enough, in three languages, finding and source inside, the figures of the screen, inert."""

import io
import os
import re
import warnings
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image, ImageChops, ImageStat

from analytics.allocation import AllocationCriterion
from analytics.allocation_reading import list_places, list_units
from analytics.resource_gap import summarise_needs
from data.i18n import LANGUAGES, Translator
from data.ingest import drop_demonstration
from data.store import ROOT_VARIABLE, Store
from pages.figures.load import load_figures
from pages.print.charts import canvas, catalogue
from pages.print.charts.catalogue import history_chart, ranking_chart
from pages.words import gaps, ranks
from pages.words.gaps import observed
from pages.words.people_ahead import read_people
from tests.drawings import (
    EDUCATION,
    TIZI,
    choose_scenario,
    gap_rows,
    list_charts,
    make_screen,
    place_teams,
    share_budget,
    short_list,
)

GOLDEN = Path(__file__).parents[1] / "golden"
GOLDEN_SIZE = (640, 360)
SNAPSHOT = "20260101T000000"
# Grey levels of 255: a moved label gives about 1, another month or another font more than 2.
LARGEST_MEAN_DIFFERENCE = 1.5
NAMES = (
    "map", "surroundings", "ranking", "services", "intervals", "quadrant", "short_list", "sensitivity", "history", "displaced",
    "outlook", "people", "pair", "dates", "shock", "needs", "plans", "units", "rounds",
    "douars", "chosen_douars", "points", "douar_rounds", "reconstruction",
)  # fmt: skip
# Measured: they cite the census, and nothing simulated; those of the ground their places as well.
GROUND = ("douars", "chosen_douars", "points", "douar_rounds")
MEASURED = ("rounds", "shock", *GROUND)
LOOKED_AT = ("history", "ranking", "map", "people", "pair", "needs", "quadrant", "plans")
HOSTILE = '--></svg><script>alert(1)</script>& $x_{$ "' + "long " * 20


@pytest.fixture(scope="module")
def read_only(built_store):
    """Figures of the store that tests only read, for the whole module, under a name that golden pictures can hold."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(built_store))
        yield replace(load_figures(Store(built_store).snapshot_id()), snapshot_id=SNAPSHOT)


@pytest.fixture(scope="module")
def charts(read_only):
    """Computed once for the whole module."""
    return list_charts(read_only)


def draw_and_keep(chart, screen, render=canvas.render):
    """The picture before it takes a form, with everything in it, and the PNG; nobody else sees that drawing is watched."""
    figures = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(canvas, "render", lambda figure, form: figures.append(figure) or render(figure, form))
        png = chart.draw(screen, canvas.PNG)
    return figures[-1], png


@pytest.fixture(scope="module")
def drawing(read_only, charts):
    """A chart in a language, drawn once for all who look at it: the picture with everything in it, its PNG, what was warned of."""

    @cache
    def draw(name, language):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            figure, png = draw_and_keep(charts[name], make_screen(read_only, language))
        return figure, png, [str(w.message) for w in warned]

    return draw


@pytest.fixture
def picture():
    """Draws a chart and gives the picture before it takes a form: no PNG is made."""
    return lambda chart, screen: draw_and_keep(chart, screen, render=lambda _figure, _form: b"")[0]


def texts(figure) -> list[str]:
    """Every text in a picture, lines joined."""
    return [t.get_text().replace("\n", " ") for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]


def bars(figure) -> list[float]:
    """Length of every bar of a picture with filled bars only, from the top down."""
    rectangles = [p for p in figure.axes[0].patches if p.get_width()]
    rows = {}
    for p in rectangles:
        row = round(p.get_y() + p.get_height() / 2)
        rows[row] = rows.get(row, 0) + p.get_width()
    return [rows.get(row, 0.0) for row in range(len(figure.axes[0].get_yticks()))]


def test_every_chart_of_the_module_is_looked_at(charts):
    assert set(charts) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_chart_is_a_picture_for_a_projector(drawing, name, language):
    _, png, warned = drawing(name, language)
    picture = Image.open(io.BytesIO(png))
    assert picture.width >= 1920
    colours = picture.convert("L").histogram()
    assert 0.015 < 1 - colours[255] / (picture.width * picture.height) < 0.6
    assert [words for words in warned if "Glyph" in words or "font" in words] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_a_drawing_for_print(figures, charts, name):
    root = ET.fromstring(charts[name].draw(make_screen(figures, "ar"), canvas.SVG))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "path" in tags
    # No text that needs a font, nothing that runs, nothing that is fetched.
    assert not tags & {"text", "script", "image", "foreignObject", "a"}
    references = [v for e in root.iter() for k, v in e.attrib.items() if k.rpartition("}")[2] in ("href", "src")]
    assert all(reference.startswith("#") for reference in references)


@pytest.mark.parametrize("name", LOOKED_AT)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_chart_looks_as_it_did(drawing, name, language):
    """Against a picture that was looked at; make it anew with ``GOLDEN=write`` after looking again."""
    _, png, _ = drawing(name, language)
    drawn = Image.open(io.BytesIO(png)).convert("L").resize(GOLDEN_SIZE)
    path = GOLDEN / f"{name}-{language}.png"
    if os.environ.get("GOLDEN") == "write":
        drawn.save(path, optimize=True)
    assert ImageStat.Stat(ImageChops.difference(drawn, Image.open(path))).mean[0] < LARGEST_MEAN_DIFFERENCE


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_words_keep_inside_the_picture_and_off_each_other(drawing, name, language):
    figure, _, _ = drawing(name, language)
    renderer = figure.canvas.get_renderer()
    width, height = figure.bbox.width, figure.bbox.height
    # An axes knows which of its words are drawn; so many dots let a mark of an axis touch the edge.
    for part in (*figure.texts, *figure.legends, *figure.axes):
        box = part.get_tightbbox(renderer)
        assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= -1, part
    title, subtitle, source = (text.get_window_extent(renderer) for text in figure.texts[:3])
    below = [legend.get_window_extent(renderer) for legend in figure.legends]
    assert title.y0 >= subtitle.y1 - 1
    assert all(not box.overlaps(other) for box in below for other in (title, subtitle, source))
    labels = [a.xaxis.label.get_window_extent(renderer) for a in figure.axes if a.xaxis.label.get_text()]
    assert all(not box.overlaps(source) for box in labels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in (*GROUND, "reconstruction")])
def test_source_date_and_demonstration_stand_inside(read_only, charts, drawing, picture, name, language):
    t, figures = Translator(language), read_only
    # A picture in English is put together for its words alone; the drawing of letters is that of French.
    figure = picture(charts[name], make_screen(figures, "en")) if language == "en" else drawing(name, language)[0]
    title, *warning, subtitle, source = (
        text.get_text().replace("\n", " ") for text in figure.texts[: 3 if name in MEASURED else 4]
    )
    assert title
    # Rounds go to the people whom the census found far away, dwellings are the census's: measured figures need no warning.
    assert warning == ([] if name in MEASURED else [t("deck.demonstration")])
    assert subtitle
    census = t.month(figures.census_month)
    assert (t("data.demonstration") in source) == (name not in MEASURED)
    assert (census if name in MEASURED else t.month(figures.months[-1])) in source
    assert SNAPSHOT in source
    if name in ("map", "surroundings", "pair", "dates", "units", "rounds"):
        assert "OpenStreetMap" in source


@pytest.mark.parametrize("name", GROUND)
def test_a_measured_picture_cites_its_census_its_date_and_its_places_and_nothing_simulated(drawing, name):
    t = Translator("fr")
    title, subtitle, source = (text.get_text().replace("\n", " ") for text in drawing(name, "fr")[0].texts[:3])
    assert title
    assert subtitle
    assert "RGPH 2024" in source
    assert t.month(pd.Timestamp("2024-09-01")) in source
    assert "GeoNames" in source
    assert "OpenStreetMap" in source
    assert t("data.demonstration") not in source


@pytest.mark.parametrize("name", ["ranking", "surroundings", "history", "short_list", "quadrant", "units"])
def test_a_hostile_name_is_drawn_and_not_run(figures, charts, name):
    named = figures.communes.assign(name_fr=HOSTILE)
    screen = make_screen(replace(figures, communes=named))
    content = charts[name].draw(screen, canvas.SVG)
    # Comments say which text a path is; a name cannot end one.
    assert not re.search(rb"<script|</svg>(?!\s*$)", re.sub(rb"<!--.*?-->", b"", content, flags=re.S))
    assert not {e.tag.rpartition("}")[2] for e in ET.fromstring(content).iter()} & {"script", "text"}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_title_that_is_too_long_takes_more_lines_and_stays_inside(figures, charts, picture, language):
    named = figures.communes.assign(name_fr="W" * 60 + " commune " * 12, name_ar="جماعة " * 40)
    figure = picture(charts["history"], make_screen(replace(figures, communes=named), language))
    box = figure.texts[0].get_window_extent()
    assert figure.texts[0].get_text().count("\n") >= 1
    assert min(box.x0, figure.bbox.width - box.x1) >= 0


def test_an_indicator_without_figures_still_gives_a_chart(figures):
    chart = history_chart(make_screen(figures), "09.541.01.13", "HEA07")
    assert Image.open(io.BytesIO(chart.draw(make_screen(figures), canvas.PNG))).width >= 1920


def test_a_ranking_is_mirrored_for_a_reader_who_begins_at_the_right(figures, charts, picture):
    french, arabic = (picture(charts["ranking"], make_screen(figures, lang)).axes[0] for lang in ("fr", "ar"))
    assert not french.xaxis_inverted()
    assert arabic.xaxis_inverted()
    for language in ("fr", "ar"):
        time = picture(charts["history"], make_screen(figures, language)).axes[0]
        assert not time.xaxis_inverted()


def test_a_history_draws_the_months_of_the_snapshot(figures, charts, picture):
    figure = picture(charts["history"], make_screen(figures))
    expected = figures.history(TIZI, "EDU01")["pressure"].to_numpy()
    assert any(
        len(line.get_ydata()) == len(expected) and np.allclose(line.get_ydata(), expected, equal_nan=True)
        for line in figure.axes[0].lines
    )
    assert Translator("fr").number(float(expected[-1]), 2) in texts(figure)
    assert figure.texts[0].get_text().startswith("Tizi N'test")
    assert "× la norme" in figure.texts[0].get_text()


def test_people_ahead_are_the_sum_over_the_communes(figures, charts, picture):
    choice, mine, other = choose_scenario(figures)
    headline = figures.definitions.headlines[EDUCATION]
    figure = picture(charts["people"], make_screen(figures))
    drawn = [np.asarray(line.get_ydata(), dtype=float) for line in figure.axes[0].lines]
    past = figures.results[headline].groupby("reference_date")["gap_to_norm"].sum(min_count=1).to_numpy()
    central = np.nansum(mine.table(headline, "gap_to_norm"), axis=0)
    compared = np.nansum(other.table(headline, "gap_to_norm"), axis=0)
    for expected in (past, central, compared):
        assert any(len(line) == len(expected) and np.allclose(line, expected) for line in drawn)
    t, said = Translator("fr"), texts(figure)
    low, high = (mine.total(headline, "gap_to_norm", np.ones(89, dtype=bool), b)[-1] for b in ("low", "high"))
    written = f"{t.number(central[-1], 0)} ({t.number(low, 0)} à {t.number(high, 0)})"
    assert written in said
    assert t.number(past[-1], 0) in said
    title = figure.texts[0].get_text()
    assert t.number(central[-1], 0) in title
    assert t.number(past[-1], 0) in title
    assert choice.other.labels["fr"] in said


def test_displaced_people_are_the_published_counts(figures, charts, picture):
    stock = figures.over_time("displaced_persons", TIZI)
    figure = picture(charts["displaced"], make_screen(figures))
    lines = [np.asarray(line.get_ydata(), dtype=float) for line in figure.axes[0].lines]
    assert any(len(line) == len(stock) and np.allclose(line, stock, equal_nan=True) for line in lines)
    assert Translator("fr").number(float(stock.iloc[-1])) in texts(figure)


def test_bars_of_scores_are_the_scores(figures, charts, picture):
    screen = make_screen(figures)
    by_rank = figures.intervals(screen.chosen.month).loc["ISP"].sort_values("rank").index[:10]
    assert bars(picture(charts["ranking"], screen)) == pytest.approx(list(screen.month_results().loc[by_rank, "score"]))
    own = figures.of_commune(TIZI, screen.chosen.month)
    sectors = ["education", "health", "civil_registry"]
    assert bars(picture(charts["services"], screen)) == pytest.approx([own.at[s, "score"] for s in sectors])


def test_intervals_and_ranks_are_those_of_the_list(figures, charts, picture):
    screen = make_screen(figures)
    ranking = ranks.read_ranking(screen).head(20)
    figure, t = picture(charts["intervals"], screen), screen.t
    points = [x for line in figure.axes[0].lines if line.get_marker() == "o" for x in line.get_xdata()]
    assert points == pytest.approx(list(ranking["estimate"]))
    said = texts(figure)
    for row in ranking.itertuples():
        place = f"rang attendu {t.number(row.expected_rank, 0)} ({int(row.rank_low)} à {int(row.rank_high)})"
        tier = (
            "on ne peut pas dire" if 0.1 < row.first_20 < 0.9 else f"très probablement{' pas' if row.first_20 < 0.9 else ''}"
        )
        assert f"{t.number(row.estimate, 0)} · {place} · {tier}" in said


def test_the_quadrant_shows_every_commune_with_both_figures(figures, charts, picture):
    screen = make_screen(figures)
    ranking = ranks.read_ranking(screen)
    known = ranking[ranking["people_above_norm"] > 0]
    clouds = [c for c in picture(charts["quadrant"], screen).axes[0].collections if isinstance(c, PathCollection)]
    drawn = sorted(tuple(point) for cloud in clouds for point in np.asarray(cloud.get_offsets()))
    assert np.allclose(drawn, sorted(zip(known["estimate"], known["people_above_norm"], strict=True)))


def test_a_short_list_and_what_moves_the_order_are_drawn_as_computed(figures, charts, picture):
    screen = make_screen(figures)
    assert bars(picture(charts["short_list"], screen)) == pytest.approx(list(short_list(screen)["share_selected"]))
    moves = figures.sensitivity(screen.chosen.month)["rank_shift"].head(12)
    assert bars(picture(charts["sensitivity"], screen)) == pytest.approx(list(moves))


def test_two_maps_count_the_classes_of_both(figures, charts, picture):
    choice, mine, other = choose_scenario(figures)
    month = choice.month(mine)
    figure = picture(charts["pair"], make_screen(figures))
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    for severity in range(1, 6):
        counts = [int((p.of_month("ISP", month)["severity_class"] == severity).sum()) for p in (other, mine)]
        assert any(line.startswith(f"{severity} ·") and f"({counts[0]} | {counts[1]})" in line for line in legend)
    colors = figures.definitions.legend.color
    for axes, projection in zip(figure.axes, (other, mine), strict=True):
        shapes = [c for c in axes.collections if not len(c.get_offsets()) or c.get_hatch() is not None]
        drawn = {to_hex(c.get_facecolor()[0]): len(c.get_paths()) for c in shapes if len(c.get_paths()) > 0}
        for severity, count in projection.of_month("ISP", month)["severity_class"].value_counts().items():
            assert drawn[colors(int(severity)).lower()] == count


def test_costs_of_needs_are_in_millions_with_their_range(figures, charts, picture):
    screen = make_screen(figures)
    rows, means = gap_rows(screen)
    needs = summarise_needs(gaps.of_index(screen, means, rows))
    expected = needs[needs["missing_units"] > 0].sort_values("cost_central_mad", ascending=False)["cost_central_mad"] / 1e6
    figure = picture(charts["needs"], screen)
    assert bars(figure) == pytest.approx(list(expected.head(12)))
    assert sum("MDH (" in text for text in texts(figure)) >= 5


def test_plans_show_what_each_brings_back_under_the_norm(figures, charts, picture):
    screen = make_screen(figures)
    allocation = share_budget(screen)
    _, means = gap_rows(screen)
    shares = []
    for name, plan in allocation.plans.items():
        places = list_places(plan).assign(kind=lambda p: p["need_id"].map(lambda n: means.needs[n].unit))
        total = places.groupby("kind", sort=False)[["served", "gap"]].sum()
        shares.append((total["served"] / total["gap"])[total["gap"] > 0].rename(name.value))
    expected = pd.concat(shares, axis=1).to_numpy().ravel()
    assert bars(picture(charts["plans"], screen)) == pytest.approx(list(expected))


def test_units_and_teams_are_written_where_they_go(figures, charts, picture):
    screen = make_screen(figures)
    plan = share_budget(screen).plans[AllocationCriterion.FAIRNESS]
    units = list_units(plan).groupby("commune_code")["units"].sum()
    said = [text.get_text() for text in picture(charts["units"], screen).axes[0].texts]
    assert sorted(said) == sorted(str(n) for n in units)
    rounds = place_teams(screen)
    said = [text.get_text() for text in picture(charts["rounds"], screen).axes[0].texts]
    assert sorted(said) == sorted(str(int(n)) for n in rounds.bases if n)


def test_a_chart_of_a_territory_holds_its_communes_only(figures, picture):
    screen = make_screen(figures, territory="urban")
    figure = picture(ranking_chart(screen), screen)
    assert len(figure.axes[0].get_yticks()) == min(10, len(screen.codes))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_without_figures_a_chart_says_so_and_draws_none(store, picture, language):
    """What is offered whatever the figures are: on Overview, Map, Commune and Council."""
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    official = load_figures(store.snapshot_id())
    french, screen = make_screen(official), make_screen(official, language)
    rows, means = gap_rows(french)
    choice, mine, other = choose_scenario(official)
    offered = [
        catalogue.ranking_chart(french),
        catalogue.intervals_chart(french),
        catalogue.quadrant_chart(french),
        catalogue.displaced_chart(french, TIZI),
        catalogue.outlook_chart(french, TIZI),
        catalogue.people_chart(french, read_people(french, mine, other, EDUCATION), EDUCATION, (choice.scenario, None)),
        catalogue.needs_chart(french, means, observed(french), rows[~rows["need_id"].str.startswith("distance")]),
    ]
    for chart in offered:
        figure = picture(chart, screen)
        assert len(figure.texts) == 3, chart.label
        assert not any(axes.has_data() for axes in figure.axes)
        assert "—" not in figure.texts[0].get_text()
    for chart in (catalogue.map_chart(french), catalogue.services_chart(french, TIZI)):
        assert screen.t("status.insufficient") in " ".join(texts(picture(chart, screen))) or chart.label == "Carte"


def test_pictures_asked_for_at_the_same_time_are_those_asked_for_alone(figures, charts):
    screens = [make_screen(figures, language) for language in ("fr", "ar")] * 4
    alone = [charts["history"].draw(screen, canvas.SVG) for screen in screens[:2]] * 4
    with ThreadPoolExecutor(4) as workers:
        together = list(workers.map(lambda screen: charts["history"].draw(screen, canvas.SVG), screens))
    assert together == alone
