"""What a visit costs on a line that is paid by the byte: everything that comes through to the browser, headers included."""

import shutil

import pytest

from tests.benchmarks.slow_line import slow_line
from tests.browser.conftest import Application

TIZI = "09.541.04.67"
# At 400 kbit/s, 50 kB are a second. A later visit carries the first view (20 kB) besides what the screen sends.
FIRST_VISIT, LATER_VISIT, SHEET = 1_370_000, 165_000, 20_000
# Bytes are counted, not waited for.
FAST, AT_ONCE = 1e6, 0.0


@pytest.fixture(scope="module")
def untouched(built_store, tmp_path_factory):
    """A server to whose store nobody writes: after an import, the shared one sends a screen again when its figures stand."""
    root = tmp_path_factory.mktemp("untouched") / "store"
    shutil.copytree(built_store, root)
    running = Application(root)
    yield running
    running.stop()


@pytest.fixture
def line(untouched):
    with slow_line(untouched.port, FAST, AT_ONCE) as opened:
        yield opened


def read(chromium, line, path, wanted, times=1):
    """Bytes of each visit of someone who has never been here before."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    spent = []
    for _ in range(times):
        before, page = line.bytes_down, context.new_page()
        page.goto(f"http://127.0.0.1:{line.port}{path}")
        page.locator(wanted).first.wait_for()
        page.locator("[data-testid=stSkeleton], [data-test-script-state=running]").first.wait_for(state="detached")
        page.wait_for_function("document.fonts.status === 'loaded'")
        page.wait_for_load_state("networkidle")
        spent.append(line.bytes_down - before)
        page.close()
    context.close()
    return spent


def test_the_overview_is_light_at_first_and_lighter_after(chromium, line):
    first, later = read(chromium, line, "/?lang=fr", "#root .map svg", 2)
    assert first <= FIRST_VISIT
    assert later <= LATER_VISIT


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_sheet_is_light(chromium, line, language):
    (sheet,) = read(chromium, line, f"/sheet/{TIZI}?lang={language}", "table")
    assert sheet <= SHEET
