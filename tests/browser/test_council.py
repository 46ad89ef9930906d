"""The council mode in Chromium, by keyboard alone: four questions without scrolling in large type, a decision, the way out."""

import pytest
from playwright.sync_api import expect

from data.i18n import Translator

TIZI = "09.541.04.67"
NAMES = {"fr": "Tizi N'test", "ar": "تيزي نتاست"}
SIZES = ((1440, 900), (1920, 1080))
SMALLER = ((1024, 768), (1366, 768))
QUESTIONS = ("where", "why", "what_if", "who_pays")
OVERFLOWS = """() => [...document.querySelectorAll('.council-mode, .council-body, .council-side')]
  .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).map(e => e.className)"""
SMALL = """() => [...document.querySelectorAll('.council-mode *')].filter(e => !e.closest('svg')
  && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  && parseFloat(getComputedStyle(e).fontSize) < (e.tagName === 'H1' ? 40 : 24)).map(e => e.textContent)"""


def shows(page, t, question):
    expect(page.locator(".council-mode .ask")).to_have_text(t(f"council.ask_{question}"))
    expect(page.locator(".council-mode h1")).not_to_be_empty()


def start(seen, t, language):
    """The wall, begun by keyboard: nothing of the application is around it."""
    page = seen.page
    seen.open(f"/council?lang={language}&commune={TIZI}")
    page.get_by_role("button", name=t("council.start")).focus()
    page.keyboard.press("Enter")
    shows(page, t, "where")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_questions_are_turned_by_keyboard(visit, language):
    t, seen = Translator(language), visit()
    page, press = seen.page, seen.page.keyboard.press
    forward, backward = ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    start(seen, t, language)
    for question in QUESTIONS[1:]:
        press(forward)
        shows(page, t, question)
    turns = ((backward, "what_if"), ("PageUp", "why"), ("PageDown", "what_if"), ("1", "where"), ("4", "who_pays"))
    for key, question in turns:
        press(key)
        shows(page, t, question)
    for number, question in enumerate(QUESTIONS, 1):
        press(str(number))
        shows(page, t, question)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(OVERFLOWS) == []
            assert page.evaluate(SMALL) == []
        # A projector and a laptop of a town hall: smaller, and whole.
        for width, height in SMALLER:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(OVERFLOWS) == [], (number, width, height)
    assert seen.outside == []
    assert seen.errors == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_decision_is_noted_and_withdrawn_by_keyboard(visit, language):
    t, seen = Translator(language), visit()
    page, press = seen.page, seen.page.keyboard.press
    start(seen, t, language)
    press("Enter")
    text = page.get_by_role("textbox", name=t("council.text"))
    expect(text).to_be_focused()
    page.keyboard.type("Louer 2 salles")
    # Digits typed in a field are no commands.
    expect(text).to_have_value("Louer 2 salles")
    # The keys that send a form are heard once its button is there.
    expect(page.get_by_role("button", name=t("council.note"), exact=True)).to_be_visible()
    seen.settle()
    press("Control+Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text(t("council.noted"))
    expect(page.locator(".decision")).to_contain_text("Louer 2 salles")
    expect(text).to_be_focused()
    expect(text).to_have_value("")
    press("Escape")
    expect(page.locator(".council-foot")).to_contain_text(t("council.noted_count", count=1))
    press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page.get_by_role("combobox", name=t("commune.choose"), exact=True)).to_have_value(NAMES[language])
    expect(page.locator(".decision")).to_contain_text("Louer 2 salles")
    page.get_by_role("button", name=t("council.withdraw")).focus()
    press("Enter")
    page.get_by_role("button", name=t("confirm.yes")).click()
    expect(page.locator(".decision")).to_have_count(0)
    assert seen.outside == []
    assert seen.errors == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_province_fits_on_the_wall(visit, language):
    seen = visit()
    seen.open(f"/council?lang={language}&subject=territory&question={QUESTIONS[0]}")
    for number, question in enumerate(QUESTIONS, 1):
        seen.page.keyboard.press(str(number))
        expect(seen.page.locator(".council-mode .ask")).to_have_text(Translator(language)(f"council.ask_{question}"))
        expect(seen.page.locator(".council-mode h1")).not_to_be_empty()
        seen.settle()
        for width, height in SIZES:
            seen.page.set_viewport_size({"width": width, "height": height})
            assert seen.page.evaluate(OVERFLOWS) == []
            assert seen.page.evaluate(SMALL) == []
    assert seen.errors == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_telephone_turns_notes_and_leaves_by_touch(visit, language):
    t, seen = Translator(language), visit(390)
    page, touch = seen.page, lambda key: seen.page.locator(".council-turns").get_by_role("button", name=t(key)).click()
    seen.open(f"/council?lang={language}&commune={TIZI}")
    page.get_by_role("button", name=t("council.start")).click()
    shows(page, t, "where")
    for question in QUESTIONS[1:]:
        touch("council.turn_next")
        shows(page, t, question)
    touch("council.turn_previous")
    shows(page, t, "what_if")
    touch("council.turn_note")
    expect(page.get_by_role("textbox", name=t("council.text"))).to_be_visible()
    touch("council.turn_back")
    shows(page, t, "what_if")
    touch("council.turn_leave")
    page.get_by_role("button", name=t("council.start")).wait_for()
