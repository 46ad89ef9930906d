"""Charts and tables that leave a screen: large enough, in three languages, with source inside, and inert."""

import io
import os
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image, ImageChops, ImageStat

from analytics.assumptions import DEFAULTS
from data.i18n import LANGUAGES, Translator
from pages.print import canvas
from pages.print.charts import draw_history, draw_map, draw_ranking
from pages.print.result_table import COLUMNS, build_result_table, write_csv, write_workbook
from pages.ui.screen import Screen
from pages.ui.selection import Selection

TIZI = "09.541.04.67"
GOLDEN = Path(__file__).parents[1] / "golden"
GOLDEN_SIZE = (640, 360)
# Grey levels of 255: a moved label gives about 1, another month or another font more than 2.
LARGEST_MEAN_DIFFERENCE = 1.5


def screen(figures, language="fr", indicator="ISP"):
    chosen = Selection(language, "all", figures.months[-1], indicator, TIZI, DEFAULTS)
    return Screen(figures, chosen, Translator(language), {})


DRAWINGS = {
    "history": lambda s, form: draw_history(s, TIZI, "EDU01", form),
    "ranking": draw_ranking,
    "map": draw_map,
}


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_is_a_picture_for_a_projector(figures, name, language):
    picture = Image.open(io.BytesIO(DRAWINGS[name](screen(figures, language), canvas.PNG)))
    assert picture.width >= 1920
    colours = picture.convert("L").histogram()
    ink = 1 - colours[255] / (picture.width * picture.height)
    assert 0.02 < ink < 0.6


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_chart_looks_as_it_did(figures, name, language):
    """Against a picture that was looked at; make it anew with ``GOLDEN=write`` after looking again."""
    dated = replace(figures, snapshot_id="20260101T000000")
    picture = Image.open(io.BytesIO(DRAWINGS[name](screen(dated, language), canvas.PNG))).convert("L").resize(GOLDEN_SIZE)
    path = GOLDEN / f"{name}-{language}.png"
    if os.environ.get("GOLDEN") == "write":
        picture.save(path, optimize=True)
    difference = ImageChops.difference(picture, Image.open(path))
    assert ImageStat.Stat(difference).mean[0] < LARGEST_MEAN_DIFFERENCE


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_is_an_svg_without_text_that_needs_a_font_or_a_request(figures, name):
    content = DRAWINGS[name](screen(figures, "ar"), canvas.SVG)
    root = ET.fromstring(content)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "path" in tags
    assert "text" not in tags
    assert not tags & {"script", "image", "foreignObject"}


def test_title_states_the_finding_and_source_stands_inside(figures, monkeypatch):
    seen = []
    monkeypatch.setattr(canvas, "draw", lambda words, t, form, plot: seen.append(words) or b"")
    draw_history(screen(figures), TIZI, "EDU01", canvas.PNG)
    draw_map(screen(figures), canvas.PNG)
    history, province = seen
    assert history.title.startswith("Tizi N'test")
    assert "× la norme" in history.title
    for words in seen:
        assert "août 2025" in words.source
        assert "démonstration" in words.source
        assert figures.snapshot_id[:15] in words.source
    assert "OpenStreetMap" in province.source


def test_every_glyph_of_the_charts_is_in_the_fonts_that_ship(figures, recwarn):
    for language in LANGUAGES:
        for drawing in DRAWINGS.values():
            drawing(screen(figures, language), canvas.SVG)
    assert [str(w.message) for w in recwarn if "Glyph" in str(w.message) or "font" in str(w.message)] == []


def test_an_indicator_without_figures_still_gives_a_chart(figures):
    content = draw_history(screen(figures), "09.541.01.13", "HEA07", canvas.PNG)
    assert Image.open(io.BytesIO(content)).width >= 1920


@pytest.fixture
def table(figures):
    return build_result_table(
        figures, Translator("fr"), ["EDU01", "HEA07", "ISP"], [figures.months[-1]], list(figures.territory)
    )


def test_the_csv_opens_with_its_letters_and_holds_every_column(table):
    content = write_csv(table)
    assert content.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(content))
    assert tuple(read.columns) == COLUMNS
    assert len(read) == 3 * 89
    assert read.loc[read["indicator_id"] == "HEA07", "pressure"].isna().sum() == 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_numbers_as_numbers_and_no_formula(figures, table, language):
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(table, figures, Translator(language))))
    sheet = book.worksheets[0]
    assert sheet.max_row == len(table) + 1
    assert sheet.tables
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    pressure = COLUMNS.index("pressure") + 1
    values = [sheet.cell(row, pressure).value for row in range(2, sheet.max_row + 1)]
    assert all(value is None or isinstance(value, (int, float)) for value in values)
    for page in book.worksheets:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert len(book.worksheets) == 2


def test_text_that_a_spreadsheet_would_run_is_written_as_text(figures, table):
    hostile = table.assign(commune_name='=HYPERLINK("http://x","y")', indicator_label="+1+1")
    assert b"'=HYPERLINK" in write_csv(hostile)
    assert b",'+1+1," in write_csv(hostile)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(hostile, figures, Translator("fr"))))
    cell = book.worksheets[0].cell(2, COLUMNS.index("commune_name") + 1)
    assert cell.data_type == "s"
