"""The API as its document says it: valid OpenAPI, every answer of the kind that is described, each form opened by its own library."""

import io
import json
import re
import sqlite3
from types import SimpleNamespace
from urllib.parse import urlencode

import geopandas as gpd
import jsonschema
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pysdmx.io import read_sdmx
from starlette.requests import Request

from data.exporting.columns import hxl_tags, named_columns
from data.importing.accept import prepare_for_store
from data.store import ROOT_VARIABLE, Store, StoreError
from pages.web.api import answering
from pages.web.api.map_package import VALUED
from pages.web.api.resources import RESOURCES
from pages.web.kept_answers import Answer, KeptAnswers
from pages.web.routes import ROUTES
from tests.clients import open_client

TIZI, MONTH = "09.541.04.67", "2025-08"
FEW = {"commune": TIZI, "indicator": "EDU01,ISP", "variable": "pupils_primary,displaced_persons"}
TABLES = [resource.name for resource in RESOURCES]


def make_client():
    return open_client()


@pytest.fixture
def client(built):
    return make_client()


@pytest.fixture
def client_of_reports(first_week_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(first_week_store))
    return make_client()


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json()


def ask_few(client, name, **more):
    """A small answer of a table: each parameter that it takes, with few values."""
    (resource,) = (r for r in RESOURCES if r.name == name)
    return client.get(resource.path, params={k: v for k, v in FEW.items() if k in resource.asks} | more)


def test_the_document_is_valid_and_names_every_address_of_the_api(document):
    OpenAPIV31SpecValidator(document).validate()
    ours = {route.path for route in ROUTES if getattr(route, "path", "").startswith(("/api/v1", "/embed"))}
    told = {path.replace(".svg", ".{form}").replace(".png", ".{form}") for path in document["paths"]}
    assert told == ours


@pytest.mark.parametrize("name", TABLES)
def test_every_table_answers_what_its_schema_says(client, document, name):
    answer = ask_few(client, name)
    assert answer.status_code == 200, answer.text[:300]
    said = document["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**said, "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json())
    assert {"province", "snapshot", "method_version", "definitions", "total"} <= answer.json().keys()


@pytest.mark.parametrize("name", TABLES)
def test_csv_parquet_and_json_hold_the_same_rows_and_tags(client, name):
    (resource,) = (r for r in RESOURCES if r.name == name)
    rows = ask_few(client, name).json()[resource.rows]
    lines = pd.read_csv(io.BytesIO(ask_few(client, name, format="csv").content), dtype=str)
    table = pq.read_table(io.BytesIO(ask_few(client, name, format="parquet").content))
    assert list(lines.columns) == table.column_names == list(resource.columns)
    assert len(lines) == table.num_rows == len(rows)
    assert set(resource.columns) <= named_columns()
    tagged = ask_few(client, name, format="csv", hxl="1").content.decode("utf-8-sig").splitlines()
    assert tagged[1].split(",") == hxl_tags(resource.columns, name)
    assert table.schema.metadata[b"snapshot"].decode()


def test_pages_of_a_table_put_together_are_the_table(client):
    whole = client.get("/api/v1/pressure", params={"indicator": "ISP"}).json()
    address, rows = "/api/v1/pressure?indicator=ISP&limit=40", []
    while address:
        answer = client.get(address)
        rows += answer.json()["results"]
        assert answer.headers["x-total-count"] == str(whole["total"]) == "89"
        link = answer.links.get("next")
        address = link and f"/api/v1/pressure{link['url']}"
    assert rows == whole["results"]


def test_the_communes_open_as_polygons_with_the_values_of_the_month(client, figures):
    answer = client.get("/api/v1/communes.geojson", params={"indicator": "EDU01", "date": "2024-09"})
    communes = gpd.read_file(io.BytesIO(answer.content)).set_index("commune_code")
    assert set(communes.geom_type) <= {"Polygon", "MultiPolygon"}
    expected = figures.of_month("EDU01", figures.months[12])
    assert communes["pressure"].to_dict() == pytest.approx(expected["pressure"].to_dict(), nan_ok=True)
    assert set(communes["reference_date"]) == {"2024-09"}
    assert client.get("/api/v1/communes.geojson", params={"indicator": "EDU01,ISP"}).status_code == 400


