"""Two maps beside each other: the same layers on both, each of its own month, result or scenario, at one scale; the same on paper."""

import pytest
from starlette.testclient import TestClient

from app import app
from data.i18n import Translator
from geo.palette import PEOPLE
from pages.address.selection import read_selection
from pages.print.charts.map_pair import draw_map_pair
from pages.words.map_layers import read_layer, value_by_commune
from pages.words.map_pair import AskedPair, is_its_own, list_others, read_layers, read_other
from pages.words.view import View

MONTH, BEFORE, TIZI = "2025-08", "2024-08", "09.541.04.67"
LIGHT = 60_000


@pytest.fixture
def view(figures):
    return View(figures, read_selection(figures, {"month": MONTH, "indicator": "EDU01"}), Translator("fr", figures.province))


def radius_by_commune(view, content):
    """Radius of each circle by the commune that it names."""
    names = {view.name(code): code for code in view.codes}
    return {names[place.title.split(view.t("sign.between"))[0]]: place.radius for place in content.places}


@pytest.mark.parametrize("layer", ["people", "displaced"])
def test_circles_of_two_months_are_of_one_scale(view, layer):
    other = read_other(view, f"month:{BEFORE}")
    first, second = read_layers(view, other, layer)
    now, before = value_by_commune(view, layer), value_by_commune(other.view, layer)
    circles, others = radius_by_commune(view, first), radius_by_commune(view, second)
    assert set(others) == set(before.index[before > 0])
    assert not now.equals(before)
    most = max(now.max(), before.max())
    largest = max([*circles.values(), *others.values()])
    for drawn, people in ((circles, now), (others, before)):
        large = [code for code, radius in drawn.items() if radius > 6]
        assert large
        for code in large:
            assert (drawn[code] / largest) ** 2 == pytest.approx(people[code] / most, rel=0.03)


def test_ways_of_two_months_are_of_one_scale(view):
    other = read_other(view, f"month:{BEFORE}")
    pair = read_layers(view, other, "flows")
    assert max(way.width for content in pair for way in content.ways) == 8.0
    alone = read_layer(other.view, "flows")
    assert [way.title for way in pair[1].ways] == [way.title for way in alone.ways]


def test_people_of_a_scenario_are_those_of_its_last_month_and_an_estimate(view):
    key = next(iter(list_others(view, "scenario", "")))
    other = read_other(view, f"scenario:{key}")
    _, second = read_layers(view, other, "people")
    gap = other.ahead.of_month("EDU01", other.ahead.months[-1])["gap_to_norm"]
    assert set(radius_by_commune(view, second)) == set(gap.index[gap > 0])
    largest = gap.idxmax()
    said = next(place.title for place in second.places if place.title.startswith(view.name(largest)))
    assert view.t.number(gap.max(), 0) in said
    assert (second.when, second.provenance) == (view.t.month(other.ahead.months[-1]), "estimate")


def test_what_does_not_change_is_sent_once_and_all_is_light(built):
    client = TestClient(app)
    for layer, differs in (("people", True), ("facilities", True), ("flows", True), ("intensity", False), ("points", False)):
        asked = {"lang": "ar", "month": MONTH, "indicator": "EDU01", "beside": f"month:{BEFORE}"}
        answer = client.get(f"/assets/map/taroudannt/{layer}", params=asked)
        assert is_its_own("month", layer) is differs, layer
        # Nobody has sent a facility: nothing is said twice.
        assert ("second" in answer.json()) is (differs and layer != "facilities"), layer
        assert int(answer.headers["content-length"]) <= LIGHT, layer
    unknown = client.get("/assets/map/taroudannt/people", params={"month": MONTH, "beside": "month:1999-01"})
    assert "second" not in unknown.json()


@pytest.mark.parametrize("kind", ["", "nothing", "month", "commune"])
def test_what_is_not_there_does_not_stand_beside(view, kind):
    assert read_other(view, f"{kind}:nothing", TIZI) is None


def test_paper_carries_the_circles_of_both_maps(view):
    asked, other = AskedPair(f"month:{BEFORE}", TIZI, is_change=False), read_other(view, f"month:{BEFORE}")
    drawn = draw_map_pair(view, asked, ["people"], "svg").decode()
    circles = sum(len(content.places) for content in read_layers(view, other, "people"))
    # Each circle, and one in the legend for either map.
    assert drawn.count(f"fill: {PEOPLE}") == circles + 2


def test_paper_of_communes_and_of_a_change_is_drawn(view):
    for beside, is_change in (("commune:09.541.01.09", False), (f"month:{BEFORE}", True)):
        drawn = draw_map_pair(view, AskedPair(beside, TIZI, is_change), ["intensity"], "svg").decode()
        circles = len(read_layer(view, "intensity").places)
        assert drawn.count("<use ") >= circles, beside
