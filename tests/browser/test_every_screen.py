"""Every screen in English, on a desk and folded to a phone; in French and in Arabic ``test_accessible`` visits them."""

import re
from pathlib import Path

from playwright.sync_api import expect

FRAME = (Path(__file__).parents[2] / "pages" / "frame.py").read_text(encoding="utf-8")
# The first one is the page that the bare address opens.
SCREENS = re.findall(r'^    "(\w+)": \(\w+, ":material', FRAME, re.MULTILINE)


def test_every_screen_of_the_frame_is_visited():
    assert len(SCREENS) == FRAME.count('":material/')
    assert {"overview", "map", "commune", "compare", "scenarios", "means", "plan", "council", "data", "methods"} <= set(
        SCREENS
    )


def test_every_screen_draws_in_english(visit):
    seen = visit()
    seen.open("/?lang=en&commune=09.541.04.67")
    page, html = seen.page, seen.page.locator("html")
    assert html.get_attribute("lang") == "en"
    assert html.get_attribute("dir") == "ltr"
    for screen in SCREENS:
        if screen != SCREENS[0]:
            page.locator(f"[data-testid=stSidebarNavLink][href$='/{screen}']").dispatch_event("click")
            page.wait_for_url(re.compile(rf"/{screen}\?"))
            seen.settle()
        if screen == "map":
            expect(seen.map.locator("path.leaflet-interactive")).to_have_count(89)
        seen.assert_drawn_at_both_widths(screen)
    assert seen.outside == []
    assert seen.errors == []
