"""Twelve tasks of an adviser, a technician, a president and a steward, done in Chromium from the first screen on and counted in clicks
and seconds: ``python -m tests.benchmarks.journeys``."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from data.i18n import Translator
from data.initialise import initialise
from data.store import Store
from tests.browser.conftest import DESK, PHONE, Application, Visit, open_chromium
from tests.workbooks import messy_workbook

CASES = tuple((language, width) for language in ("fr", "ar") for width in (1440, 390))
# The five communes of one valley, a spelling that no list shows, a commune of the programme.
FIVE = ("Tizi N'test", "Tigouga", "Talgjount", "Ouneine", "Iguidi")
FIVE_IN_ARABIC = ("تيزي نتاست", "تكوكة", "تالكجونت", "أوناين", "إكيدي")
OTHER_SPELLING = {"fr": "ouled teima", "ar": "اولاد تايمة"}
MONTH = "2025-08"


@dataclass
class Walker:
    """One visitor whose clicks and entries are counted."""

    seen: Visit
    language: str
    clicks: int = 0

    def __post_init__(self) -> None:
        self.page, self.t = self.seen.page, Translator(self.language)

    def click(self, what: Locator) -> None:
        """A click or a touch."""
        self.clicks += 1
        what.click()

    def press(self, key: str) -> None:
        """A key that stands for a click."""
        self.clicks += 1
        self.page.keyboard.press(key)

    def enter(self, box: Locator, text: str) -> None:
        """A text typed and sent; counted as two: the field and the key that sends."""
        self.clicks += 2
        box.click()
        box.press_sequentially(text)
        box.press("Enter")

    def button(self, key: str) -> Locator:
        """A button by the key of its words."""
        return self.page.get_by_role("button", name=self.t(key), exact=True)

    def go(self, screen: str) -> None:
        """To a screen by the sidebar; on a telephone it is opened first, and folds itself away."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if opener.count():
            self.click(opener)
        self.click(self.page.locator(f"[data-testid=stSidebarNavLink][href$='/{screen}']"))
        self.page.wait_for_url(re.compile(f"/{screen}\\?"))
        self.seen.settle()
        if self.page.viewport_size == {**DESK, "width": PHONE["width"]}:
            opener.wait_for()


def two_months(w: Walker) -> None:
    """Adviser: two months beside each other."""
    w.go("map")
    _ = w.seen.map
    w.click(w.page.get_by_role("radio", name=w.t("beside.month")))
    w.seen.map.locator("body[data-beside]").wait_for(state="attached")


def closed_facilities(w: Walker) -> None:
    """Adviser: which health centres are closed, and why."""
    w.go("map")
    _ = w.seen.map
    w.click(w.page.get_by_role("button", name=w.t("layer.facilities"), exact=True))
    w.seen.map.locator("body[data-layer-facilities]").wait_for(state="attached")


def five_communes(w: Walker) -> None:
    """Adviser: my five communes and nothing else, on every screen."""
    w.go("map")
    _ = w.seen.map
    w.click(w.page.get_by_test_id("stCheckbox").get_by_text(w.t("draw.switch")))
    box = w.page.get_by_role("combobox", name=w.t("draw.picked"))
    box.wait_for()
    # A list as it stands in a message: the names are told apart by the server.
    names, comma = (FIVE, ", ") if w.language == "fr" else (FIVE_IN_ARABIC, "، ")
    w.enter(box, comma.join(names))
    expect(w.page.get_by_test_id("stMultiSelect")).to_contain_text(names[-1])
    w.press("Escape")
    w.seen.settle()
    # By what it says: a list that the last choice opened again hides all else from screen readers, and the button stays in sight.
    w.click(w.page.get_by_test_id("stButton").get_by_text(w.t("draw.use")))
    w.page.wait_for_url(re.compile("territory=communes"))


def other_spelling(w: Walker) -> None:
    """Technician: a commune by a spelling that no list shows."""
    w.go("commune")
    box = w.page.get_by_role("combobox", name=w.t("commune.choose"), exact=True)
    w.enter(box, OTHER_SPELLING[w.language])
    w.page.wait_for_url(re.compile("commune=09.541.01.09"))


def worst_sheet(w: Walker) -> None:
    """Technician: the printable sheet of the commune under most pressure."""
    w.click(w.page.locator(".rank").first)
    w.page.wait_for_url(re.compile(r"/commune\?"))
    w.seen.settle()
    with w.page.expect_popup() as opened:
        w.click(w.page.get_by_role("link", name=w.t("commune.sheet"), exact=True))
    opened.value.locator(".name").first.wait_for()