def test_the_geopackage_holds_its_layers_with_values_and_styles(client, figures, tmp_path):
    path = tmp_path / "territory.gpkg"
    path.write_bytes(client.get("/api/v1/territory.gpkg").content)
    assert set(pyogrio.list_layers(path)[:, 0]) >= {"communes", "douars", "facilities", "service_points", "results"}
    communes = gpd.read_file(path, layer="communes").set_index("commune_code")
    expected = figures.of_month("ISP", figures.months[-1])["score"]
    assert communes["ISP_score"].to_dict() == pytest.approx(expected.to_dict(), nan_ok=True)
    people = gpd.read_file(path, layer="people").set_index("commune_code")["value"]
    above = figures.people_above_norm("ISP", figures.months[-1])
    assert people.to_dict() == pytest.approx(above.dropna().to_dict())
    flows = gpd.read_file(path, layer="flows")
    assert set(flows.geom_type) == {"LineString"}
    assert flows["persons"].min() >= 5
    assert set(flows["provenance"]) == {"demonstration"}
    douars = gpd.read_file(path, layer="douars")
    assert len(douars) == client.get("/api/v1/douars").json()["total"]
    assert set(douars.geom_type.dropna()) == {"Point"}
    with sqlite3.connect(path) as package:
        styles = package.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault").fetchall()
    assert {name for name, _ in styles} == {"communes", "douars", "facilities", "service_points", "sites", *VALUED}
    assert all(qml.startswith("<!DOCTYPE qgis") for _, qml in styles)


def test_the_geopackage_of_some_communes_holds_theirs_in_every_layer(client, tmp_path):
    asked, path = {"09.541.04.67", "09.541.04.49"}, tmp_path / "two.gpkg"
    answer = client.get("/api/v1/territory.gpkg", params={"commune": ",".join(sorted(asked))})
    path.write_bytes(answer.content)
    assert "04-49-04-67" in answer.headers["content-disposition"]
    names = set(pyogrio.list_layers(path)[:, 0]) - {"layer_styles", "flows"}
    layers = {name: gpd.read_file(path, layer=name) for name in names}
    assert {name: set(rows["commune_code"]) - asked for name, rows in layers.items()} == {name: set() for name in names}
    assert {name: len(layers[name]) for name in ("communes", "people")} == {"communes": 2, "people": 2}
    assert layers["douars"]["commune_code"].nunique() == 2
    flows = gpd.read_file(path, layer="flows")
    assert (flows["home"].isin(asked) | flows["host"].isin(asked)).all()


