"""Back and Forward: one act of the reader is one step, on every screen and between screens."""

import re

import pytest
from playwright.sync_api import expect

FREIJA = "09.541.09.15"


def asked(name, value):
    return re.compile(f"[?&]{name}={re.escape(value)}(&|$)")


def walk(seen, way, address, title):
    """Back or Forward, until the address and the title of that state stand."""
    getattr(seen.page, way)(wait_until="commit")
    seen.page.wait_for_url(address)
    expect(seen.page.locator("h1").first).to_have_text(title)
    seen.settle()


def title_of(seen):
    return seen.page.locator("h1").first.inner_text()


def choose_other(seen, box, option):
    """Another choice than that of the title; the title and the length of the history after it."""
    before = title_of(seen)
    seen.choose(seen.page.get_by_role("combobox", name=box), option)
    expect(seen.page.locator("h1").first).not_to_have_text(before)
    seen.settle()
    return title_of(seen), seen.page.evaluate("history.length")


@pytest.mark.parametrize(
    ("screen", "box", "option", "name", "value"),
    [
        ("compare", "Service ou indicateur", "État civil", "indicator", "civil_registry"),
        ("scenarios", re.compile("^Que peut-il arriver"), "Retours rapides", "scenario", "fast_returns"),
    ],
)
def test_a_choice_is_one_step(visit, screen, box, option, name, value):
    seen = visit()
    seen.open(f"/{screen}?lang=fr&figures=all")
    seen.page.wait_for_url(re.compile("census="))
    first, steps = title_of(seen), seen.page.evaluate("history.length")
    second, after = choose_other(seen, box, option)
    assert after == steps + 1
    walk(seen, "go_back", re.compile(rf"/{screen}\?(?!.*{name}={value})"), first)
    walk(seen, "go_forward", asked(name, value), second)
    assert seen.errors == []


def test_a_commune_and_a_screen_are_one_step_each(visit):
    seen = visit()
    seen.open("/commune?lang=fr&figures=all&commune=09.541.04.67")
    seen.page.wait_for_url(re.compile("census="))
    first, steps = title_of(seen), seen.page.evaluate("history.length")
    box = seen.page.get_by_role("combobox", name="Commune", exact=True)
    box.click()
    box.press_sequentially("Freija")
    box.press("Enter")
    seen.page.wait_for_url(asked("commune", FREIJA))
    expect(seen.page.locator("h1").first).to_contain_text("Freija")
    seen.settle()
    second = title_of(seen)
    seen.page.get_by_role("link", name="Comparer", exact=True).click()
    seen.page.wait_for_url(re.compile(r"/compare\?.*census="))
    expect(seen.page.locator("h1").first).not_to_have_text(second)
    seen.settle()
    assert seen.page.evaluate("history.length") == steps + 2
    walk(seen, "go_back", re.compile(r"/commune\?.*" + re.escape(FREIJA)), second)
    walk(seen, "go_back", asked("commune", "09.541.04.67"), first)
    walk(seen, "go_forward", asked("commune", FREIJA), second)


def test_a_click_on_the_map_is_one_step(visit):
    seen = visit()
    seen.open("/map?lang=fr&figures=all&card=")
    shapes = seen.map.locator("path.leaflet-interactive")
    seen.page.wait_for_url(re.compile("census="))
    steps = seen.page.evaluate("history.length")
    shapes.nth(40).click()
    card = seen.page.locator(".commune-card")
    card.wait_for()
    seen.page.wait_for_url(re.compile(r"card=09"))
    assert seen.page.evaluate("history.length") == steps + 1
    seen.settle()
    seen.page.go_back(wait_until="commit")
    expect(card).to_have_count(0)
    assert seen.page.evaluate("history.length") == steps + 1
