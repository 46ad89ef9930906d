"""WCAG 2.2 AA as axe-core sees it: every screen of the sidebar, with what opens on it, in both directions, on a desk and on a phone;
and that each draws there, cut nowhere, from this host alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from data.i18n import Translator
from tests.walking import list_screens
from tests.workbooks import messy_workbook

SCREENS = list_screens()
TIZI = "09.541.04.67"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SCRIPT = Axe().axe_script
QUESTIONS = ("where", "why", "what_if", "who_pays")
# What each part of Means shows and no other part does, and how many.
PARTS = {"allocation": (".plan", 3), "mobile": (".map svg", 1), "costs": ("table.costs", 1)}
# A folded sidebar lies outside of the window, where nothing can be clicked.
FOLDED = ":is([data-testid=stMain], [data-testid=stSidebar][aria-expanded=true]) details:not([open]) > summary:visible"


def find_faults(frame, within=None):
    """What axe finds in a frame, or in the part of it within a selector; the script itself is given to a document once."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(SCRIPT)
    faults = frame.evaluate(
        "([part, rules]) => axe.run(part || document, rules).then((read) => read.violations)", [within, RULES]
    )
    return [f"{f['id']} at {node['target']}: {node['html'][:200]}" for f in faults for node in f["nodes"]]


class Reader:
    """One visitor who has axe read everything that opens, and keeps what it finds."""

    def __init__(self, seen, language):
        self.seen, self.page, self.t = seen, seen.page, Translator(language)
        self.found: list[str] = []
        self.opened: set[str] = set()

    def read(self, what, within="[data-testid=stMain]"):
        """Have axe read the part of the page within a selector; the rest is the same on every screen and read once."""
        self._keep(what, self.page.main_frame, within)

    def read_all(self, what):
        """Have axe read the whole page with the frames in it."""
        for frame in self.page.frames:
            self._keep(what, frame)

    def _keep(self, what, frame, within=None):
        self.found += [f"{what}: {fault}" for fault in find_faults(frame, within)]

    def go(self, screen):
        """Follow a link of the sidebar, folded away or not, and unfold what is folded."""
        self.page.get_by_test_id("stSidebarNavLink").and_(self.page.locator(f"[href$='/{screen}']")).dispatch_event("click")
        self.page.wait_for_url(re.compile(rf"/{screen}\?"))
        self.settle()
        assert self.page.locator("html").get_attribute("lang") == self.t.language

    def settle(self):
        """Until the screen stands, with everything unfolded."""
        self.seen.settle()
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        while self.page.locator(FOLDED).count():
            self.page.locator(FOLDED).evaluate_all("all => all.forEach((summary) => summary.click())")

    def read_popovers(self, what):
        """What each kind of button opens over the page, once; those of a tab that is not open wait for it."""
        for button in self.page.locator("[data-testid=stPopoverButton]:visible").all():
            if button.inner_text() in self.opened:
                continue
            self.opened.add(button.inner_text())
            button.click()
            expect(self.page.get_by_test_id("stPopoverBody")).to_be_visible()
            self.read(f"{what}, {button.inner_text()}", "[data-testid=stPopoverBody]")
            self.page.keyboard.press("Escape")
            expect(self.page.get_by_test_id("stPopoverBody")).to_have_count(0)

    def read_tabs(self, what):
        """Every tab after the one that is open."""
        for tab in self.page.get_by_role("tab").all()[1:]:
            self.seen.open_tab(tab)
            self.read(f"{what}, {tab.inner_text()}", "[data-testid=stTabs]")
            for button in self.page.get_by_role("tabpanel").locator("[data-testid=stPopoverButton]:visible").all():
                button.click()
                expect(self.page.get_by_test_id("stPopoverBody")).to_be_visible()
                self.page.keyboard.press("Escape")


def read_map(reader):
    frame = reader.seen.map
    expect(frame.locator("path.leaflet-interactive")).to_have_count(89)
    assert frame.locator("html").get_attribute("lang") == reader.t.language
    expect(frame.get_by_role("button", name=reader.t("map.zoom_in"))).to_be_visible()
    reader.read_all("map")


def read_scenarios(reader):
    for drawn in ("#map-before a path", "#map-after a path"):
        expect(reader.page.locator(drawn)).to_have_count(89)
    expect(reader.page.locator(".js-plotly-plot")).to_have_count(1)
    for of_message, direction in (("fr", "ltr"), ("ar", "rtl")):
        box = reader.page.locator(f".st-key-sms-{of_message}")
        assert box.locator("pre").evaluate("e => getComputedStyle(e).direction") == direction
        # The name of a language turns nothing over beside it.
        assert re.match("\u2068[^\u2069]+\u2069 · \\d+ ", box.locator("p").first.inner_text())


def read_means(reader):
    expect(reader.page.locator("table.facts").first).to_be_visible()
    for part, (shown, count) in PARTS.items():
        reader.page.get_by_role("radio", name=reader.t(f"means.part_{part}"), exact=True).click()
        expect(reader.page.locator(shown)).to_have_count(count)
        reader.seen.assert_drawn(part)
        reader.settle()
        reader.read(f"means, {part}")


def read_council(reader):
    reader.page.get_by_role("button", name=reader.t("council.start")).click()
    for number, question in enumerate(QUESTIONS, 1):
        reader.page.keyboard.press(str(number))
        expect(reader.page.locator(".council-mode .ask")).to_have_text(reader.t(f"council.ask_{question}"))
        reader.seen.settle()
        reader.read(f"council, {question}")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("textbox", name=reader.t("council.text"))).to_be_focused()
    reader.read("council, noting")
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator(".council-foot")).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("button", name=reader.t("council.start"))).to_be_visible()


def read_import(reader):
    reader.page.locator("input[type=file]").set_input_files(
        {"name": "saisie.xlsx", "mimeType": "application/octet-stream", "buffer": messy_workbook()}
    )
    expect(reader.page.locator("table.findings")).to_be_visible()
    reader.settle()
    reader.read("data, import")


MORE = {"map": read_map, "scenarios": read_scenarios, "means": read_means, "council": read_council, "data": read_import}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("ar", 390)])
def test_axe_finds_no_fault_on_any_screen(visit, language, width):
    """On the phone with all that opens; on the desk each screen as it is opened, for the parts are the same."""
    seen = visit(width)
    reader = Reader(seen, language)
    # Staff who leave raise alerts, of which messages are written.
    seen.open(f"/?lang={language}&commune={TIZI}&card={TIZI}&figures=all&month=2025-08&scenario=staff_loss")
    html = seen.page.locator("html")
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    links = seen.page.get_by_test_id("stSidebarNavLink").all()
    screens = [link.get_attribute("href").rsplit("/", 1)[-1] for link in links]
    # The first screen of the frame is the page that the bare address opens.
    assert screens == ["", *SCREENS[1:]]
    assert set(MORE) < set(SCREENS)
    for screen in screens:
        if screen:
            reader.go(screen)
            reader.read(screen)
        else:
            reader.settle()
            reader.read_all("overview")
        if width < 800:
            seen.assert_drawn_at_both_widths(screen)
            reader.read_popovers(screen)
            reader.read_tabs(screen)
        if screen in MORE and (width < 800 or screen == "map"):
            MORE[screen](reader)
    assert reader.found == [], "\n".join(reader.found)
    assert seen.outside == []
    assert seen.errors == []
