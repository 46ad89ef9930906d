"""Layers of the map: what each says, where it is fetched, what it keeps to itself."""

from dataclasses import replace

import pandas as pd
import pytest
from starlette.testclient import TestClient

from app import app
from data import queries
from data.i18n import Translator
from geo.palette import CHANGE
from pages.address.selection import file_part, read_selection
from pages.words.flows import MOST_WAYS, read_flows
from pages.words.labels import territory_label
from pages.words.map_change import known_indicators, parts_of, read_change
from pages.words.map_layers import LAYERS, read_asked, read_layer
from pages.words.view import View

MONTH = "2025-08"
LIGHT = 60_000


@pytest.fixture
def view(figures):
    return View(figures, read_selection(figures, {"month": MONTH, "indicator": "EDU01"}), Translator("fr", figures.province))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_layer_is_light_has_its_legend_source_and_date_and_is_fetched_once(built, language):
    client = TestClient(app)
    for layer in LAYERS:
        answer = client.get(
            f"/assets/map/taroudannt/{layer}", params={"lang": language, "month": MONTH, "indicator": "EDU01"}
        )
        said = answer.json()
        assert int(answer.headers["content-length"]) <= LIGHT, layer
        assert {row[3] for row in said["places"]} | {row[5] for row in said["ways"]} == set(said["looks"]), layer
        assert said["legend"], layer
        assert (said["source"] and said["when"]) or said["notes"], layer
        again = client.get(str(answer.url), headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), layer
    assert client.get("/assets/map/taroudannt/nothing").status_code == 404
    assert client.get("/assets/map/mars/people").status_code == 404


def test_a_circle_is_as_large_in_area_as_its_people(view):
    people = view.figures.people_above_norm("EDU01", view.chosen.month)
    places = read_layer(view, "people").places
    assert len(places) == (people > 0).sum()
    largest = places[0]
    assert view.t.number(people.max(), 0) in largest.title
    half = [place for place in places if place.radius > 6]
    for place in half:
        number = next(code for code in people.index if place.title.startswith(view.name(code) + view.t("sign.between")))
        assert (place.radius / largest.radius) ** 2 == pytest.approx(people[number] / people.max(), rel=0.03)


def test_flows_are_the_arrivals_less_the_returns_and_small_ones_are_not_told(view):
    found = read_flows(view)
    movements = view.figures.read(queries.read_movements)
    movements = movements[(movements["reference_date"] <= pd.Timestamp(MONTH)) & (movements["kind"] != "relocation")]
    pair = found.pairs.iloc[0]
    there = movements[(movements["origin_code"] == pair["home"]) & (movements["destination_code"] == pair["host"])]
    back = movements[(movements["origin_code"] == pair["host"]) & (movements["destination_code"] == pair["home"])]
    arrived = there.loc[there["kind"] == "arrival", "persons"].sum()
    returned = back.loc[back["kind"] == "return", "persons"].sum()
    relocated = view.figures.read(queries.read_movements).query("kind == 'relocation'")["home_code"].eq(pair["home"]).any()
    assert relocated or abs(pair["persons"] - (arrived - returned)) <= 2.5
    assert found.pairs["persons"].min() >= 5
    assert (found.pairs["persons"] % 5 == 0).all()
    assert len(found.pairs) == MOST_WAYS
    assert found.small > 0
    assert all("moins de 5" not in way.title for way in read_layer(view, "flows").ways)


def test_layers_follow_the_territory(view):
    cercle = replace(view, chosen=replace(view.chosen, territory="urban"))
    inside = {view.name(code) for code in cercle.codes}
    assert {place.title.split(" :")[0].split("\u00a0:")[0] for place in read_layer(cercle, "intensity").places} <= inside


def test_an_address_names_layers_in_any_order_and_no_other_words():
    assert read_asked("flows,people,people,nothing") == ["people", "flows"]
    assert read_asked("") == []


def test_communes_whose_known_indicators_differ_are_not_compared(view):
    service = replace(view, chosen=replace(view.chosen, indicator="education"))
    rows = service.month_results()
    parts = {i: view.figures.of_month(i, view.chosen.month) for i in parts_of(service)}
    same = known_indicators(service, parts)
    other = same.copy()
    code = rows.index[rows["score"].notna()][0]
    other.loc[code, other.columns[0]] = ~other.loc[code, other.columns[0]]
    change = read_change(service, rows, rows, (other, same))
    assert change.styles[code].row == "not_assessed"
    assert change.styles[code].label == service.t("change.not_comparable")
    assert change.notes[0] == service.t("change.differing", count=1)
    # The legend counts every commune once, those without a colour too, and a map without any colour says why.
    assert sum(count for _, _, count in change.legend) == len(rows)
    assert change.legend[-1] == ("", service.t("change.not_comparable"), 1)
    assert service.t("change.nothing", limit="2") in change.notes
    known = rows["score"].notna() & (rows.index != code)
    assert {change.styles[c].row for c in rows.index[known]} == {CHANGE[3]}
    assert parts_of(view) == []


def test_a_territory_of_one_s_own_is_in_the_address_and_every_total_follows(figures):
    asked = {"territory": "communes:04.67,09.541.01.09,99.99:Ma vallée\u202e"}
    chosen = read_selection(figures, asked)
    assert chosen.territory == "communes:01.09,04.67:Ma vallée"
    view = View(figures, chosen, Translator("fr", figures.province))
    assert view.codes == ["09.541.01.09", "09.541.04.67"]
    assert list(view.month_results().index) == view.codes
    assert territory_label(figures, chosen.territory, view.t) == "Ma vallée (2 communes choisies)"
    assert file_part(chosen.territory) == "01-09-04-67-Ma-vallée"
    # Two long lists that begin alike, and two of one name, are two files.
    first, second = (f"communes:{','.join(f'01.{n:02}' for n in range(end))}:" for end in (20, 21))
    assert len({file_part(list_ + name) for list_ in (first, second) for name in ("", "Vallée haute")}) == 4
    assert file_part(f"{first}Vallée haute").startswith("Vallée-haute-")
    assert read_selection(figures, {"territory": "communes:99.99:x"}).territory == "all"
    assert read_selection(figures, chosen.address()).territory == chosen.territory
