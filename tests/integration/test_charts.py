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

import pandas as pd
import pytest
from PIL import Image, ImageChops, ImageStat

from data.i18n import LANGUAGES, Translator
from data.ingest import drop_demonstration
from pages.figures.load import load_figures
from pages.print.charts import canvas, catalogue, means_catalogue
from pages.print.charts.catalogue import history_chart
from pages.words.data_version import name_version
from pages.words.gaps import observed
from pages.words.people_ahead import read_people
from tests.drawings import (
    EDUCATION,
    TIZI,
    choose_scenario,
    draw_and_keep,
    gap_rows,
    make_screen,
    texts,
)

GOLDEN = Path(__file__).parents[1] / "golden"
GOLDEN_SIZE = (640, 360)
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
def drawing(read_only, charts):
    """A chart in a language, drawn once for all who look at it: the picture with everything in it, its PNG, what was warned of."""

    @cache
    def draw(name, language):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            figure, png = draw_and_keep(charts[name], make_screen(read_only, language))
        return figure, png, [str(w.message) for w in warned]

    return draw


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
    assert name_version(t, read_only.snapshot_id) in source
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
        means_catalogue.needs_chart(french, means, observed(french), rows[~rows["need_id"].str.startswith("distance")]),
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
