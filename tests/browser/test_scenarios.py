"""The Scenarios screen: it draws everywhere, an edit changes the map, a link reopens the view, a name keeps it."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from data.saved_scenarios import OWN, list_scenarios

LEAFLET = "iframe"


def fills(seen, which="after"):
    """Class drawn in each commune of a map."""
    return seen.page.locator(f"#map-{which} a path").evaluate_all("all => all.map(p => p.getAttribute('fill'))")


def drawn(seen, path):
    seen.open(path)
    seen.page.locator("#map-after svg").wait_for()
    seen.settle()
    return seen.page


@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("ar", 390)])
def test_the_screen_draws(visit, language, width):
    seen = visit(width)
    page = drawn(seen, f"/scenarios?lang={language}&scenario=second_shock")
    frame = page.frame_locator(LEAFLET).first
    frame.locator("body[data-communes='89']").wait_for(state="attached")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert len(fills(seen, "before")) == len(fills(seen)) == 89
    expect(page.locator(".break")).to_have_count(10)
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert seen.outside == []
    assert seen.errors == []


def test_an_edit_changes_the_map_the_title_and_the_address(visit):
    seen = visit()
    page = drawn(seen, "/scenarios?lang=fr&scenario=trend&indicator=EDU01")
    before = fills(seen)
    page.get_by_text("Régler le scénario").click()
    seen.choose(page.get_by_role("combobox", name="Quoi"), "Salles de classe utilisables, primaire")
    percent = page.get_by_role("spinbutton", name="En %")
    percent.fill("-60")
    percent.press("Tab")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_text("Salles de classe utilisables, primaire · Toute la province · −60 %")).to_be_visible()
    expect(page.locator("h1").first).to_contain_text(re.compile(r"[4-8]\d communes de plus"))
    seen.settle()
    after = fills(seen)
    assert sum(a != b for a, b in zip(before, after, strict=True)) > 40
    assert "edit=" in page.url
    other = visit()
    drawn(other, page.url.removeprefix(seen.address))
    assert fills(other) == after
    assert other.page.locator("h1").first.inner_text() == page.locator("h1").first.inner_text()
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator(".mark", has_text="modifié")).to_have_count(0)
    seen.settle()
    assert fills(seen) == before


def test_more_closed_rooms_than_exist_are_refused_with_the_nearest_choice(visit):
    seen = visit()
    page = drawn(seen, "/scenarios?lang=fr")
    page.get_by_text("Régler le scénario").click()
    seen.choose(page.get_by_role("combobox", name="Quoi"), "Salles de classe utilisables, lycée")
    number = page.get_by_role("spinbutton", name="En nombre")
    number.fill("-99999")
    number.press("Tab")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    problem = page.locator("[data-testid=stAlert]", has_text="Au plus proche")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text("Salles de classe utilisables, lycée")
    assert "edit=" not in page.url


@pytest.mark.parametrize(
    "edit", ["nonsense", '{"horizon_months":99}', '{"shock":{"latitude":48.8,"longitude":2.3,"magnitude":6}}']
)
def test_an_address_that_cannot_be_says_why_and_offers_the_way_back(visit, edit):
    seen = visit()
    seen.open(f"/scenarios?lang=fr&edit={quote(edit)}")
    expect(seen.page.locator("[data-testid=stAlert]").first).to_be_visible()
    expect(seen.page.locator("[data-testid=stException]")).to_have_count(0)
    seen.page.get_by_role("button", name="Revenir au scénario d'origine").last.click()
    seen.page.locator("#map-after svg").wait_for()
    expect(seen.page.locator("h1").first).to_contain_text("Tendance")


def test_a_click_on_the_map_moves_the_epicentre(visit):
    seen = visit()
    page = drawn(seen, "/scenarios?lang=fr&scenario=second_shock")
    frame = page.frame_locator(LEAFLET).first
    frame.locator("body[data-communes='89']").wait_for(state="attached")
    people = page.get_by_text(re.compile("personnes déplacées, entre"))
    first = people.inner_text()
    frame.locator(".leaflet-container").click(position={"x": 150, "y": 300})
    expect(people).not_to_have_text(first)
    page.wait_for_url(re.compile("edit=.*latitude"))
    seen.settle()
    latitude = page.get_by_role("spinbutton", name="Latitude de l'épicentre (°)").input_value()
    assert latitude != "30.85"
    magnitude = page.get_by_role("spinbutton", name="Magnitude")
    moved = people.inner_text()
    magnitude.fill("7.0")
    magnitude.press("Enter")
    expect(people).not_to_have_text(moved)
    assert page.get_by_role("spinbutton", name="Latitude de l'épicentre (°)").input_value() == latitude
    assert seen.errors == []


def test_saved_by_name_reopened_and_deleted(visit, application):
    seen = visit()
    edit = quote('{"horizon_months":6}')
    page = drawn(seen, f"/scenarios?lang=fr&scenario=staff_loss&edit={edit}")
    page.get_by_role("textbox", name="Nom du scénario").fill("Atelier d'Ouneine")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Scénario « Atelier d'Ouneine » enregistré.")).to_be_visible()
    page.wait_for_url(re.compile("scenario=own"))
    with application.store.open() as connection:
        (kept,) = list_scenarios(connection).values()
    assert kept.scenario.horizon_months == 6
    other = visit()
    drawn(other, f"/scenarios?lang=fr&scenario={quote(OWN)}Atelier%20d'Ouneine")
    expect(other.page.locator("h1").first).to_contain_text("Atelier d'Ouneine")
    expect(other.page.locator("h1").first).to_contain_text("février 2026")
    other.page.get_by_role("button", name="Supprimer ce scénario").click()
    expect(other.page.get_by_text("supprimé ; l'annulation")).to_be_visible()
    with application.store.open() as connection:
        assert list_scenarios(connection) == {}


def test_without_monthly_figures_it_says_what_to_do(built_store, chromium, tmp_path):
    import shutil

    from data.ingest import drop_demonstration
    from tests.browser.conftest import Application, Visit

    root = tmp_path / "store"
    shutil.copytree(built_store, root)
    served = Application(root)
    try:
        with served.store.write("drop-demonstration") as connection:
            drop_demonstration(connection)
        seen = Visit(chromium, served.address)
        seen.open("/scenarios?lang=fr")
        expect(seen.page.get_by_text("il n'y a rien à projeter")).to_be_visible()
        expect(seen.page.locator("[data-testid=stException]")).to_have_count(0)
        seen.page.close()
    finally:
        served.stop()
