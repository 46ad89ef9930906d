"""What a visitor waits for on a slow line, in Chromium: a sheet, the Overview with nothing kept from before, the Overview again."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext

from data.store import Store
from tests.benchmarks.budget import Measure
from tests.benchmarks.slow_line import KILOBITS_PER_SECOND, SlowLine, slow_line
from tests.browser.conftest import PATIENCE_MS, Application, open_chromium

SHEET = ("/sheet/09.541.04.67?lang=fr", "table")
OVERVIEW = ("/?lang=fr", ".map svg")
LIVE_OVERVIEW = ("/?lang=fr", "#root .map svg")
TRIES = 3


def run(store: Store) -> Iterator[Measure]:
    """Measures at 400 kbit/s and 400 ms there and back, first visits with an empty cache."""
    application = Application(store.root)
    try:
        with open_chromium() as browser, slow_line(application.port) as line:
            # The first visitor of a server waits for its figures as well: that is measured elsewhere.
            with _visitor(browser) as first:
                _open(first, f"http://127.0.0.1:{application.port}", OVERVIEW)
            yield from _measure(browser, line)
    finally:
        application.stop()


def _measure(browser: Browser, line: SlowLine) -> Iterator[Measure]:
    speed, address = f"{KILOBITS_PER_SECOND} kbit/s", f"http://127.0.0.1:{line.port}"
    sheets = []
    for _ in range(TRIES):
        with _visitor(browser) as new:
            sheets.append(_open(new, address, SHEET))
    yield Measure(f"sheet, HTML, at {speed}", statistics.median(sheets), "s", 2)
    for seen, what, first_budget, later_budget in (
        (OVERVIEW, "its map", 25, 6),
        (LIVE_OVERVIEW, "the map that answers a click", 25, 6),
    ):
        with _visitor(browser) as new:
            before = line.bytes_down
            yield Measure(f"Overview, first visit, to {what} at {speed}", _open(new, address, seen), "s", first_budget)
            yield Measure("  all that came through on that visit", (line.bytes_down - before) / 1000, "kB")
            # A second visit may find in the cache what came after the map.
            again = [_open(new, address, seen) for _ in range(TRIES + 1)][1:]
            yield Measure(f"Overview, later visits, to {what} at {speed}", statistics.median(again), "s", later_budget)


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
