"""Douars on the screen, in the files and in the API say the same: what is withheld is empty, each row has its lineage."""

import csv
import io
import json

import openpyxl
import pytest
from starlette.testclient import TestClient

from app import app
from data.i18n import Translator
from pages.address.selection import read_selection
from pages.print.tables.douars import write_douar_csv, write_douar_workbook
from pages.words.douars import COLUMNS, list_douars, search_douars, write_totals
from pages.words.view import View

TIZI = "09.541.04.67"


@pytest.fixture
def view(figures):
    return View(figures, read_selection(figures, {}), Translator("fr", figures.province))


def test_the_api_gives_the_douars_of_a_commune_with_source_date_and_null_where_withheld(built):
    answer = TestClient(app).get("/api/v1/douars", params={"commune": TIZI}).json()
    rows = answer["douars"]
    assert set(rows[0]) == set(COLUMNS)
    assert {row["commune_code"] for row in rows} == {TIZI}
    assert {(row["reference_date"], row["source"]) for row in rows} == {("2024-09-01", "HCP, RGPH 2024")}
    withheld = [row for row in rows if row["households"] < 30]
    assert withheld
    assert all(row["status"] == "suppressed" and row["health_centre_km"] is None for row in withheld)
    assert "ODbL" in answer["licence_of_places"]


def test_the_api_refuses_a_commune_that_is_not_there(built):
    answer = TestClient(app).get("/api/v1/douars", params={"commune": "1"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "commune")


def test_csv_and_workbook_hold_every_douar_and_zero_stays_zero(view):
    douars = list_douars(view, [TIZI])
    rows = list(csv.DictReader(io.StringIO(write_douar_csv(view, douars).decode("utf-8-sig"))))
    assert len(rows) == len(douars)
    zero = next(row for row in rows if row["douar_code"] == "5410467201002")
    assert float(zero["primary_school_km"]) == 0
    assert zero["latitude"] == ""
    book = openpyxl.load_workbook(io.BytesIO(write_douar_workbook(view, douars)))
    assert book.sheetnames == ["Douars", "Notes"]
    assert book["Douars"].max_row == len(douars) + 1


def test_a_search_finds_a_douar_by_name_by_code_and_by_its_commune_in_any_spelling(view):
    douars = list_douars(view, view.codes)
    assert "5410467201003" in search_douars(view, douars, "takalilt").index
    assert list(search_douars(view, douars, "5410467201003").index) == ["5410467201003"]
    assert set(search_douars(view, douars, "تيزي نتاست")["commune_code"]) == {TIZI}
    assert len(search_douars(view, douars, "")) == len(douars)


def test_the_eight_communes_with_a_remainder_are_named(view):
    totals = write_totals(view, view.codes)
    assert len(totals.remainders) == 8
    assert {"commune": "Tigouga", "people": "10 personnes"} in totals.remainders
    assert json.dumps(totals.sentences, ensure_ascii=False).count("1\u202f235") == 1


def test_the_map_fetches_places_with_their_figure_in_words_and_refuses_any_other_figure(built):
    client = TestClient(app)
    answer = client.get("/assets/douars/taroudannt/health_centre_km", params={"lang": "fr"}).json()
    assert len(answer["douars"]) == 1688
    assert {row[3] for row in answer["douars"]} == {"near", "far", "very_far", "withheld"} <= set(answer["looks"])
    assert any(row[4].startswith("Takalilt (Tizi N'test)") for row in answer["douars"])
    for address in ("taroudannt/name", "mars/health_centre_km", "taroudannt/health_centre_km?lang=de"):
        assert client.get(f"/assets/douars/{address}").status_code == 404
