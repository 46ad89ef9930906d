"""What is seen of a screen while it loads, and of work that takes longer than a second."""

import re

from playwright.sync_api import expect

from data.i18n import Translator

# A click that Streamlit does not hear, and the button as Streamlit leaves it while a file is made.
ASK = "button => { button.dispatchEvent(new Event('click', { bubbles: false })); button.disabled = true; }"


def test_a_screen_that_stands_hides_nothing_and_neither_does_the_next(visit):
    seen = visit()
    seen.open("/quality?lang=fr&figures=all")
    stands = "() => !('loading' in document.documentElement.dataset || 'firstView' in document.documentElement.dataset)"
    seen.page.wait_for_function(stands)
    seen.page.locator("[data-testid=stSidebarNavLink][href$='/data']").click()
    seen.page.wait_for_url(re.compile("/data"))
    seen.settle()
    seen.page.wait_for_function(stands)
    hidden = "() => [...document.querySelectorAll('[data-testid=stMain] h1')].map(e => getComputedStyle(e).visibility)"
    assert set(seen.page.evaluate(hidden)) == {"visible"}


def test_a_file_or_a_run_that_takes_long_is_said_to_be_on_its_way_and_then_no_more(visit):
    seen, t = visit(390), Translator("ar")
    seen.open("/plan?lang=ar&figures=all")
    seen.settle()
    waiting = seen.page.locator(".waiting[role=status]")
    button = seen.page.get_by_test_id("stDownloadButton").locator("button").first
    button.evaluate(ASK)
    expect(waiting).to_have_text(t("page.preparing"))
    button.evaluate("button => { button.disabled = false; }")
    expect(waiting).to_have_text("")
    app = seen.page.get_by_test_id("stApp")
    app.evaluate("app => { app.dataset.testScriptState = 'running'; }")
    expect(waiting).to_have_text(t("page.running"))
    app.evaluate("app => { app.dataset.testScriptState = 'notRunning'; }")
    expect(waiting).to_have_text("")
