"""What a browser remembers of the last visit: language, territory, commune; nothing where the address says something."""

import re

import pytest

from tests.browser.conftest import Visit

TIZI = "09.541.04.67"


@pytest.fixture
def browser_of_one(chromium, application):
    """A browser that was never here."""
    context = chromium.new_context()
    yield lambda: Visit(context, application.address)
    context.close()


def asked(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def test_a_bare_address_opens_on_the_last_language_territory_and_commune(browser_of_one):
    first = browser_of_one()
    first.open(f"/compare?lang=ar&territory=communes:01.09,04.67:Vallée&commune={TIZI}")
    first.settle()
    # A page writes it when it is left.
    first.page.goto(f"{first.address}/robots.txt")
    assert TIZI in first.page.evaluate("localStorage.getItem('last-choices')")
    first.page.close()
    again = browser_of_one()
    again.open("/map")
    again.settle()
    said = asked(again.page)
    assert (said["lang"], said["territory"], said["commune"]) == ("ar", "communes:01.09,04.67:Vallée", TIZI)
    assert said.get("card", "") == ""
    assert again.page.locator("html").get_attribute("lang") == "ar"
    again.page.close()
    link = browser_of_one()
    link.open("/compare?lang=fr")
    link.settle()
    assert (asked(link.page)["lang"], asked(link.page)["territory"]) == ("fr", "all")


def test_an_address_that_leads_nowhere_any_more_is_forgotten(browser_of_one):
    first = browser_of_one()
    first.page.goto(f"{first.address}/robots.txt")
    first.page.evaluate("localStorage.setItem('last-choices', 'lang=fr&commune=09.999')")
    first.page.goto(f"{first.address}/compare")
    first.page.wait_for_url(re.compile(r"commune=09\.999$"))
    assert first.page.locator("[data-testid=stApp]").count() == 0, "our page for what is not there"
    first.open("/compare")
    first.settle()
    assert asked(first.page)["commune"] != "09.999"
