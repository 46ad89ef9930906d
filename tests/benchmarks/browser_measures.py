"""What a visitor waits for, in Chromium on this machine: cold start, maps, interactions, bytes."""

import json
import os
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Frame

from data.i18n import Translator
from data.people.viewer import EVERYTHING
from data.store import Store
from tests.benchmarks.budget import Measure
from tests.browser.conftest import DESK, PHONE, Application, Visit, open_chromium

TRIES = 7
MONTHS_MOVED = 20
_WATCH = """
(function look() {
  if (document.querySelector(window.__wanted)) window.__seen = performance.timeOrigin + performance.now();
  else setTimeout(look, 5);
})();
"""
_SHIFTS = """
window.__shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.__shifted += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });
"""
_UNTIL = """wanted => {
  window.__reached = null;
  (function look() { if (document.querySelector(wanted)) window.__reached = Date.now(); else setTimeout(look, 3); })();
}"""


def run(store: Store) -> Iterator[Measure]:
    """Measures of the running application."""
    begin = time.perf_counter()
    application = Application(store.root)
    yield Measure("cold start to the first answer", time.perf_counter() - begin, "s", 3)
    try:
        with open_chromium() as browser:
            yield from _drawn(browser, application, "Overview: from request to map, warm", "/?lang=fr", ".map svg", 1.0)
            yield from _drawn(browser, application, "  to the map that answers a click", "/?lang=fr", "#root .map svg", 1.0)
            yield from _drawn(
                browser, application, "Map: from request to 89 communes, warm", "/map?lang=fr", "body[data-communes]", 1.6
            )
            for width in (DESK["width"], PHONE["width"]):
                yield from _shifted(browser, application, width)
            yield from _interactions(browser, application)
            yield from _map_moves(browser, application)
    finally:
        application.stop()


def _drawn(
    browser: Browser, application: Application, name: str, path: str, drawn: str, budget: float | None
) -> Iterator[Measure]:
    """Median time from the request to the first sight of an element, by the page's own clock (Playwright polls too slowly)."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(f"window.__wanted = {json.dumps(drawn)}; {_WATCH}")
    durations = []
    for attempt in range(TRIES + 1):
        page = context.new_page()
        page.goto(application.address + path)
        page.wait_for_function("() => [...document.querySelectorAll('iframe')].concat([window]).some(f => "
                               "(f.contentWindow || f).__seen)")  # fmt: skip
        started = page.evaluate("performance.timeOrigin")
        seen = [frame.evaluate("window.__seen || null") for frame in page.frames]
        if attempt:
            durations.append((min(moment for moment in seen if moment) - started) / 1000)
        page.close()
    context.close()
    yield Measure(name, statistics.median(durations), "s", budget)


def _shifted(browser: Browser, application: Application, width: int) -> Iterator[Measure]:
    """How much of each screen moves while it loads: the sum of layout shifts, as Chromium counts them. The worst has a budget."""
    shifted = {}
    for screen in EVERYTHING.screens:
        context = browser.new_context()
        context.add_init_script(_SHIFTS)
        visit = Visit(context, application.address, width)
        visit.open(f"/{screen}?lang=fr&figures=all&month=2025-08")
        if screen == "map":
            _ = visit.map
        visit.settle()
        shifted[screen] = float(visit.page.evaluate("window.__shifted"))
        context.close()
    worst = max(shifted, key=shifted.__getitem__)
    yield Measure(f"layout shift while a screen loads, {width} pixels wide; worst: {worst}", shifted[worst], "", 0.1)
    yield Measure("  of the map", shifted["map"], "")


def _interactions(browser: Browser, application: Application) -> Iterator[Measure]:
    """Processor time that the server spends on one move of the slider; bytes of a change of indicator."""
    visit = Visit(browser, application.address)
    visit.open("/map?lang=fr&figures=all&month=2025-08")
    _ = visit.map
    visit.settle()
    slider = visit.page.get_by_role("slider")
    spent = []
    for move in range(MONTHS_MOVED):
        styled = int(visit.map.locator("body").get_attribute("data-styled") or 0)
        before = _processor_seconds(application.process.pid)
        slider.focus()
        slider.press("ArrowLeft")
        visit.page.wait_for_url(re.compile(f"month={_month(move)}"))
        visit.map.locator(f"body[data-styled='{styled + 1}']").wait_for(state="attached")
        visit.settle()
        spent.append(_processor_seconds(application.process.pid) - before)
    yield Measure("server work for one interaction: median", statistics.median(spent) * 1000, "ms", 100)
    yield Measure("  95th percentile", sorted(spent)[int(len(spent) * 0.95) - 1] * 1000, "ms", 250)
    styled = int(visit.map.locator("body").get_attribute("data-styled") or 0)
    visit.received = 0
    visit.choose(visit.page.get_by_label("Service ou indicateur"), "Éducation")
    visit.map.locator(f"body[data-styled='{styled + 1}']").wait_for(state="attached")
    visit.settle()
    yield Measure("bytes to change the indicator on the map", visit.received / 1000, "kB", 30)
    yield Measure("requests to another host", float(len(visit.outside)), "", None)


def _map_moves(browser: Browser, application: Application) -> Iterator[Measure]:
    """From a key or a click to new colours on the map, and to a second map beside it, by the clock of the page."""
    visit = Visit(browser, application.address)
    visit.open("/map?lang=ar&figures=all&month=2025-08")
    body = visit.map.locator("body")
    visit.settle()
    inside = next(frame for frame in visit.page.frames if frame != visit.page.main_frame)
    colours, words, pairs = [], [], []
    slider, t = visit.page.get_by_role("slider"), Translator("ar")
    # A hand or the focus comes to the slider before it moves.
    with visit.page.expect_response(re.compile("/months")):
        slider.focus()
    for move in range(TRIES):
        styled = int(body.get_attribute("data-styled") or 0)
        inside.evaluate(_UNTIL, f"body[data-month='{_month(move)}']")
        begin = visit.page.evaluate("Date.now()")
        slider.press("ArrowLeft")
        colours.append(_reached(inside) - begin)
        inside.evaluate(_UNTIL, f"body[data-styled='{styled + 1}']")
        words.append(_reached(inside) - begin)
        visit.settle()
    yield Measure("Map: from another month to its colours", statistics.median(colours), "ms", 150)
    yield Measure("  to its words, which the server writes", statistics.median(words), "ms")
    for _ in range(3):
        inside.evaluate(_UNTIL, "body[data-beside]")
        choice = visit.page.get_by_role("radio", name=t("beside.month"))
        begin = visit.page.evaluate("Date.now()")
        choice.click()
        pairs.append((_reached(inside) - begin) / 1000)
        visit.settle()
        visit.page.get_by_role("radio", name=t("beside.nothing")).click()
        visit.map.locator("body:not([data-beside])").wait_for(state="attached")
        visit.settle()
    yield Measure("Map: from a click to two maps", statistics.median(pairs), "s", 2.2)


def _reached(frame: Frame) -> float:
    frame.wait_for_function("window.__reached")
    return float(frame.evaluate("window.__reached"))


def _processor_seconds(process: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _month(move: int) -> str:
    """The month after so many steps back from August 2025."""
    position = 2025 * 12 + 7 - (move + 1)
    return f"{position // 12}-{position % 12 + 1:02d}"
