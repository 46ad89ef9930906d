"""Slides as LibreOffice showed them: no row over what stands below it, no chart without a mark."""

import io
from datetime import date

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.loaders.today import load_means
from data.store import ROOT_VARIABLE, Store
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.deck.slides import build_deck
from pages.print.fitting import row_heights
from pages.words.view import View

TIZI, PORTRAIT = "09.541.04.67", 6


def opened(root, monkeypatch, language):
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    figures = load_figures(Store(root).snapshot_id())
    chosen = Selection(language, "all", figures.months[-1], "ISP", TIZI, DEFAULTS)
    view = View(figures, chosen, Translator(language))
    return Presentation(io.BytesIO(build_deck(view, TIZI, load_means(), date(2026, 1, 1))))


def test_the_portrait_in_arabic_keeps_off_what_stands_below_it(built_store, monkeypatch):
    slide = opened(built_store, monkeypatch, "ar").slides[PORTRAIT]
    (shape,) = (s for s in slide.shapes if s.has_table)
    rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
    widths = [column.width.inches - 0.12 for column in shape.table.columns]
    size = int(max(run.font.size.pt for p in shape.table.cell(1, 0).text_frame.paragraphs for run in p.runs))
    below = min(s.top.inches for s in slide.shapes if s.has_text_frame and s.top > shape.top)
    assert shape.top.inches + sum(row_heights(rows, widths, size, "rtl")) <= below + 0.02


@pytest.mark.slow
def test_a_line_of_one_month_is_drawn_as_a_point(first_week_store, monkeypatch):
    deck = opened(first_week_store, monkeypatch, "fr")
    found = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    lines = [series for chart in found if chart.chart_type == XL_CHART_TYPE.LINE for series in chart.plots[0].series]
    known = [sum(value is not None for value in series.values) for series in lines]
    assert 1 in known
    assert [series.marker.style is XL_MARKER_STYLE.CIRCLE for series in lines] == [count == 1 for count in known]
