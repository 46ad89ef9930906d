"""The Means screen in Chromium: its plans follow the budget and the scenario, and choices are kept. That each part opens in both
directions and on a phone, ``test_accessible`` sees."""

import re

from playwright.sync_api import expect


def open_part(seen, name):
    seen.page.get_by_role("radio", name=name, exact=True).click()
    seen.settle()


def test_the_plans_follow_the_budget_and_choices_are_still_there_after_another_screen(visit):
    seen = visit()
    seen.open("/means?lang=fr")
    open_part(seen, "Répartition")
    fairness = seen.page.locator(".plan").first
    expect(fairness).to_contain_text("10,0 MDH")
    before = fairness.inner_text()
    budget = seen.page.get_by_role("spinbutton", name="Budget")
    budget.fill("30")
    budget.press("Enter")
    expect(fairness).to_contain_text("30,0 MDH")
    assert fairness.inner_text().replace("30,0", "10,0") != before
    open_part(seen, "Équipes mobiles")
    seen.page.get_by_role("link", name="Méthode").click()
    seen.page.wait_for_url(re.compile("/methods"))
    seen.page.get_by_role("link", name="Moyens").click()
    seen.page.wait_for_url(re.compile("/means"))
    open_part(seen, "Répartition")
    expect(budget).to_have_value("30.0")
    seen.settle()
    budget.fill("0")
    budget.press("Enter")
    expect(seen.page.get_by_role("alert").last).to_contain_text("8 000 DH")


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
