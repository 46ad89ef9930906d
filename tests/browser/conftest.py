"""The application served as a person starts it, and a Chromium that can reach nothing else."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect, sync_playwright
from playwright.sync_api import TimeoutError as PatienceError

from data.store import ROOT_VARIABLE, Store

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Two servers and two browsers share the processors of the smallest machine: what is right but slow there is not wrong.
PATIENCE_MS = 90_000
expect.set_options(timeout=PATIENCE_MS)
# A list that a late redraw closed is opened again soon, and given longer each time.
OPENINGS_MS = (2_000, 4_000, 8_000, 16_000, 60_000)
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# What the first view holds and the screen does not, for whoever reads why it stayed.
MISSING = """() => { const [first, main] = [document.getElementById("first-view"), document.querySelector("[data-testid=stMain]")];
  return [["h1", ".map svg", ".rank", ".service-facts"].filter((part) => first.querySelector(part) && !main.querySelector(part)),
          document.querySelector("[data-testid=stApp]").dataset.testScriptState, main.innerText.slice(0, 1500)]; }"""
READY = "[data-testid=stApp][data-test-script-state=notRunning] h1"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Application:
    """A running server with a store of its own."""

    def __init__(self, root: Path, port: int | None = None, arguments: Sequence[str] = (), **environment: str) -> None:
        self.store = Store(root)
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port), *arguments],
            cwd=ROOT,
            env={**os.environ, ROOT_VARIABLE: str(root), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            self._await_health()
        except BaseException:
            # Nobody else knows of it yet, and it would stay.
            self.stop()
            raise

    def _await_health(self) -> None:
        """Until the server has said its address: to ask it meanwhile would take the processor that it starts on."""
        assert self.process.stdout is not None
        if not any(self.address in line for line in iter(self.process.stdout.readline, "")):
            raise RuntimeError("the server ended while it started")
        # What else it says is read, or it would wait for a reader one day.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        with urllib.request.urlopen(f"{self.address}/healthz", timeout=PATIENCE_MS / 1000):
            return

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="session")
def application(built_store, tmp_path_factory):
    root = tmp_path_factory.mktemp("served") / "store"
    shutil.copytree(built_store, root)
    running = Application(root)
    yield running
    running.stop()


@contextmanager
def open_chromium(*arguments: str) -> Iterator[Browser]:
    """A browser that can reach nothing but this machine. The one without windows is preferred: the same engine, and a page that
    costs the processor a third less."""
    named = os.environ.get("CHROMIUM")
    path = named or next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
    assert path, "Chromium is not there: `make test` installs it"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=[*ARGUMENTS, *arguments])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium():
    # One process draws every page: that of a visit that ended has Streamlit's code at hand for the next. It compiles on its own
    # thread: helpers of two browsers would only take turns on the processors of the smallest machine.
    with open_chromium("--process-per-site", "--js-flags=--single-threaded") as browser:
        yield browser


class Visit:
    """One page of one visitor, with every request, error and websocket byte noted; ``packed``: bytes as they are sent."""

    def __init__(self, opener: Browser | BrowserContext, address: str, width: int = 1440) -> None:
        self.address = address
        self.page = opener.new_page()
        self.page.set_viewport_size({**DESK, "width": width})
        self.page.set_default_timeout(PATIENCE_MS)
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.said: list[str] = []
        self.received = self.packed = 0
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text[:300]))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _count(self, frame) -> None:
        self.received += len(frame)
        # The line packs it (permessage-deflate), and better: with what came before at hand.
        self.packed += len(zlib.compress(frame if isinstance(frame, bytes) else frame.encode()))

    @property
    def outside(self) -> list[str]:
        """Requests to any other host."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:", "ws://127.0.0.1"))]

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.page.locator(READY).first.wait_for()
        try:
            self.page.locator(".first-view").wait_for(state="detached")
        except PatienceError as late:
            raise AssertionError(
                f"the first view stays: {self.page.evaluate(MISSING)}, {self.errors}, {self.said}"
            ) from late

    def settle(self) -> None:
        """Until the script that an action started has ended."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def assert_drawn(self, screen: str) -> None:
        """The screen stands: titled, without an error, marked as demonstration, no wider than the window."""
        expect(self.page.locator("[data-testid=stSkeleton]")).to_have_count(0)
        expect(self.page.locator("[data-testid=stException]")).to_have_count(0)
        assert self.page.locator("h1").first.inner_text().strip(), screen
        expect(self.page.locator(".notice")).to_be_visible()
        # A chart takes its new width a moment after the page.
        main = self.page.locator("[data-testid=stMain]").element_handle()
        self.page.wait_for_function("e => e.scrollWidth <= e.clientWidth + 1", arg=main)

    def assert_drawn_at_both_widths(self, screen: str) -> None:
        """The screen stands on a desk and on a phone; the window is left as it was."""
        was = self.page.viewport_size
        for size in (PHONE, DESK) if was == DESK else (DESK, PHONE):
            self.page.set_viewport_size(size)
            self.assert_drawn(screen)
        self.page.set_viewport_size(was)

    def choose(self, box: Locator, option: str) -> None:
        """Choose from a list as a person does: when a late redraw closes it, open it again."""
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for patience in OPENINGS_MS:
            box.click()
            try:
                wanted.click(timeout=patience)
                return
            except PatienceError:
                self.page.keyboard.press("Escape")
        raise AssertionError(f"the list never offered {option!r}")

    def open_tab(self, tab: Locator) -> None:
        """Open a tab as a person does: where a late redraw took the click, click again."""
        panel = self.page.get_by_role("tabpanel", name=tab.inner_text())
        for patience in OPENINGS_MS:
            tab.click()
            try:
                panel.wait_for(timeout=patience)
                return
            except PatienceError:
                continue
        raise AssertionError(f"the tab {tab.inner_text()!r} never opened")

    @property
    def map(self):
        """The frame of the Leaflet map, once its communes are drawn."""
        frame = self.page.frame_locator("iframe").first
        frame.locator("body[data-communes='89']").wait_for(state="attached")
        return frame


@pytest.fixture(scope="session")
def window(chromium, application):
    """One window for all visits: what the browser has fetched and compiled for one page serves the next, as it does for people."""
    context = chromium.new_context()
    # It stays open, and with it the process that draws.
    context.new_page().goto(f"{application.address}/healthz")
    yield context
    context.close()


@pytest.fixture
def visit(application, window):
    opened = []

    def start(width: int = 1440) -> Visit:
        opened.append(Visit(window, application.address, width))
        return opened[-1]

    yield start
    for one in opened:
        one.page.close()