def the_template(w: Walker) -> None:
    """Technician: the empty template for next month's figures."""
    w.go("data")
    with w.page.expect_download():
        w.click(w.button("data.template_xlsx"))


def my_commune(w: Walker) -> None:
    """President: what weighs on my commune, from its place on the map."""
    w.click(w.page.locator("#root .map svg a").nth(3))
    w.page.wait_for_url(re.compile(r"/commune\?"))
    w.seen.settle()
    expect(w.page.locator("h1").first).not_to_be_empty()


def four_questions(w: Walker) -> None:
    """President: the four questions on the wall."""
    w.go("council")
    w.click(w.button("council.start"))
    w.page.locator(".council-mode h1").wait_for()
    w.seen.settle()
    for number in "234":
        w.press(number)
        expect(w.page.locator(".council-mode .count")).to_contain_text(number)


def a_decision(w: Walker) -> None:
    """President: a decision noted during the session."""
    w.go("council")
    w.click(w.button("council.start"))
    w.page.locator(".council-mode h1").wait_for()
    w.seen.settle()
    w.press("Enter")
    text = w.page.get_by_role("textbox", name=w.t("council.text"))
    expect(text).to_be_focused()
    w.page.keyboard.type("Louer deux salles")
    w.seen.settle()
    w.press("Control+Enter")
    expect(w.page.get_by_test_id("stAlert")).to_contain_text(w.t("council.noted"))


def a_workbook(w: Walker) -> None:
    """Steward: what was understood of a file, cell by cell, before anything is accepted."""
    w.go("data")
    w.clicks += 1
    w.page.locator("input[type=file]").set_input_files(
        {"name": "saisie.xlsx", "mimeType": "application/octet-stream", "buffer": messy_workbook()}
    )
    w.page.locator("table.findings").wait_for()


def who_is_late(w: Walker) -> None:
    """Steward: who has not sent last month's figures."""
    w.go("quality")
    w.page.get_by_role("tabpanel").locator("table").first.wait_for()


def how_an_indicator_is_made(w: Walker) -> None:
    """Steward: how an indicator is computed and who reports it."""
    w.go("methods")
    w.click(w.page.locator(".method-index a").first)
    w.page.wait_for_url(re.compile("only=|indicator="))
    w.seen.settle()


Task = Callable[[Walker], None]
TASKS: tuple[Task, ...] = (
    two_months, closed_facilities, five_communes, other_spelling, worst_sheet, the_template, my_commune, four_questions,
    a_decision, a_workbook, who_is_late, how_an_indicator_is_made,
)  # fmt: skip


def walk(opener: Browser | BrowserContext, address: str, task: Task, language: str, width: int) -> tuple[int, float]:
    """Clicks and seconds of one task, from the first screen as it stands."""
    seen = Visit(opener, address, width)
    seen.open(f"/?lang={language}&figures=all&month={MONTH}")
    seen.page.locator("#root .map svg").wait_for()
    walker = Walker(seen, language)
    begin = time.perf_counter()
    task(walker)
    spent = time.perf_counter() - begin
    assert seen.errors == [], task.__name__
    assert seen.outside == [], task.__name__
    seen.page.close()
    return walker.clicks, spent


def main() -> None:
    """Every task in two languages at two widths, as a table in Markdown."""
    print("| task | " + " | ".join(f"{language} {width}" for language, width in CASES) + " |")
    print("|---|" + "---|" * len(CASES))
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        store = Store(Path(folder) / "store")
        initialise(store)
        application = Application(store.root)
        # A browser each: a list of screens that one of them folded away would be folded for the next.
        contexts = [browser.new_context() for _ in CASES]
        try:
            # The first of each is not told: it warms the server and the browser.
            for context, case in zip(contexts, CASES, strict=True):
                walk(context, application.address, TASKS[0], *case)
            for task in TASKS:
                done = [
                    walk(context, application.address, task, *case) for context, case in zip(contexts, CASES, strict=True)
                ]
                said = " | ".join(f"{clicks} · {spent:.1f} s" for clicks, spent in done)
                print(f"| {(task.__doc__ or '').rstrip('.')} | {said} |", flush=True)
        finally:
            application.stop()


if __name__ == "__main__":
    main()
