"""The whole way by keyboard: Tab, arrows and Enter alone, and every stop is seen."""

import re

import pytest
from playwright.sync_api import expect

from data.i18n import Translator

STOPS = 120
# A stop is seen when it, what holds it or what stands beside it looks otherwise than a moment later, when the focus has gone on.
LOOK = """() => {
  const looks = (e) => { const s = getComputedStyle(e); return e.matches("path") ? s.stroke + s.strokeWidth
    : [s.outlineStyle === "none" ? "" : s.outlineStyle + s.outlineWidth, s.boxShadow, s.borderColor].join(); };
  const around = (e) => [e, e.parentElement, e.parentElement?.parentElement, e.parentElement?.parentElement?.parentElement,
    e.nextElementSibling, e.previousElementSibling, e.firstElementChild].filter(Boolean);
  const was = window.__stop, e = document.activeElement;
  const name = (e.getAttribute("aria-label") || e.textContent).trim().slice(0, 80);
  // A list and the button that empties it share one frame, which both of them light up.
  const within = was && was.role === "combobox" && was.around.some(([one]) => one.contains(e));
  const unseen = was && !within && was.around.every(([one, look]) => looks(one) === look) ? was.name || "?" : null;
  window.__stop = { name, role: e.getAttribute("role"), around: around(e).map((one) => [one, looks(one)]) };
  return { tag: e.tagName, role: e.getAttribute("role"), name, unseen };
}"""


def open_at_rest(seen, path):
    """Open a screen whose looks change at once: what is compared is where a transition ends."""
    seen.open(path)
    seen.page.add_style_tag(content="* { transition: none !important; }")
    seen.settle()


def tab(page, wanted):
    """Press Tab until a stop answers the description; every stop that was left must have been seen."""
    unseen = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK)
        if stop["unseen"]:
            unseen.append(stop["unseen"])
        if stop["tag"] == "IFRAME":
            # What has the focus in the map is another document's.
            page.evaluate("window.__stop = null")
        if wanted(stop):
            assert unseen == []
            return stop
    raise AssertionError("Tab never came there")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_from_the_overview_to_a_commune_and_its_sheet(visit, language):
    t, seen = Translator(language), visit()
    page, press = seen.page, seen.page.keyboard.press
    open_at_rest(seen, f"/?lang={language}")
    page.locator(".map svg").wait_for()
    first = tab(page, lambda stop: stop["tag"] == "a")
    press("ArrowLeft")
    press("ArrowRight")
    press("ArrowDown")
    below = page.evaluate(LOOK)
    assert below["tag"] == "a"
    assert below["name"] != first["name"]
    # The map is one stop: from any commune in it, the next one is out of it.
    assert tab(page, lambda _: True)["tag"] != "a"
    tab(page, lambda _: page.evaluate("document.activeElement.matches('.rank')"))
    name = page.evaluate("document.activeElement.querySelector('.commune').firstChild.textContent").strip()
    press("Enter")
    page.wait_for_url(re.compile(r"/commune\?"))
    seen.settle()
    expect(page.locator("h1").first).to_contain_text(name)
    tab(page, lambda stop: stop["name"] == t("commune.sheet"))
    with page.expect_popup() as opened:
        press("Enter")
    sheet = opened.value
    expect(sheet.locator(".name").first).to_contain_text(name)
    sheet.close()


def test_a_commune_is_chosen_from_the_list_beside_the_map(visit):
    seen = visit()
    page, press = seen.page, seen.page.keyboard.press
    open_at_rest(seen, "/map?lang=fr")
    _ = seen.map
    box = page.get_by_role("combobox", name=re.compile("Chercher une commune"))
    tab(page, lambda _: box.evaluate("box => box === document.activeElement"))
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        press(key)
    card = page.locator(".commune-card")
    expect(card.locator("h3")).not_to_be_empty()
    seen.settle()
    chosen = card.locator("h3").inner_text()
    tab(page, lambda stop: stop["name"] == "Profil complet")
    press("Enter")
    page.wait_for_url(re.compile(r"/commune\?"))
    expect(page.locator("h1").first).to_contain_text(chosen)
