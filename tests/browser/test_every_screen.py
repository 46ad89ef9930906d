"""Every screen, on a desk and then folded to a phone: it draws, in its direction, cut nowhere, from this host alone. That each also
draws in French on a desk and opens in Arabic on a phone, ``test_accessible`` sees."""

import re
from pathlib import Path

import pytest

FRAME = (Path(__file__).parents[2] / "pages" / "frame.py").read_text(encoding="utf-8")
# The first one is the page that the bare address opens.
SCREENS = re.findall(r'^    "(\w+)": \(\w+, ":material', FRAME, re.MULTILINE)
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def test_every_screen_of_the_frame_is_visited():
    assert len(SCREENS) == FRAME.count('":material/')
    assert {"overview", "map", "commune", "compare", "scenarios", "means", "plan", "council", "data", "methods"} <= set(
        SCREENS
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_screen_draws(visit, language):
    seen = visit()
    seen.open(f"/?lang={language}&commune=09.541.04.67")
    page, html = seen.page, seen.page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for screen in SCREENS:
        if screen != SCREENS[0]:
            page.locator(f"[data-testid=stSidebarNavLink][href$='/{screen}']").dispatch_event("click")
            page.wait_for_url(re.compile(rf"/{screen}\?"))
            seen.settle()
        seen.assert_drawn(screen)
        if screen == "map":
            assert seen.map.locator("path.leaflet-interactive").count() == 89
        page.set_viewport_size(PHONE)
        seen.assert_drawn(screen)
        page.set_viewport_size(DESK)
    assert seen.outside == []
    assert seen.errors == []
