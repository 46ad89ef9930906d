"""The second map beside the first one: its names, its scale, the commune that it looks at."""

import re

import pytest
from playwright.sync_api import expect

TEIMA, TIZI = "09.541.01.09", "09.541.04.67"
# Of each map: how many names it writes, its scale, and the codes of the communes that are outlined.
LOOK = """() => [mapRoom.map, mapRoom.second.map].map((map, at) => [
  map.getContainer().querySelectorAll(".commune-name").length, map.getZoom(),
  (at ? mapRoom.second.shapes : mapRoom.communes).getLayers()
    .filter(shape => shape.options.weight === 3).map(shape => shape.feature.properties.commune_code)])"""


@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("ar", 390)])
def test_commune_against_commune_each_named_and_outlined_at_one_scale(visit, language, width):
    seen = visit(width)
    seen.open(f"/map?lang={language}&figures=all&card={TEIMA}&beside=commune:{TIZI}")
    seen.map.locator("body[data-beside]").wait_for(state="attached")
    seen.settle()
    inside = next(frame for frame in seen.page.frames if frame != seen.page.main_frame)
    (names, zoom, outlined), (others, same, other) = inside.evaluate(LOOK)
    assert min(names, others) > 0
    assert zoom == same
    assert (outlined, other) == ([TEIMA], [TIZI])
    assert seen.errors == []


def test_on_a_telephone_the_commune_of_a_link_is_above_its_card(visit):
    seen = visit(390)
    seen.open(f"/map?lang=fr&figures=all&card={TIZI}")
    seen.map.locator("body[data-names]").wait_for(state="attached")
    seen.settle()
    name = seen.map.locator(".commune-name", has_text=re.compile("^Tizi N'test$")).bounding_box()
    card = seen.page.locator(".st-key-map-card").bounding_box()
    assert name["y"] + name["height"] < card["y"]


# Where the middle of a commune stands on the map.
WHERE = """code => {
  const label = mapRoom.labels.find(one => one.code === code), at = mapRoom.map.latLngToContainerPoint(label.at);
  return [at.x, at.y];
}"""


def test_on_a_telephone_a_southern_commune_that_is_touched_comes_above_its_card(visit):
    seen = visit(390)
    seen.open("/map?lang=fr&figures=all&card=")
    seen.map.locator("body[data-names]").wait_for(state="attached")
    inside = next(frame for frame in seen.page.frames if frame != seen.page.main_frame)
    x, y = inside.evaluate(WHERE, "09.541.03.25")
    seen.map.locator(".leaflet-container").click(position={"x": x, "y": y})
    expect(seen.page.locator(".commune-card h3")).to_have_text("Tindine")
    support = seen.page.locator(".commune-card").get_by_role("link", name="Soutien", exact=True)
    expect(support).to_have_attribute("href", re.compile("^support.*territory=communes%3A03.25%3ATindine"))
    sheet = seen.page.locator(".st-key-map-card").bounding_box()
    name = seen.map.locator(".commune-name", has_text=re.compile("^Tindine$"))
    seen.page.wait_for_function(
        "([frame, top]) => { const name = [...frame.contentDocument.querySelectorAll('.commune-name')]"
        ".find(name => name.innerText === 'Tindine');"
        " return name && frame.getBoundingClientRect().y + name.getBoundingClientRect().bottom < top; }",
        arg=[seen.page.locator("iframe").first.element_handle(), sheet["y"]],
    )
    expect(name).to_be_visible()


# Of each map: how many marks its layers have, and the largest circle.
MARKS = """() => [mapRoom.map, mapRoom.second.map].map(map => {
  const marks = Object.values(map._layers).filter(mark => mark.getRadius);
  return [marks.length, Math.max(...marks.map(mark => mark.options.radius || 0))];
})"""
PEOPLE_IN_2024 = "/assets/map/taroudannt/people?lang=fr&month=2024-08&indicator=EDU01"


def test_layers_lie_on_both_maps_each_of_its_own_month(visit):
    seen = visit()
    seen.open("/map?lang=fr&figures=all&month=2025-08&indicator=EDU01&layers=people&beside=month:2024-08")
    seen.map.locator("body[data-beside][data-layer-people]").wait_for(state="attached")
    inside = next(frame for frame in seen.page.frames if frame != seen.page.main_frame)
    (count, _), (other, _) = inside.evaluate(MARKS)
    now, before = (seen.page.request.get(f"{seen.address}{PEOPLE_IN_2024.replace('2024', year)}").json()["places"]
                   for year in ("2025", "2024"))  # fmt: skip
    assert (count, other) == (len(now), len(before))
    legend = seen.page.locator(".layer-legend").first
    expect(legend).to_contain_text("août 2024")
    seen.page.get_by_role("radio", name="Rien").click()
    seen.map.locator("body:not([data-beside])[data-layer-people]").wait_for(state="attached")
    assert inside.evaluate("Object.values(mapRoom.shown).every(layer => !layer.second)")
    assert seen.errors == []
