"""What people come for: click the map, change what it shows, keep a link, send a workbook, print a sheet."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from data.importing.accept import accept_import, prepare_for_store
from tests.workbooks import messy_workbook, write_workbook

TIZI = "09.541.04.67"
LARGEST_CHANGE = 30_000
# A loop on the map, in shares of its width and height.
LOOP = ((0.40, 0.30), (0.46, 0.28), (0.53, 0.32), (0.55, 0.42), (0.50, 0.52), (0.42, 0.48), (0.38, 0.40), (0.40, 0.31))


def test_a_click_on_the_map_opens_the_card_and_the_profile(visit):
    seen = visit()
    seen.open("/map?lang=fr&figures=all")
    seen.map.locator("path.leaflet-interactive").nth(40).click()
    card = seen.page.locator(".commune-card")
    name = card.locator("h3").inner_text()
    expect(card).to_contain_text("Éducation")
    card.get_by_role("link", name="Profil complet").click()
    expect(seen.page.locator("h1").first).to_contain_text(name)
    assert "/commune?" in seen.page.url


def test_the_list_does_the_same_for_the_keyboard(visit):
    seen = visit()
    seen.open("/map?lang=fr&figures=all")
    box = seen.page.get_by_role("combobox", name=re.compile("une commune ou un douar"))
    box.focus()
    box.press_sequentially("Freija")
    box.press("Enter")
    expect(seen.page.locator(".commune-card h3")).to_have_text("Freija")
    seen.page.wait_for_url(re.compile("card=09.541.09.15"))
    other = visit()
    other.open(seen.page.url.removeprefix(seen.address))
    expect(other.page.locator(".commune-card h3")).to_have_text("Freija")


def test_a_commune_in_the_address_of_the_map_opens_its_card(visit):
    seen = visit()
    seen.open(f"/map?lang=fr&figures=all&commune={TIZI}")
    expect(seen.page.locator(".commune-card h3")).to_have_text("Tizi N'test")
    seen.page.wait_for_url(re.compile(f"commune={TIZI}.*card={TIZI}"))


def test_a_map_without_a_card_reopens_without_one(visit):
    seen = visit()
    seen.open(f"/?lang=fr&figures=all&commune={TIZI}")
    seen.page.get_by_role("link", name="Carte", exact=True).click()
    seen.page.wait_for_url(re.compile(f"/map.*commune={TIZI}.*card=$"))
    seen.map.locator("body").wait_for(state="attached")
    expect(seen.page.locator(".commune-card")).to_have_count(0)
    other = visit()
    other.open(seen.page.url.removeprefix(seen.address))
    other.map.locator("body").wait_for(state="attached")
    expect(other.page.locator(".commune-card")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "field", "option"),
    [
        ("fr", "Service ou indicateur", "Éducation"),
        ("ar", "الخدمة أو المؤشر", "التعليم"),
    ],
)
def test_changing_the_indicator_sends_styles_only(visit, language, field, option):
    seen = visit()
    seen.open(f"/map?lang={language}&figures=all")
    frame = seen.map
    seen.settle()
    frame.locator("body").evaluate("body => { body.dataset.mark = 'same'; }")
    styled = int(frame.locator("body").get_attribute("data-styled"))
    requests, seen.received = len(seen.requests), 0
    seen.choose(seen.page.get_by_label(field), option)
    frame.locator(f"body[data-styled='{styled + 1}']").wait_for(state="attached")
    seen.settle()
    assert seen.received <= LARGEST_CHANGE
    assert seen.requests[requests:] == []
    # The map was not mounted again: it neither flickers nor loads.
    assert frame.locator("body").get_attribute("data-mark") == "same"
    assert "indicator=education" in seen.page.url


def test_a_loop_on_the_map_picks_communes_and_the_territory_follows(visit):
    seen = visit()
    seen.open("/map?lang=fr")
    frame, page = seen.map, seen.page
    page.get_by_text("Composer un territoire").click()
    lasso = frame.get_by_role("button", name="Entourer des communes d'un trait")
    lasso.click()
    box = page.locator("iframe").first.bounding_box()
    for at, (across, down) in enumerate(LOOP):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=4)
        if at == 0:
            page.mouse.down()
    page.mouse.up()
    # The commune where the loop ends is picked once, not put back by the end of the stroke.
    picked = page.get_by_test_id("stMultiSelect").get_by_role("button", name=re.compile("^Retirer "))
    expect(picked).not_to_have_count(0)
    page.get_by_role("textbox", name="Nom du groupe").fill("Vallée")
    page.get_by_role("button", name="Utiliser ce territoire").click()
    page.wait_for_url(re.compile("territory=communes"))
    expect(page.get_by_role("combobox", name="Territoire")).to_have_value(re.compile("Vallée"))
    expect(lasso).to_have_count(0)
    assert seen.errors == []


def test_on_a_telephone_wide_tables_are_cards_and_the_list_of_screens_folds_away(visit):
    seen = visit(390)
    seen.open("/?lang=ar&figures=all")
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.locator("[data-testid=stSidebarNavLink][href$='/compare']").click()
    seen.page.wait_for_url(re.compile("/compare"))
    expect(seen.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    seen.settle()
    cell = seen.page.locator("table.facts.stacks td[data-label]").first
    expect(cell).to_be_attached()
    # What a column is called stands before the figure of each card.
    label = cell.evaluate("e => getComputedStyle(e, '::before').content.slice(1, -1)")
    assert label == cell.get_attribute("data-label")
    assert seen.page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth + 2)")
    assert seen.errors == []


# Each month that the map paints for the first time: what its communes look like, and how many answers of the server came before.
PAINTED = """() => {
  window.colours = () => mapRoom.communes.getLayers().map(shape => shape.options.fillColor + shape.options.fillOpacity).join();
  window.painted = {};
  new MutationObserver(() => {
    const { month, styled } = document.body.dataset;
    painted[month] = painted[month] || [colours(), styled];
  }).observe(document.body, { attributes: true, attributeFilter: ["data-month"] });
}"""


def test_the_slider_paints_its_month_at_once_loses_no_key_and_is_one_with_the_sidebar(visit):
    seen = visit()
    seen.open("/map?lang=fr&figures=all&month=2024-01&indicator=education")
    body = seen.map.locator("body")
    seen.settle()
    styled = body.get_attribute("data-styled")
    body.evaluate(PAINTED)
    slider = seen.page.get_by_role("slider")
    with seen.page.expect_response(re.compile("/months")):
        slider.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight"):
        slider.press(key)
    seen.page.wait_for_url(re.compile("month=2023-11"))
    expect(seen.page.get_by_role("combobox", name="Mois")).to_have_value("novembre 2023")
    seen.settle()
    seen.map.locator(f"body[data-month='2023-11']:not([data-styled='{styled}'])").wait_for(state="attached")
    colours, answered = body.evaluate("() => painted['2023-12']")
    assert answered == styled, "painted before the server answered"
    assert colours != body.evaluate("() => colours()")
    assert body.evaluate("() => painted['2023-11'][0] === colours()")


def test_a_link_opens_the_same_view_for_someone_else(visit):
    first = visit()
    first.open(f"/commune?lang=fr&commune={TIZI}&month=2024-03&indicator=health&territory=programme")
    # What the link leaves out is written into the address as well, a moment after the screen is drawn.
    first.page.wait_for_url(re.compile("census="))
    address = first.page.url
    second = visit()
    second.page.goto(address)
    second.page.locator("[data-testid=stApp][data-test-script-state=notRunning] h1").first.wait_for()
    expect(second.page.locator("h1").first).to_contain_text("Tizi N'test")
    for label, value in (
        ("Mois", "mars 2024"),
        ("Territoire", "19 communes du programme post-séisme"),
        ("Service ou", "Santé"),
    ):
        expect(second.page.get_by_role("combobox", name=label)).to_have_value(value)
    second.page.wait_for_url(address)


def test_choices_go_along_from_screen_to_screen(visit):
    seen = visit()
    seen.open("/?lang=fr&figures=all")
    seen.page.get_by_role("radio", name="العربية").click()
    seen.choose(seen.page.get_by_role("combobox", name="الشهر"), "مارس 2024")
    seen.page.wait_for_url(re.compile("month=2024-03"))
    for screen in ("compare", "methods", "data", "map"):
        seen.page.locator(f"[data-testid=stSidebarNavLink][href$='/{screen}']").click()
        seen.page.wait_for_url(re.compile(f"/{screen}.*lang=ar.*month=2024-03"))
        seen.settle()
        expect(seen.page.get_by_role("radio", name="العربية")).to_be_checked()
        expect(seen.page.get_by_role("combobox", name="الشهر")).to_have_value("مارس 2024")


def test_a_messy_workbook_is_explained_accepted_shown_and_undone(visit, application):
    before = application.store.snapshot_id()
    seen = visit()
    seen.open("/data?lang=fr")
    page = seen.page
    page.locator("input[type=file]").set_input_files(
        {"name": "saisie.xlsx", "mimeType": "application/octet-stream", "buffer": messy_workbook()}
    )
    findings = page.locator("table.findings")
    expect(findings).to_contain_text("« douze » n'est pas un nombre")
    expect(findings).to_contain_text("Saisie août!C9")
    expect(page.get_by_text("36 cases lues = 11 gardées + 25 mises de côté")).to_be_visible()
    assert application.store.snapshot_id() == before
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("sont en ligne")).to_be_visible()
    assert application.store.snapshot_id() != before
    page.goto(f"{seen.address}/commune?lang=fr&commune={TIZI}&month=2025-08")
    # 1,234 pupils in 20 primary rooms were sent; displaced persons of the month: 2,345, declared.
    expect(page.locator(".cards")).to_contain_text("2\u202f345")
    seen.open("/data?lang=fr")
    page.get_by_role("button", name="Annuler la dernière action").click()
    page.get_by_role("button", name="Oui, continuer").click()
    expect(page.get_by_text("Version publiée")).to_be_visible()
    assert application.store.snapshot_id() == before


def test_a_file_with_names_of_people_is_refused_on_the_screen(visit, application):
    before = application.store.snapshot_id()
    seen = visit()
    seen.open("/data?lang=ar")
    content = write_workbook([["Commune", "Nom et prénom", "CIN"], ["Freija", "X", "JB123456"]])
    seen.page.locator("input[type=file]").set_input_files(
        {"name": "liste.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    expect(seen.page.locator("table.findings")).to_contain_text("معطيات شخصية")
    assert application.store.snapshot_id() == before


def test_an_import_from_a_terminal_is_shown_without_a_restart(visit, application):
    before = application.store.snapshot_id()
    seen = visit()
    seen.open(f"/commune?lang=fr&commune={TIZI}&month=2025-08")
    content = write_workbook([["Commune", "Mois", "Personnes déplacées"], ["Tizi N'Test", "2025-08", 7775]])
    accept_import(application.store, content, prepare_for_store(application.store, content, "x.xlsx"))
    try:
        seen.page.get_by_role("radio", name="English").click()
        expect(seen.page.locator(".cards")).to_contain_text("7,775")
    finally:
        application.store.publish(before)


def test_demonstration_figures_are_removed_by_a_button_and_brought_back(visit, application):
    before = application.store.snapshot_id()
    seen = visit()
    seen.open("/data?lang=fr")
    seen.page.get_by_role("button", name="Retirer tous les chiffres").click()
    seen.page.get_by_role("button", name="Oui, continuer").click()
    expect(seen.page.get_by_text(re.compile(r"\d{3}\u202f\d{3} chiffres de démonstration retirés"))).to_be_visible()
    seen.open("/map?lang=fr&indicator=HEA07")
    expect(seen.page.locator(".notice")).to_have_count(0)
    expect(seen.page.locator(".st-key-map-head")).to_contain_text("sur 81")
    seen.open("/data?lang=fr")
    seen.page.get_by_role("button", name="Annuler la dernière action").click()
    seen.page.get_by_role("button", name="Oui, continuer").click()
    expect(seen.page.get_by_text("Version publiée")).to_be_visible()
    assert application.store.snapshot_id() == before


@pytest.mark.parametrize(
    ("commune", "language"), [(TIZI, "fr"), (TIZI, "ar"), (TIZI, "en"), ("09.541.01.13", "ar"), ("09.541.03.29", "fr")]
)
def test_a_sheet_prints_on_two_sides_and_asks_for_nothing(visit, language, commune):
    seen = visit()
    seen.page.goto(f"{seen.address}/sheet/{commune}?lang={language}")
    pdf = seen.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    assert [url for url in seen.requests if "/sheet/" not in url and "favicon" not in url] == []
    # Nothing is wider than the page.
    assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_chart_and_a_table_are_downloaded(visit):
    seen = visit()
    seen.open(f"/commune?lang=fr&commune={TIZI}")
    page = seen.page
    with page.expect_download() as table:
        page.get_by_role("button", name="Télécharger le tableau (Excel)").click()
    assert table.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="Graphiques pour le conseil").click()
    with page.expect_download() as chart:
        page.get_by_role("button", name="Image PNG").click()
    assert chart.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Image SVG").click()
    assert b"<svg" in drawing.value.path().read_bytes()
    # Below each figure as well.
    seen.open("/compare?lang=fr")
    page.locator(".js-plotly-plot").wait_for()
    seen.settle()
    page.get_by_role("button", name="Image de ce graphique").nth(1).click()
    with page.expect_download() as picture:
        page.get_by_role("button", name="Image PNG").click()
    assert picture.value.suggested_filename == "gravite-ISP-2025-08-fr.png"
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")


def test_every_sheet_of_a_territory_is_taken_away_in_one_file(visit):
    seen = visit()
    seen.open("/?lang=fr&territory=urban")
    seen.page.get_by_role("button", name="Préparer toutes les fiches").click()
    with seen.page.expect_download() as bag:
        seen.page.get_by_role("button", name="Télécharger le ZIP").click()
    with zipfile.ZipFile(bag.value.path()) as archive:
        assert len(archive.namelist()) == 2 * 8 + 2
        assert f"{seen.address}/commune?" in archive.read("fr/09.541.01.13.html").decode().replace("&amp;", "&")
