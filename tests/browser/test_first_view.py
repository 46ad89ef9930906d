"""What a page shows before the application has started: readable and usable without it, and gone once the screen stands."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessible import find_faults

TIZI = "09.541.04.67"
LINE_PX = 23


@pytest.fixture
def line_without_application(visit):
    """A visit on a line on which Streamlit's code has not arrived."""

    def start(width: int = 1440):
        seen = visit(width)
        seen.page.route("**/static/js/**", lambda route: route.abort())
        return seen

    return start


@pytest.mark.parametrize("path", ["/", "/commune"])
@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("ar", 390)])
def test_it_can_be_read_by_everyone(line_without_application, path, language, width):
    seen = line_without_application(width)
    seen.page.goto(f"{seen.address}{path}?lang={language}&commune={TIZI}")
    expect(seen.page.locator(".first-view h1")).to_be_visible()
    expect(seen.page.get_by_role("status")).to_be_visible()
    assert seen.page.locator(".first-view").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert find_faults(seen.page.main_frame) == []


def test_from_the_map_to_a_profile_and_to_another_commune(line_without_application):
    seen = line_without_application()
    page = seen.page
    page.goto(f"{seen.address}/?lang=fr&month=2024-09")
    page.locator(f".first-view .map [data-commune='{TIZI}']").click()
    page.wait_for_url(re.compile(rf"/commune\?.*commune={TIZI}"))
    expect(page.locator(".first-view h1")).to_contain_text("Tizi N'test")
    other = page.locator("#first-commune option").nth(5)
    name, code = other.inner_text(), other.get_attribute("value")
    page.locator("#first-commune").select_option(code)
    page.wait_for_url(re.compile(rf"month=2024-09.*commune={code}|commune={code}.*month=2024-09"))
    expect(page.locator(".first-view h1")).to_contain_text(name)


def test_the_screen_takes_its_place_where_the_reader_was(visit):
    seen = visit(390)
    page = seen.page
    held = []
    page.route("**/static/js/index*", lambda route: held.append(route))
    page.goto(f"{seen.address}/?lang=fr", wait_until="commit")
    first = page.locator(".first-view")
    expect(first.locator("h1")).to_be_visible()
    first.evaluate("e => e.scrollTop = 400")
    page.wait_for_function("document.querySelector('.first-view').scrollTop === 400")
    first.locator(".rank").nth(2).evaluate("e => e.focus({ preventScroll: true })")
    for route in held:
        route.continue_()
    expect(first).to_have_count(0)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("[data-testid=stMain] .map svg")).to_be_attached()
    # What stands above may take a line more in the typeface of the screen: the browser keeps what is read in its place then.
    assert 400 <= page.get_by_test_id("stMain").evaluate("e => e.scrollTop") <= 400 + 2 * LINE_PX
    expect(page.locator(".rank").nth(2)).to_be_focused()
    assert seen.errors == []


def test_it_does_not_stay_when_another_screen_is_asked_for_meanwhile(visit):
    seen = visit()
    seen.page.goto(f"{seen.address}/?lang=fr")
    link = seen.page.locator("[data-testid=stSidebarNavLink][href$='/methods']")
    link.dispatch_event("click")
    seen.page.wait_for_url(re.compile("/methods"))
    expect(seen.page.locator(".first-view")).to_have_count(0)
    expect(seen.page.locator("h1")).to_be_visible()
