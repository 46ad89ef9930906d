"""The deck of a commune, reopened: native charts with the figures of the snapshot, notes, direction, languages, sizes."""

import io
import math
from datetime import date
from functools import cache

import pytest
from fontTools.ttLib import TTFont
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from analytics.assumptions import DEFAULTS
from analytics.resource_gap import total_cost
from data.i18n import LANGUAGES, Translator, load_texts
from data.ingest import drop_demonstration
from data.loaders.today import load_definitions, load_library, load_means
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.deck.means import ROWS_SHOWN, lacking_rows
from pages.print.deck.slides import build_deck
from pages.print.fitting import FONTS
from pages.widgets.screen import Screen
from pages.words.gaps import quick_gap
from tests.clients import open_client
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"
TODAY = date(2026, 1, 1)
SLIDES, PORTRAIT = 8, 6
SHORTEST_TEXT = 14


def screen(figures, language="fr"):
    chosen = Selection(language, "all", figures.months[-1], "ISP", TIZI, DEFAULTS)
    return Screen(figures, chosen, Translator(language), {})


def opened(figures, language="fr"):
    return Presentation(io.BytesIO(build_deck(screen(figures, language), TIZI, load_means(), TODAY)))


@pytest.fixture(scope="module")
def decks(built_store):
    """The deck in three languages, built once."""
    with pytest.MonkeyPatch.context() as patch:
        from data.store import ROOT_VARIABLE, Store

        patch.setenv(ROOT_VARIABLE, str(built_store))
        figures = load_figures(Store(built_store).snapshot_id())
        yield {language: opened(figures, language) for language in LANGUAGES}


def charts(deck):
    return {number: s.chart for number, slide in enumerate(deck.slides) for s in slide.shapes if s.has_chart}


def tables(slide):
    return [[[c.text for c in row.cells] for row in s.table.rows] for s in slide.shapes if s.has_table]


def texts(slide):
    words = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    return words + [cell for table in tables(slide) for row in table for cell in row]


def all_texts(deck):
    return [text for slide in deck.slides for text in (*texts(slide), slide.notes_slide.notes_text_frame.text)]


