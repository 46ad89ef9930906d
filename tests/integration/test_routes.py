"""The contracts that others rely on: health, sheets, API; nothing fetched from elsewhere, nothing unescaped."""

import csv
import html
import io
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.store import ROOT_VARIABLE
from geo.boundaries import find_neighbours
from tests.clients import open_client
from tests.territories import TAROUDANNT
from tests.workbooks import write_workbook

ROOT = Path(__file__).parents[2]
TIZI = "09.541.04.67"
OUTSIDE = re.compile(r"""(?:src|href|url\()\s*=?\s*["']?(https?:)?//""")


def test_health_names_the_published_snapshot(client, built):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "snapshot": built.snapshot_id()}


def test_the_first_screen_is_found_under_its_name_too(client):
    answer = client.get("/overview?lang=ar&month=2025-08", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == "./?lang=ar&month=2025-08"


@pytest.mark.taroudannt
def test_without_a_store_every_route_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    client = open_client()
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json()["status"] == "unavailable"
    assert client.get("/api/v1/communes").status_code == 503
    assert "python -m data init" in client.get(f"/sheet/{TIZI}").text


def test_communes(client):
    answer = client.get("/api/v1/communes").json()
    assert len(answer["communes"]) == 89
    tizi = next(c for c in answer["communes"] if c["commune_code"] == TIZI)
    assert (tizi["name_fr"], tizi["name_ar"], tizi["area_type"]) == ("Tizi N'test", "تيزي نتاست", "rural")


@pytest.mark.parametrize("path", ["/api", "/api/v1/pressures", "/api/v2/communes"])
def test_an_address_that_the_api_does_not_have_is_told_so_in_json(client, path):
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert answer.json()["error"] == "not_found"


@pytest.mark.parametrize("day", ["2025-08-99", "2025-08-xx", "2025-08ABC"])
def test_a_day_that_does_not_exist_is_a_bad_parameter(client, day):
    answer = client.get("/api/v1/pressure", params={"date": day, "indicator": "ISP"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "date"


def test_pressure_carries_what_a_reader_needs_to_check_it(client, figures):
    answer = client.get("/api/v1/pressure", params={"indicator": "EDU01", "commune": TIZI, "date": "2024-09"}).json()
    (row,) = answer["results"]
    expected = figures.of_month("EDU01", figures.months[12]).loc[TIZI]
    assert row["reference_date"] == "2024-09"
    for field in ("numerator", "denominator", "norm_value", "pressure", "gap_to_norm", "score"):
        assert row[field] == pytest.approx(float(expected[field]))
    assert row["severity_class"] == expected["severity_class"]
    assert (row["status"], row["provenance"]) == ("assessed", "demonstration")
    # By hand: the pressure is the demand over the capacity, over the norm.
    assert row["pressure"] == pytest.approx(row["numerator"] / row["denominator"] / row["norm_value"])


def test_what_a_figure_is_worth_is_told_the_worthiest_first(client, figures):
    answer = client.get("/api/v1/worth").json()
    shares = [row["list_surer"] for row in answer["worth"]]
    assert shares == sorted(shares, reverse=True)
    assert answer["worth"][0]["commune_code"] in figures.territory
    own = client.get(f"/api/v1/worth?commune={TIZI}&format=csv").text
    assert {row["commune_code"] for row in csv.DictReader(io.StringIO(own.lstrip("\ufeff")))} == {TIZI}
    assert client.get("/api/v1/worth?indicator=EDU01").status_code == 400


def test_missing_is_null_and_never_zero(client):
    rows = client.get("/api/v1/pressure", params={"indicator": "HEA07", "commune": "09.541.01.13"}).json()["results"]
    assert rows[0]["pressure"] is None
    assert rows[0]["severity_class"] is None
    assert rows[0]["status"] == "not_assessed"


def test_pressure_as_csv_equals_json(client):
    query = {"indicator": "EDU01,ISP", "date": "2025-08"}
    answer = client.get("/api/v1/pressure", params={**query, "format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    rows = client.get("/api/v1/pressure", params=query).json()["results"]
    assert len(lines) == len(rows) == 178
    for line, row in zip(lines, rows, strict=True):
        assert line["commune_code"] == row["commune_code"]
        assert (float(line["pressure"]) if line["pressure"] else None) == row["pressure"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"date": "2030-01"}, "date"),
        ({"date": "août"}, "date"),
        ({"indicator": "XXX"}, "indicator"),
        ({"indicator": "EDU01,,"}, "indicator"),
        ({"commune": "1"}, "commune"),
        ({"commune": "' OR 1=1 --"}, "commune"),
        ({"format": "xml"}, "format"),
        ({"lang": "de"}, "lang"),
        ({"limit": "0"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"hxl": "yes"}, "hxl"),
        ({"anything": "5"}, "anything"),
    ],
)
def test_a_bad_parameter_is_named_with_what_is_allowed(client, query, parameter):
    answer = client.get("/api/v1/pressure", params=query)
    assert answer.status_code == 400
    detail = answer.json()
    assert detail["error"] == "bad_parameter"
    assert detail["parameter"] == parameter
    assert detail["allowed"]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_sheet_is_one_light_page_that_fetches_nothing(client, language):
    answer = client.get(f"/sheet/{TIZI}", params={"lang": language})
    assert answer.status_code == 200
    assert len(answer.content) <= 60_000
    page = answer.text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert not OUTSIDE.search(page)
    assert "<script" not in page
    assert page.count("<svg") >= 2
    assert len(page.split('class="mark"')) > 10
    assert "OpenStreetMap" in page


@pytest.mark.slow
def test_every_commune_has_its_sheet_within_the_budget(client, figures):
    # A ninth of them, those with the longest lists among them; PROVE=1 makes each one.
    codes = figures.territory if os.environ.get("PROVE") else (TIZI, *figures.territory[::9])
    sizes = {code: len(client.get(f"/sheet/{code}", params={"lang": "ar"}).content) for code in codes}
    assert max(sizes.values()) <= 60_000
    assert min(sizes.values()) > 10_000


def test_numbers_on_a_sheet_are_those_of_the_api(client, figures):
    rows = client.get("/api/v1/pressure", params={"commune": TIZI}).json()["results"]
    page = client.get(f"/sheet/{TIZI}").text
    t = Translator("fr")
    for row in rows:
        indicator = figures.definitions.indicators.get(row["indicator_id"])
        # The sheet has room for what weighs in the index or counts what is missing; the rest stays on screen.
        if indicator is not None and not indicator.in_brief:
            assert f"<strong>{indicator.id}</strong>" not in page
        elif indicator is not None:
            assert f'<td class="n">{t.number(row["value"], indicator.decimals)}</td>' in page, row["indicator_id"]


def test_the_map_of_a_sheet_holds_the_commune_and_its_neighbours(client):
    page = client.get(f"/sheet/{TIZI}").text
    assert len(re.findall(r"<path d='M", page)) >= 1 + len(find_neighbours(TAROUDANNT.layer)[TIZI])
    assert "stroke-width='2.4'" in page


def test_an_unknown_commune_gets_a_clear_page(client):
    answer = client.get("/sheet/09.541.99.99", params={"lang": "ar"})
    assert answer.status_code == 404
    assert 'dir="rtl"' in answer.text
    assert answer.text.count("<li>") == 89


ADDRESSES = [f"/sheet/{TIZI}", f"/sheet/{TIZI}.pdf", f"/deck/{TIZI}"]
HREF = re.compile(r'href="([^"]+)"')


def ways_on(answer):
    """The addresses that a page leads to, as a browser reads them."""
    return [str(answer.url.join(html.unescape(href))) for href in HREF.findall(answer.text)]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("month", ["2040-01", "xx", "2025-8", "2025-08-01"])
def test_a_month_without_figures_is_never_another_month(client, figures, address, month):
    answer = client.get(address, params={"lang": "ar", "month": month, "census": "counted"})
    assert answer.status_code == 400
    assert 'lang="ar" dir="rtl"' in answer.text
    assert month in answer.text
    default, *others = ways_on(answer)
    assert f"month={figures.default_month:%Y-%m}" in default
    assert [re.search(r"month=([\d-]+)", a)[1] for a in others] == [f"{m:%Y-%m}" for m in reversed(figures.months)]
    assert all("census=counted" in a and "lang=ar" in a and address in a for a in (default, *others))


def test_the_way_on_from_a_month_without_figures_is_a_sheet(client, figures):
    default, *others = ways_on(client.get(f"/sheet/{TIZI}", params={"month": "2040-01"}))
    page = client.get(default)
    assert page.status_code == client.get(others[-1]).status_code == 200
    assert Translator("fr").month(figures.default_month) in page.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_language_is_refused_in_french_with_those_there_are(client, address):
    answer = client.get(address, params={"lang": "de", "month": "2024-09"})
    assert answer.status_code == 400
    assert '<html lang="fr"' in answer.text
    assert [re.search(r"lang=(..)", a)[1] for a in ways_on(answer)] == ["fr", "ar", "en"]
    assert all("month=2024-09" in a and address in a for a in ways_on(answer))


def test_a_parameter_without_a_value_asks_for_nothing(client):
    assert client.get(f"/sheet/{TIZI}?lang=&month=").status_code == 200


def test_a_link_to_a_month_that_an_undo_took_away_leads_on(store, client_of_a_copy):
    rows = [["Commune", "Mois", "Élèves primaire"], ["Tizi N'Test", "2025-09", 400]]
    content = write_workbook(rows)
    accept_import(store, content, prepare_for_store(store, content, "s.xlsx", date(2025, 10, 1)))
    link = f"/sheet/{TIZI}?lang=fr&month=2025-09"
    assert client_of_a_copy.get(link).status_code == 200
    store.undo()
    refused = client_of_a_copy.get(link)
    assert refused.status_code == 400
    assert client_of_a_copy.get(ways_on(refused)[0]).status_code == 200


def test_what_stands_in_an_address_is_escaped(client):
    for params in ({"month": "<script>alert(1)"}, {"lang": "<script>alert(1)"}):
        assert "<script>alert" not in client.get(f"/sheet/{TIZI}", params=params).text
    answer = client.get("/sheet/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_a_name_from_the_store_is_escaped_on_a_sheet(store, client_of_a_copy):
    with store.write("import") as connection:
        connection.execute("UPDATE commune SET name_fr = '<b onload=x>&' WHERE commune_code = $code", {"code": TIZI})
    page = client_of_a_copy.get(f"/sheet/{TIZI}").text
    assert "<b onload" not in page
    assert "&lt;b onload=x&gt;&amp;" in page


def test_a_new_snapshot_is_shown_at_the_next_request(store, client_of_a_copy):
    from data.ingest import drop_demonstration

    before = client_of_a_copy.get("/api/v1/pressure", params={"indicator": "EDU01", "commune": TIZI}).json()
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    after = client_of_a_copy.get("/api/v1/pressure", params={"indicator": "EDU01", "commune": TIZI}).json()
    assert before["snapshot"] != after["snapshot"] == store.snapshot_id()
    assert after["results"][0]["value"] is None


def test_answers_carry_security_headers_and_are_compressed(client, monkeypatch):
    answer = client.get(f"/sheet/{TIZI}", headers={"accept-encoding": "gzip"})
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-encoding"] == "gzip"
    # Whatever the system calls such files.
    monkeypatch.setattr("starlette.responses.guess_type", lambda *_names, **_how: ("application/octet-stream", None))
    script, style = (client.get(f"/assets/leaflet/leaflet.{form}") for form in ("js", "css"))
    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert client.get("/assets/layers/taroudannt/communes.geojson").status_code == 200
    assert client.get("/assets/layers/../boundaries.py").status_code == 404


def test_a_server_starts_without_loading_what_only_a_file_needs():
    # Names of communes that people type in an address are matched by rapidfuzz: that one is needed from the first request on.
    heavy = ("matplotlib", "openpyxl", "typst", "docx", "pptx", "scipy")
    asked = f"import sys, pages.web.routes; print(*(m for m in {heavy!r} if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
