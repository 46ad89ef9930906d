"""The Means screen in Chromium: it opens in three languages at two widths, its plans follow the budget, a cost edited changes
the screen, nothing is asked of another host."""

import re

import pytest
from playwright.sync_api import expect

PARTS = {
    "fr": ("Répartition", "Équipes mobiles", "Coûts unitaires"),
    "ar": ("التوزيع", "الفرق المتنقلة", "الكلفة الفردية"),
    "en": ("Sharing", "Mobile teams", "Unit costs"),
}


def open_part(seen, name):
    seen.page.get_by_role("radio", name=name, exact=True).click()
    seen.settle()


@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("ar", 390)])
def test_every_part_opens_and_asks_nothing_of_another_host(visit, language, width):
    seen = visit(width)
    seen.open(f"/means?lang={language}")
    expect(seen.page.locator("table.facts").first).to_be_visible()
    assert seen.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    sharing, mobile, costs = PARTS[language]
    open_part(seen, sharing)
    expect(seen.page.locator(".plan")).to_have_count(3)
    expect(seen.page.locator(".map svg circle[stroke='#fff']").first).to_be_visible()
    open_part(seen, mobile)
    expect(seen.page.locator(".map svg circle[stroke='#fff']").first).to_be_visible()
    open_part(seen, costs)
    expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.outside == []
    assert seen.errors == []


def test_a_larger_budget_changes_the_plans(visit):
    seen = visit()
    seen.open("/means?lang=fr")
    open_part(seen, "Répartition")
    fairness = seen.page.locator(".plan").first
    expect(fairness).to_contain_text("10,0 M MAD")
    before = fairness.inner_text()
    budget = seen.page.get_by_role("spinbutton", name="Budget")
    budget.fill("30")
    budget.press("Enter")
    expect(fairness).to_contain_text("30,0 M MAD")
    assert fairness.inner_text().replace("30,0", "10,0") != before


def test_a_budget_that_buys_nothing_is_refused_with_the_nearest_that_does(visit):
    seen = visit()
    seen.open("/means?lang=fr")
    open_part(seen, "Répartition")
    budget = seen.page.get_by_role("spinbutton", name="Budget")
    budget.fill("0")
    budget.press("Enter")
    expect(seen.page.get_by_role("alert").last).to_contain_text("9 000 MAD")


def test_choices_are_still_there_after_another_part_and_another_screen(visit):
    seen = visit()
    seen.open("/means?lang=fr")
    open_part(seen, "Répartition")
    budget = seen.page.get_by_role("spinbutton", name="Budget")
    budget.fill("25")
    budget.press("Enter")
    expect(seen.page.locator(".plan").first).to_contain_text("25,0 M MAD")
    open_part(seen, "Équipes mobiles")
    seen.page.get_by_role("link", name="Méthode").click()
    seen.page.wait_for_url(re.compile("/methods"))
    seen.page.get_by_role("link", name="Moyens").click()
    seen.page.wait_for_url(re.compile("/means"))
    open_part(seen, "Répartition")
    expect(seen.page.get_by_role("spinbutton", name="Budget")).to_have_value("25.0")


def test_a_scenario_chosen_is_in_the_title_and_in_the_address_and_moves_the_plans(visit):
    seen = visit()
    seen.open("/means?lang=fr")
    open_part(seen, "Répartition")
    fairness = seen.page.locator(".plan").first
    today = fairness.inner_text()
    seen.choose(seen.page.get_by_role("combobox", name="Sur quels chiffres"), "Départ de personnels")
    expect(seen.page.locator("h1").first).to_contain_text("Départ de personnels, août 2026")
    seen.choose(seen.page.get_by_role("combobox", name="Mois du scénario"), "décembre 2025")
    expect(seen.page.locator("h1").first).to_contain_text("Départ de personnels, décembre 2025")
    expect(fairness).not_to_have_text(today)
    seen.page.wait_for_url(re.compile("on=staff_loss.*at=4"))
    title = seen.page.locator("h1").first.inner_text()
    other = visit()
    other.open(seen.page.url.removeprefix(seen.address))
    assert other.page.locator("h1").first.inner_text() == title