def same(written, expected):
    return [v is None for v in written] == [math.isnan(v) for v in expected] and all(
        v == pytest.approx(e) for v, e in zip(written, expected, strict=True) if v is not None
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_are_native_and_hold_the_figures_of_the_snapshot(decks, figures, language):
    t, found = Translator(language), charts(decks[language])
    assert list(found) == [1, 2, 3, 5]
    # Nobody is within 5 km of a health centre, which lifts health: a share of the census stands beside others, not on a flat line of
    # months. The registry's headline is in class 3, its service in class 4.
    assert len(list(found[2].plots[0].categories)) == 4
    for number, indicator in ((1, "EDU01"), (3, "CIV02")):
        history = figures.history(TIZI, indicator)
        plot = found[number].plots[0]
        assert list(plot.categories) == [t.short_month(m) for m in history["reference_date"]]
        with_displaced, without, norm = (series.values for series in plot.series)
        assert same(with_displaced, history["pressure"])
        assert same(without, history["pressure_without_displaced"])
        assert set(norm) == {1.0}
        assert found[number].part.chart_workbook.xlsx_part is not None


def test_the_outlook_is_the_projection_of_the_trend(decks, figures):
    projection = figures.projection(load_library(TAROUDANNT)["trend"])
    row = projection.commune_codes.index(TIZI)
    last = {s: projection.table(h, "pressure")[row, -1] for s, h in figures.definitions.headlines.items()}
    headline = figures.definitions.headlines[max(last, key=last.get)]
    _, central, low, high, _ = (series.values for series in charts(decks["fr"])[5].plots[0].series)
    for written, bound in ((central, "central"), (low, "low"), (high, "high")):
        assert same(written[-len(projection.months) :], projection.table(headline, "pressure", bound)[row])


def test_a_title_says_the_figure_and_the_class_of_its_chart(decks, figures):
    result = figures.of_month("EDU01", figures.months[-1]).loc[TIZI]
    title = decks["en"].slides[1].shapes.title.text_frame.text
    term = Translator("en")(f"term.{result['worst_term']}")
    assert f"{result['pressure_worst_term']:.1f}\u00a0× the norm in {term}" in title
    assert f"class {int(result['severity_class'])}" in title


def test_the_means_slide_is_the_gap_table_of_the_commune(decks, figures):
    shown, means = screen(figures, "en"), load_means()
    rows = quick_gap(shown, means, [TIZI])
    lacking = lacking_rows(rows).head(ROWS_SHOWN)
    slide = decks["en"].slides[4]
    (table,) = tables(slide)
    assert [row[0] for row in table[1:]] == [shown.t.label(means.needs[n].labels) for n in lacking["need_id"]]
    assert [row[1] for row in table[1:]] == [shown.t.number(n, 0) for n in lacking["missing_units"]]
    assert f"{total_cost(rows).low_mad / 1e6:.1f}" in slide.shapes.title.text_frame.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_has_title_notes_source_and_says_demonstration(decks, language):
    t, deck = Translator(language), decks[language]
    assert len(deck.slides) == SLIDES
    assert (deck.slide_width, deck.slide_height) == (pytest.approx(16 * 762000, rel=1e-3), 9 * 762000)
    for number, slide in enumerate(deck.slides):
        assert slide.shapes.title.text_frame.text.strip()
        notes = slide.notes_slide.notes_text_frame.text.split("\n")
        for key, said in zip(("say", "from", "sure"), notes, strict=False):
            assert said.startswith(t(f"deck.notes_{key}", text="").strip())
        # The portrait is measured: it cites its censuses and nothing simulated.
        measured = number == PORTRAIT
        assert (t("deck.demonstration") in texts(slide)) != measured
        assert any("RGPH 2024" in text for text in texts(slide)) or not measured
        month = t.month(date(2025, 8, 1))
        simulated = any(month in text and t("provenance.demonstration") in text for text in texts(slide))
        assert simulated != measured
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_arabic_is_set_from_right_to_left_and_mirrored(decks):
    arabic, french = decks["ar"], decks["fr"]
    for slide in arabic.slides:
        for paragraph in slide._element.iter(qn("a:p")):
            runs = paragraph.findall(qn("a:r"))
            if not runs or runs[0].find(qn("a:rPr")).get("lang") == "fr-FR":
                continue
            assert paragraph.find(qn("a:pPr")).get("rtl") == "1"
            for run in runs:
                assert run.find(qn("a:rPr")).get("lang") == "ar-MA"
                assert run.find(qn("a:rPr")).find(qn("a:cs")).get("typeface") == "Noto Naskh Arabic"
        for table in slide._element.iter(qn("a:tblPr")):
            assert table.get("rtl") == "1"
    for number in charts(arabic):
        # Time runs to the right, as on the screens and on the sheet.
        for deck in (arabic, french):
            is_in_time = len(list(charts(deck)[number].plots[0].categories)) > 4
            assert charts(deck)[number].category_axis.reverse_order == (deck is arabic and not is_in_time)
    for mine, other in zip(arabic.slides[1].shapes, french.slides[1].shapes, strict=True):
        assert mine.left + mine.width == pytest.approx(arabic.slide_width - other.left, abs=20)


def test_no_text_of_one_language_stands_in_another(decks):
    for language, deck in decks.items():
        said = all_texts(deck)
        if language != "ar":
            assert [x for x in said if any("\u0600" <= c <= "\u06ff" for c in x)] == ["تيزي نتاست"]
        for other in set(LANGUAGES) - {language}:
            own = set(map(str, load_texts(language).values()))
            foreign = [
                x for x in load_texts(other).values()
                if isinstance(x, str) and "{" not in x and len(x) >= SHORTEST_TEXT and x not in own
            ]  # fmt: skip
            assert [x for x in foreign for text in said if x in text] == []


def test_no_text_is_smaller_than_twelve_points(decks):
    for deck in decks.values():
        for slide in deck.slides:
            sizes = [r.get("sz") for r in slide._element.iter(qn("a:rPr"))]
            assert all(size and int(size) >= 1200 for size in sizes)
        for chart in charts(deck).values():
            assert chart.font.size >= Pt(12)
            assert all(int(e.get("sz")) >= 1200 for e in chart._chartSpace.iter(qn("a:defRPr")) if e.get("sz"))


@cache
def advances(bold):
    """Widths of the letters of the slides' typeface in ems, as the font file gives them."""
    font = TTFont(FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", lazy=True)
    widths, names = font["hmtx"], font.getBestCmap()
    return {chr(code): widths[name][0] / font["head"].unitsPerEm for code, name in names.items()}


def height_of(frame, width):
    """Points that the words of a frame take in a width in points, broken between words."""
    lines, size = 0, 0.0
    for paragraph in frame.paragraphs:
        used, lines = 0.0, lines + 1
        bold = any(run.font.bold for run in paragraph.runs)
        size = max([size, *(run.font.size.pt for run in paragraph.runs)])
        for word in "".join(run.text for run in paragraph.runs).split(" "):
            length = sum(advances(bold).get(letter, 0.6) for letter in f"{word} ") * size
            lines, used = (lines + 1, length) if used and used + length > width else (lines, used + length)
    return lines * size * 1.362


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_keep_inside_their_boxes_and_tables_off_what_stands_below_them(decks, language):
    """Lines of the list on the first slide ran under the warning, and rows of a table over the version."""
    for number, slide in enumerate(decks[language].slides, 1):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert height_of(shape.text_frame, shape.width.pt - 3) <= shape.height.pt + 1, (
                    number,
                    shape.text_frame.text,
                )
            if not shape.has_table:
                continue
            widths = [column.width.pt - 8.6 for column in shape.table.columns]
            rows = [max(height_of(c.text_frame, w) for c, w in zip(r.cells, widths, strict=True)) for r in shape.table.rows]
            taken = [max(row.height.pt, own) for row, own in zip(shape.table.rows, rows, strict=True)]
            below = [
                s.top.pt for s in slide.shapes
                if s.has_text_frame and s.top > shape.top and s.left < shape.left + shape.width and s.left + s.width > shape.left
            ]  # fmt: skip
            assert shape.top.pt + sum(taken) <= min(below) + 1, number


def test_everything_stays_on_the_slide(decks):
    for deck in decks.values():
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_figures_a_sentence_stands_in_place_of_a_chart(store, language):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    deck = opened(load_figures(store.snapshot_id()), language)
    t = Translator(language)
    assert len(deck.slides) == SLIDES
    said = all_texts(deck)
    for sector, number in zip(load_definitions().services, (1, 2, 3), strict=True):
        chart = charts(deck).get(number)
        assert chart is not None or any(t("deck.chart_unknown", indicator="|").split("|")[1] in x for x in said), sector
        for series in chart.plots[0].series if chart else ():
            assert any(value is not None for value in series.values)
    assert t("scenario.no_figures") in said
    assert t("deck.demonstration") not in said
    assert t("means.nothing_missing") not in said


def test_the_route_gives_the_deck_in_the_language_that_is_asked_for(client):
    answer = client.get(f"/deck/{TIZI}?lang=ar&month=2024-09")
    assert answer.status_code == 200
    assert answer.headers["content-type"].endswith("presentationml.presentation")
    assert f"{TIZI}-2024-09-ar.pptx" in answer.headers["content-disposition"]
    deck = Presentation(io.BytesIO(answer.content))
    assert deck.slides[0].shapes.title.text_frame.text == "تيزي نتاست"


def test_an_unknown_commune_is_answered_by_the_list_of_communes(client):
    answer = client.get("/deck/09.999?lang=en")
    assert answer.status_code == 404
    assert TIZI in answer.text


@pytest.mark.taroudannt
def test_without_a_store_the_route_says_so(tmp_path, monkeypatch):
    from data.store import ROOT_VARIABLE

    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    answer = open_client().get(f"/deck/{TIZI}")
    assert answer.status_code == 503
    assert "python -m data init" in answer.text
