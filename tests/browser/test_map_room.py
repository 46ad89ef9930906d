"""The map room: click it, loop communes, move the slider, change what it shows."""

import re

import pytest
from playwright.sync_api import expect

TIZI = "09.541.04.67"
# As it is sent, and as it is unpacked on the page.
LARGEST_CHANGE, LARGEST_UNPACKED = 20_000, 32_000
# A loop on the map, in shares of its width and height.
LOOP = ((0.40, 0.30), (0.46, 0.28), (0.53, 0.32), (0.55, 0.42), (0.50, 0.52), (0.42, 0.48), (0.38, 0.40), (0.40, 0.31))
# Each month that the map paints for the first time: what its communes look like, and how many answers of the server came before.
PAINTED = """() => {
  window.colours = () => mapRoom.communes.getLayers().map(shape => shape.options.fillColor + shape.options.fillOpacity).join();
  window.painted = {};
  new MutationObserver(() => {
    const { month, styled } = document.body.dataset;
    painted[month] = painted[month] || [colours(), styled];
  }).observe(document.body, { attributes: true, attributeFilter: ["data-month"] });
}"""


@pytest.mark.always
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
    # That of health centres says most of each commune: of all results, the most bytes.
    [
        ("fr", "Service ou indicateur", "Santé · Habitants à plus de 5 km d'un centre de santé"),
        ("ar", "الخدمة أو المؤشر", "الصحة · السكان على بعد أكثر من 5 كلم من مركز صحي"),
    ],
)
def test_changing_the_indicator_sends_styles_only(visit, language, field, option):
    seen = visit()
    seen.open(f"/map?lang={language}&figures=all")
    frame = seen.map
    seen.settle()
    frame.locator("body").evaluate("body => { body.dataset.mark = 'same'; }")
    styled = int(frame.locator("body").get_attribute("data-styled"))
    requests, seen.received, seen.packed = len(seen.requests), 0, 0
    seen.choose(seen.page.get_by_label(field), option)
    frame.locator(f"body[data-styled='{styled + 1}']").wait_for(state="attached")
    seen.settle()
    assert seen.packed <= LARGEST_CHANGE
    assert seen.received <= LARGEST_UNPACKED
    assert seen.requests[requests:] == []
    # The map was not mounted again: it neither flickers nor loads.
    assert frame.locator("body").get_attribute("data-mark") == "same"
    assert "indicator=HEA07" in seen.page.url


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
