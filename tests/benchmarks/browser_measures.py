"""What a visitor waits for, in Chromium on this machine: cold start, maps, interactions, bytes."""

import shutil
import statistics
import time
from collections.abc import Iterator

from playwright.sync_api import sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.store import Store
from tests.benchmarks.budget import Measure
from tests.browser.conftest import ARGUMENTS, Application, Visit

TRIES = 5
MONTHS_MOVED = 20


def run(store: Store) -> Iterator[Measure]:
    """Measures of the running application."""
    begin = time.perf_counter()
    application = Application(store.root)
    yield Measure("cold start to the first answer", time.perf_counter() - begin, "s", 3)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            yield from _drawn(browser, application, "Overview: from request to map, warm", "/?lang=fr", ".map svg", 1.0)
            yield from _drawn(browser, application, "Map: from request to 89 communes, warm", "/map?lang=fr", None, 1.6)
            yield from _interactions(browser, application)
            browser.close()
    finally:
        application.stop()


def _drawn(browser, application: Application, name: str, path: str, drawn: str | None, budget: float) -> Iterator[Measure]:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    durations = []
    for attempt in range(TRIES + 1):
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(application.address + path)
        if drawn:
            page.locator(drawn).first.wait_for()
        else:
            page.frame_locator("iframe").first.locator("body[data-communes='89']").wait_for(state="attached")
        if attempt:
            durations.append(time.perf_counter() - begin)
        page.close()
    context.close()
    yield Measure(name, statistics.median(durations), "s", budget)


def _interactions(browser, application: Application) -> Iterator[Measure]:  # type: ignore[no-untyped-def]
    """Time from a message of the browser to the end of the script that it started; bytes of a change of indicator."""
    visit = Visit(browser, application.address)
    times: dict[str, float] = {}
    durations: list[float] = []

    def received(frame: bytes) -> None:
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.WhichOneof("type") == "script_finished" and "sent" in times:
            durations.append(time.perf_counter() - times.pop("sent"))

    def sent(_frame: bytes) -> None:
        times.setdefault("sent", time.perf_counter())

    def listen(socket) -> None:  # type: ignore[no-untyped-def]
        socket.on("framereceived", received)
        socket.on("framesent", sent)

    visit.page.on("websocket", listen)
    visit.open("/map?lang=fr")
    _ = visit.map
    visit.settle()
    durations.clear()
    slider = visit.page.get_by_role("slider")
    for move in range(MONTHS_MOVED):
        slider.focus()
        slider.press("ArrowLeft")
        visit.page.wait_for_function(f"() => document.location.search.includes('month={_month(move)}')")
        visit.settle()
    ordered = sorted(durations)
    yield Measure("Map, one interaction: median", statistics.median(ordered) * 1000, "ms", 100)
    yield Measure("  95th percentile", ordered[int(len(ordered) * 0.95) - 1] * 1000, "ms", 250)
    styled = int(visit.map.locator("body").get_attribute("data-styled") or 0)
    visit.received = 0
    visit.page.get_by_label("Service ou indicateur").click()
    visit.page.get_by_role("option", name="Éducation", exact=True).click()
    visit.map.locator(f"body[data-styled='{styled + 1}']").wait_for(state="attached")
    visit.settle()
    yield Measure("bytes to change the indicator on the map", visit.received / 1000, "kB", 30)
    yield Measure("requests to another host", float(len(visit.outside)), "", None)


def _month(move: int) -> str:
    """The month after so many steps back from August 2025."""
    position = 2025 * 12 + 7 - (move + 1)
    return f"{position // 12}-{position % 12 + 1:02d}"
