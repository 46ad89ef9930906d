"""The Scenarios screen: it draws everywhere, an edit changes the map, a link reopens the view, a name keeps it."""

import re
from urllib.parse import quote

from playwright.sync_api import expect

from data.records.scenarios import OWN, list_scenarios

LEAFLET = "iframe"


def fills(seen, which="after"):
    """Class drawn in each commune of a map."""
    return seen.page.locator(f"#map-{which} a path").evaluate_all("all => all.map(p => p.getAttribute('fill'))")


def drawn(seen, path):
    seen.open(path)
    seen.page.locator("#map-after svg").wait_for()
    seen.settle()
    return seen.page


def _ask_for_more_closed_rooms_than_exist(seen):
    page = seen.page
    seen.choose(page.get_by_role("combobox", name="Quoi"), "Salles de classe utilisables, lycée")
    number = page.get_by_role("spinbutton", name="En nombre")
    number.fill("-99999")
    number.press("Tab")
    page.get_by_role("button", name="Ajouter ce changement").click()
    problem = page.locator("[data-testid=stAlert]", has_text="À faire")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text("Salles de classe utilisables, lycée")
    assert "edit=" not in page.url
    number.fill("0")


def test_an_edit_is_refused_with_the_nearest_choice_or_changes_the_map_the_title_and_the_address(visit):
    seen = visit()
    page = drawn(seen, "/scenarios?lang=fr&scenario=trend&indicator=EDU01")
    before = fills(seen)
    page.get_by_text("Régler le scénario").click()
    _ask_for_more_closed_rooms_than_exist(seen)
    seen.choose(page.get_by_role("combobox", name="Quoi"), "Salles de classe utilisables, primaire")
    percent = page.get_by_role("spinbutton", name="En %")
    percent.fill("-60")
    percent.press("Tab")
    page.get_by_role("button", name="Ajouter ce changement").click()
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


def test_a_click_on_the_map_moves_the_epicentre(visit):
    seen = visit()
    page = drawn(seen, "/scenarios?lang=fr&scenario=second_shock")
    frame = page.frame_locator(LEAFLET).first
    frame.locator("body[data-communes='89']").wait_for(state="attached")
    shaded = frame.locator("path.leaflet-interactive[tabindex='-1']")
    read_colours = "all => all.map(shape => shape.getAttribute('fill'))"
    colours = shaded.evaluate_all(read_colours)
    assert len(set(colours)) > 2, "bands of intensity"
    assert len(fills(seen, "before")) == len(fills(seen)) == 89
    expect(page.locator(".break")).to_have_count(10)
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    people = page.get_by_text(re.compile(r"personnes déplacées \(entre"))
    first = people.inner_text()
    frame.locator(".leaflet-container").click(position={"x": 150, "y": 300})
    expect(people).not_to_have_text(first)
    page.wait_for_url(re.compile("edit=.*latitude"))
    seen.settle()
    latitude = page.get_by_role("spinbutton", name="Latitude de l'épicentre (°)").input_value()
    assert latitude != "30.85"
    assert shaded.evaluate_all(read_colours) != colours
    page.get_by_role("radio", name="Personnes déplacées").click()
    legend = page.locator(".layer-legend", has_text=re.compile(r"à partir de 1\s000"))
    expect(legend).to_be_visible()
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
    other.page.get_by_role("button", name="Oui, continuer").click()
    expect(other.page.get_by_text("supprimé ; l'annulation")).to_be_visible()
    with application.store.open() as connection:
        assert list_scenarios(connection) == {}
