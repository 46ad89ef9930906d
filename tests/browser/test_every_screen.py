"""Every screen in three languages at two widths: it draws, in its direction, cut nowhere, from this host alone."""

import pytest
from playwright.sync_api import expect

SCREENS = ("", "map", "commune", "compare", "scenarios", "council", "data", "methods")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s or "overview")
def test_a_screen_draws(visit, screen, language, width):
    seen = visit(width)
    seen.open(f"/{screen}?lang={language}&commune=09.541.04.67")
    page = seen.page
    if screen == "map":
        assert seen.map.locator("path.leaflet-interactive").count() == 89
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert page.locator("h1").first.inner_text().strip()
    expect(page.locator(".notice")).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert seen.outside == []
    assert seen.errors == []
