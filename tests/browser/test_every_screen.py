"""Every screen in three languages, on a desk and then folded to a phone: it draws, in its direction, cut nowhere, from this host
alone. That each also opens on a phone, ``test_accessible`` sees."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

FRAME = (Path(__file__).parents[2] / "pages" / "frame.py").read_text(encoding="utf-8")
# The first one is the page that the bare address opens.
WIDTHS = (1440, 390)
SCREENS = re.findall(r'^    "(\w+)": \(\w+, ":material', FRAME, re.MULTILINE)


def test_every_screen_of_the_frame_is_visited():
    assert len(SCREENS) == FRAME.count('":material/')
    assert {"overview", "map", "commune", "compare", "scenarios", "means", "plan", "council", "data", "methods"} <= set(
        SCREENS
    )


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_screen_draws(visit, language):
    seen = visit(WIDTHS[0])
    seen.open(f"/?lang={language}&commune=09.541.04.67")
    page, main = seen.page, seen.page.locator("[data-testid=stMain]")
    html = page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for screen in SCREENS:
        if screen != SCREENS[0]:
            page.locator(f"[data-testid=stSidebarNavLink][href$='/{screen}']").dispatch_event("click")
            page.wait_for_url(re.compile(rf"/{screen}\?"))
            seen.settle()
        expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
        if screen == "map":
            assert seen.map.locator("path.leaflet-interactive").count() == 89
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        assert page.locator("h1").first.inner_text().strip(), screen
        expect(page.locator(".notice")).to_be_visible()
        for width in (*WIDTHS[1:], WIDTHS[0]):
            # A chart takes its new width a moment after the page.
            page.wait_for_function("e => e.scrollWidth <= e.clientWidth + 1", arg=main.element_handle())
            page.set_viewport_size({"width": width, "height": 900})
    assert seen.outside == []
    assert seen.errors == []
