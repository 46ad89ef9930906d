"""The lens: through it no simulated figure is seen on any way out, and nothing else changes."""

import csv
import io

import pandas as pd
import pytest

from analytics.assumptions import Assumptions, FigureKinds
from data import queries
from data.ingest import count_demonstration, drop_demonstration
from data.store import Store
from pages.figures.load import load_figures
from tests.clients import open_client

REAL = Assumptions(figures=FigureKinds.REAL)
TIZI = "09.541.04.67"


@pytest.fixture
def client(built):
    return open_client()


def test_looking_through_it_is_what_removing_the_demonstration_leaves(built, official_store):
    through = load_figures(built.snapshot_id(), REAL)
    kept, cursor = Store(official_store).open(), None
    try:
        cursor = kept.cursor()
        territory = queries.whole_territory(cursor)
        expected = queries.read_observations(cursor, territory).drop(columns="upload_id")
        months = queries.read_months(cursor, territory)
    finally:
        kept.close()
    seen = through.read(queries.read_observations).drop(columns="upload_id")
    pd.testing.assert_frame_equal(seen, expected)
    assert months == []
    assert through.months == (pd.Timestamp("2024-09-01"),)
    assert through.read(queries.read_movements).empty
    assert through.read(queries.read_trace, TIZI, ["pupils_primary"]).empty
    assert set(through.origins.sources(through.months[0])["provenance"]) <= {"measured", "derived", "proxy"}


def test_no_result_rests_on_the_example_and_screens_say_that_it_is_there(built):
    through = load_figures(built.snapshot_id(), REAL)
    assert all("demonstration" not in set(frame["provenance"]) for frame in through.results.values())
    assert not through.has_demonstration
    assert through.holds_demonstration
    assert through.default_result == "BASE"


def test_the_api_answers_everything_unless_it_is_asked_for_what_is_real(client):
    address = f"/api/v1/pressure?commune={TIZI}&indicator=EDU01,HEA07,BASE"
    both, real = (client.get(address + lens).json()["results"] for lens in ("", "&figures=real"))
    assert {r["indicator_id"]: r["provenance"] for r in both}["EDU01"] == "demonstration"
    assert {r["indicator_id"]: r["status"] for r in real} == {"EDU01": "missing", "HEA07": "assessed", "BASE": "assessed"}
    assert [r["score"] for r in real if r["indicator_id"] == "BASE"] == [
        r["score"] for r in both if r["indicator_id"] == "BASE"
    ]
    assert client.get(address + "&figures=some").status_code == 400
    # A month that the document offers and that holds nothing measured is not there; what is no month is wrong.
    absent = client.get("/api/v1/pressure?date=2024-10&figures=real")
    assert (absent.status_code, absent.json()["error"]) == (404, "no_such_month")
    assert absent.json()["allowed"] == "YYYY-MM from 2024-09 to 2024-09"
    assert client.get("/api/v1/pressure?date=2024-13&figures=real").status_code == 400
    file = client.get(address + "&figures=real&format=csv")
    assert file.headers["content-disposition"] == 'attachment; filename="pressure-2024-09-mesure.csv"'
    table = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["reference_date"] for row in table] == ["2024-09"] * 3


def test_a_sheet_through_it_prints_no_simulated_figure(client):
    assert client.get(f"/sheet/{TIZI}?lang=fr").text.count("démonstration") > 3
    page = client.get(f"/sheet/{TIZI}?lang=fr&figures=real").text
    assert page.count("démonstration") == page.count("Aucun chiffre de démonstration") > 0
    assert "figures=real" in page
    assert "Situation de départ" in page


def test_what_would_be_removed_is_told_as_the_one_number_that_is(store):
    with store.open() as connection:
        told = count_demonstration(connection.cursor())
    with store.write("drop-demonstration") as connection:
        assert drop_demonstration(connection) == told > 60_000
    with store.open() as connection:
        assert count_demonstration(connection.cursor()) == 0