@pytest.mark.parametrize("name", ["pressure", "observations"])
def test_pysdmx_reads_the_sdmx_csv(client, name, tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(ask_few(client, name, format="sdmx-csv").content)
    (dataset,) = read_sdmx(path, validate=False).data
    rows = ask_few(client, name).json()
    own = rows["results" if name == "pressure" else "observations"]
    assert list(dataset.data["REF_AREA"]) == [row["commune_code"] for row in own]
    assert set(dataset.data["TIME_PERIOD"]) == {MONTH}


def test_value_sets_of_dhis2_are_read_back_by_the_importer_and_hold_no_simulation(
    client, client_of_reports, first_week_store
):
    sets = client_of_reports.get("/api/v1/observations", params={"format": "dhis2"}).json()
    sent = client_of_reports.get("/api/v1/observations").json()["observations"]
    known = {(r["commune_code"], r["variable"]): r["value"] for r in sent if r["value"] is not None}
    assert {(v["orgUnit"], v["dataElement"]): float(v["value"]) for v in sets["dataValues"]} == known
    report = prepare_for_store(Store(first_week_store), json.dumps(sets).encode(), "dataValueSets.json")
    read = report.observations.set_index(["commune_code", "variable"])["value"].to_dict()
    assert read == known
    assert len(read) > 10


def test_small_counts_are_withheld_in_observations_and_movements(client, figures):
    month = figures.months[-1]
    rows = client.get("/api/v1/observations", params={"variable": "displaced_persons"}).json()["observations"]
    withheld = figures.withheld("displaced_persons", month)
    assert {r["commune_code"]: r["status"] == "suppressed" for r in rows} == withheld[
        [r["commune_code"] for r in rows]
    ].to_dict()
    assert all(r["value"] is None for r in rows if r["status"] == "suppressed")
    moved = client.get("/api/v1/movements").json()["movements"]
    assert {r["persons"] for r in moved if r["status"] == "suppressed"} == {None}
    assert all(r["persons"] % 5 == 0 for r in moved if r["persons"] is not None)


def test_an_answer_that_still_holds_is_not_sent_again(client):
    first = ask_few(client, "pressure")
    asked = {"commune": TIZI, "indicator": "EDU01,ISP"}
    again = client.get("/api/v1/pressure", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "private, no-cache"
    assert "Authorization" in first.headers["vary"]
    assert ask_few(client, "pressure", lang="ar").headers["etag"] != first.headers["etag"]


def test_kept_answers_are_bounded_and_computed_once():
    kept, built = KeptAnswers(largest_sum=1000, largest_one=600), []

    def build(size):
        built.append(size)
        return Answer(bytes(size), "text/plain", packs=False)

    for mark in ("a", "b", "a"):
        kept.find(mark, lambda: build(400))
    assert built == [400, 400]
    kept.find("c", lambda: build(400))
    kept.find("b", lambda: build(400))
    assert (built, kept.size) == ([400] * 4, 800)
    kept.find("large", lambda: build(700))
    assert kept.size == 800


def test_maps_and_charts_are_images_by_address(client):
    svg = client.get("/api/v1/chart/ranking.svg", params={"indicator": "EDU01"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert client.get("/api/v1/map.png").content.startswith(b"\x89PNG")
    assert client.get("/api/v1/chart/nothing.svg").status_code == 404
    assert client.get("/api/v1/map.exe").status_code == 404


@pytest.mark.parametrize("name", ["map", "chart/history", "chart/ranking", "chart/displaced"])
def test_an_embedded_page_is_framed_by_the_sites_of_the_list_only(client, monkeypatch, name):
    closed = client.get(f"/embed/{name}", params={"commune": TIZI, "lang": "ar"})
    assert closed.headers["x-frame-options"] == "SAMEORIGIN"
    monkeypatch.setenv("SERVICE_PRESSURE_EMBED", "https://province.example.ma javascript:alert(1) 'unsafe-inline'")
    page = client.get(f"/embed/{name}", params={"commune": TIZI, "lang": "ar"})
    assert "frame-ancestors 'self' https://province.example.ma;" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert 'dir="rtl"' in page.text
    assert "<table>" in page.text
    assert "<script" not in page.text
    assert client.get("/api/docs").headers["x-frame-options"] == "SAMEORIGIN"


def test_the_page_of_docs_names_every_table_and_loads_nothing_from_elsewhere(client):
    page = client.get("/api/docs", params={"lang": "fr"}).text
    assert all(f"GET {resource.path}<" in page for resource in RESOURCES)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)


def test_a_name_that_is_written_a_thousand_times_is_answered_once(client):
    for name, parameter in (("pressure", "indicator"), ("support", "commune"), ("observations", "variable")):
        once = ask_few(client, name)
        value = FEW[parameter].split(",")[0]
        few = {k: v for k, v in FEW.items() if k != parameter and k in once.url.params} | {parameter: value}
        expected = client.get(f"/api/v1/{name}", params=few).json()
        assert client.get(f"/api/v1/{name}", params=few | {parameter: ",".join([value] * 1000)}).json() == expected, name


@pytest.mark.parametrize("number", ["1" + "0" * 30, "0" * 11 + "1" + "0" * 5000, "9" * 5000, "-1", "1e3", "\u0661"])
def test_a_number_that_no_table_has_is_refused_and_stops_nothing(client, number):
    for name in ("limit", "offset"):
        answer = client.get("/api/v1/communes", params={name: number})
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)


def test_a_value_with_a_sign_of_its_own_is_not_kept_as_the_answer_of_another_call(figures):
    question = SimpleNamespace(figures=figures)
    one, two = (
        Request({"type": "http", "path": "/api/v1/map.svg", "headers": [], "query_string": urlencode(asked).encode()})
        for asked in ({"commune": "x\nlang=ar"}, {"commune": "x", "lang": "ar"})
    )
    assert answering._mark(one, question) != answering._mark(two, question)


def test_a_version_that_could_be_none_is_not_looked_for_on_the_disk(client):
    for asked in ("b" * 3000, "..", "../current", "\0", "-", ""):
        assert client.get("/report.pdf", params={"since": asked, "from": "x"}).status_code == 400, asked
        with pytest.raises(StoreError, match="snapshot_gone"):
            Store().shelf.open(asked)
