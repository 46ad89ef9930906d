"""What people come for: keep a link, send a workbook, print a sheet."""

import re
import zipfile

import httpx
import pytest
from playwright.sync_api import expect

from data.importing.accept import accept_import, prepare_for_store
from tests.workbooks import messy_workbook, write_workbook

TIZI = "09.541.04.67"


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


@pytest.mark.parametrize("path", ["/places?part=choose", "/compare?"])
def test_how_firm_a_choice_is_stands_in_sight_at_a_desk(visit, path):
    seen = visit()
    seen.open(f"{path}&lang=fr&figures=all")
    cell = seen.page.locator("table.choice td.wide").first
    expect(cell.locator(".muted")).to_have_text(re.compile("%$"))
    seen.settle()
    # What lies far below is laid out when it is looked at.
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".muted")).to_be_visible()
    assert cell.evaluate("e => e.getBoundingClientRect().right <= e.closest('.scroll').getBoundingClientRect().right")


@pytest.mark.always
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


@pytest.mark.always
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
    after = application.store.snapshot_id()
    try:
        # Readers stay on the old figures while the server computes the new ones.
        while httpx.get(f"{application.address}/api/v1/indicators?limit=1", timeout=60).json()["snapshot"] == before:
            assert after != before
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
