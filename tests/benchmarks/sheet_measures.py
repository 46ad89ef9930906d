"""Sheets of paper: one PDF, those of every commune in two languages, the same again, the bag and the single PDF."""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.store import Store
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.sheet.bag import Bag, Request, build_bag, build_collection
from pages.print.sheet.files import Form
from pages.print.sheet.page import build_sheet_pdf
from pages.widgets.screen import Screen
from tests.benchmarks.budget import Measure, median_seconds

TIZI, BASE, TODAY = "09.541.04.67", "http://127.0.0.1:8501/", date(2026, 1, 1)


def run(store: Store) -> Iterator[Measure]:
    """Measures of sheets as files."""
    figures = load_figures(store.snapshot_id() or "")
    screen = Screen(figures, Selection("ar", "all", figures.default_month, "ISP", TIZI, DEFAULTS), Translator("ar"), {})
    begin = time.perf_counter()
    build_sheet_pdf(screen, TIZI, BASE, TODAY)
    yield Measure("commune sheet, PDF, the first one", time.perf_counter() - begin, "s", 2)
    yield Measure("commune sheet, PDF", median_seconds(lambda: build_sheet_pdf(screen, TIZI, BASE, TODAY)), "s", 2)
    with tempfile.TemporaryDirectory() as folder:
        asked = Request(figures.territory, BASE, TODAY, Path(folder))
        seconds, pdfs = _timed(lambda: build_bag(screen, asked, _quiet, (Form.PDF,)))
        yield Measure(f"{pdfs.printed} sheets as PDF, with the workbook", seconds, "s", 60)
        seconds, again = _timed(lambda: build_bag(screen, asked, _quiet, (Form.PDF,)))
        yield Measure(f"  the same again, {again.printed} printed", seconds, "s", 60)
        light = build_bag(screen, asked, _quiet)
        yield Measure("bag without PDFs, its size", len(light.content) / 1e6, "MB", 10)
        heavy = build_bag(screen, asked, _quiet, (Form.HTML, Form.PDF))
        yield Measure("bag with PDFs, its size", len(heavy.content) / 1e6, "MB", 25)
        seconds, one = _timed(lambda: build_collection(screen, asked, _quiet))
        yield Measure("every sheet of a language as one PDF", seconds, "s", 60)
        yield Measure("  its size", len(one.content) / 1e6, "MB")


def _timed(work: Callable[[], Bag]) -> tuple[float, Bag]:
    begin = time.perf_counter()
    bag = work()
    return time.perf_counter() - begin, bag


def _quiet(_done: int, _total: int) -> None:
    """No progress bar."""
