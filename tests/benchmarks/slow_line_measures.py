"""What a visitor waits for on a slow line, in Chromium: a sheet, the Overview with nothing kept from before, the Overview again."""

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from data.store import Store
from tests.benchmarks.budget import Measure
from tests.benchmarks.slow_line import KILOBITS_PER_SECOND, SlowLine, slow_line
from tests.browser.conftest import ARGUMENTS, PATIENCE_MS, Application

SHEET = ("/sheet/09.541.04.67?lang=fr", "table")
OVERVIEW = ("/?lang=fr", ".map svg")
TRIES = 3


def run(store: Store) -> Iterator[Measure]:
    """Measures at 400 kbit/s and 400 ms there and back, first visits with an empty cache."""
    application = Application(store.root)
    try:
        with sync_playwright() as play, slow_line(application.port) as line:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            # The first visitor of a server waits for its figures as well: that is measured elsewhere.
            with _visitor(browser) as first:
                _open(first, f"http://127.0.0.1:{application.port}", OVERVIEW)
            yield from _measure(browser, line)
            browser.close()
    finally:
        application.stop()


def _measure(browser: Browser, line: SlowLine) -> Iterator[Measure]:
    speed, address = f"{KILOBITS_PER_SECOND} kbit/s", f"http://127.0.0.1:{line.port}"
    sheets = []
    for _ in range(TRIES):
        with _visitor(browser) as new:
            sheets.append(_open(new, address, SHEET))
    yield Measure(f"sheet, HTML, at {speed}", statistics.median(sheets), "s", 2)
    with _visitor(browser) as new:
        before = line.bytes_down
        yield Measure(f"Overview, first visit, to its map at {speed}", _open(new, address, OVERVIEW), "s", 25)
        yield Measure("  all that came through on that visit", (line.bytes_down - before) / 1000, "kB")
        # A second visit may find in the cache what came after the map.
        again = [_open(new, address, OVERVIEW) for _ in range(TRIES + 1)][1:]
        yield Measure(f"Overview, later visits, to its map at {speed}", statistics.median(again), "s", 6)


def _open(context: BrowserContext, address: str, wanted: tuple[str, str]) -> float:
    """Seconds from the request until an element is seen."""
    path, seen = wanted
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(address + path, wait_until="commit", timeout=PATIENCE_MS)
    page.locator(seen).first.wait_for(timeout=PATIENCE_MS)
    seconds = time.perf_counter() - begin
    page.wait_for_load_state("networkidle")
    page.close()
    return seconds


@contextmanager
def _visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Someone who has never been here."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()
