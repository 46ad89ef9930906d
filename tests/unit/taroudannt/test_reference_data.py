"""The tables of facts that ship: complete, sourced, and equal to the printed totals of the province."""

import csv
import gzip
from pathlib import Path

import pandas as pd
import pytest
import shapely

from data.i18n import LANGUAGES
from data.reference_files import (
    list_reference_names,
    read_communes,
    read_province_totals,
    read_reference_files,
    read_source,
)
from geo.boundaries import find_neighbours, read_boundaries
from tests.territories import TAROUDANNT

SHARED = Path(__file__).parents[4] / "shared" / "data"


def total(indicator: str, year: str = "2024") -> float:
    rows = read_province_totals(TAROUDANNT)
    rows = rows[(rows["indicator"] == indicator) & (rows["geography"] == "Taroudant province")]
    return rows[rows["reference_date"].str.startswith(year)]["value"].iloc[0]


def observed(variable: str, date: str) -> pd.Series:
    frame = pd.concat([f.observations for f in read_reference_files(TAROUDANNT)])
    rows = frame[(frame["variable"] == variable) & (frame["reference_date"] == date)]
    return rows.set_index("commune_code")["value"]


@pytest.mark.taroudannt
def test_eighty_nine_communes_eight_of_them_urban_nineteen_in_the_programme():
    communes = read_communes(TAROUDANNT)
    assert len(communes) == communes["commune_code"].nunique() == 89
    assert communes["commune_code"].str.fullmatch(r"09\.541\.\d\d\.\d\d").all()
    urban = communes[communes["area_type"] == "urban"]
    assert len(urban) == 8
    assert (urban["cercle_code"] == "").all()
    assert set(urban["group_code"]) == {"urban"}
    rural = communes[communes["area_type"] == "rural"]
    assert (rural["cercle_fr"] != "").all()
    assert (rural["cercle_ar"] != "").all()
    assert (communes[["name_fr", "name_ar"]] != "").all().all()
    assert communes["in_programme"].sum() == 19


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("variable", "indicator", "year"),
    [("population", "population", "2024"), ("households", "households", "2024"), ("population", "population", "2014")],
)
def test_communes_sum_to_the_printed_total(variable, indicator, year):
    values = observed(variable, f"{year}-09-01")
    assert len(values) == 89
    assert values.notna().all()
    assert values.sum() == total(indicator, year)


@pytest.mark.parametrize("name", list_reference_names(TAROUDANNT))
def test_every_table_says_where_it_comes_from(name):
    source = read_source(TAROUDANNT, name)
    for field in ("producer", "licence", "url", "status", "reference_date", "accessed", "attribution"):
        assert source[field], field
    for field in ("producer", "licence", "reference_date"):
        assert not isinstance(source[field], dict) or set(source[field]) == set(LANGUAGES), field
    for field in ("labels", "notes"):
        assert set(source[field]) == set(LANGUAGES)
    assert (TAROUDANNT.reference / f"{name}.csv").exists()


def test_every_table_of_facts_has_its_source_file():
    assert {p.stem for p in TAROUDANNT.reference.glob("*.csv")} == set(list_reference_names(TAROUDANNT))


def test_no_reference_figure_is_a_demonstration_figure():
    for file in read_reference_files(TAROUDANNT):
        assert "demonstration" not in set(file.observations["provenance"])
        assert (file.observations["source"] != "").all()


@pytest.mark.taroudannt
def test_access_is_measured_in_the_eighty_one_rural_communes():
    rural = set(read_communes(TAROUDANNT).query("area_type == 'rural'")["commune_code"])
    for variable in ("primary_school_km_mean", "college_km_mean", "health_centre_km_mean", "lycee_km_mean"):
        values = observed(variable, "2024-09-01").dropna()
        assert set(values.index) == rural, variable
        assert (values >= 0).all()


@pytest.mark.taroudannt
def test_shelter_proxy_of_tizi_ntest_is_four_households_in_five():
    households = observed("households", "2024-09-01")["09.541.04.67"]
    proxy = observed("shelter_proxy_households", "2024-09-01")["09.541.04.67"]
    assert proxy / households == pytest.approx(0.80, abs=0.02)


@pytest.mark.taroudannt
def test_eleven_communes_are_only_known_to_lie_below_an_intensity():
    with (TAROUDANNT.reference / "earthquake_intensity.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 89
    assert sum(1 for row in rows if row["mmi_intensity"] == "") == 11


@pytest.mark.taroudannt
def test_boundaries_are_light_complete_and_share_their_edges():
    path = TAROUDANNT.layer.path.parent / "communes.geojson"
    assert len(gzip.compress(path.read_bytes(), 6)) <= 60_000
    boundaries = read_boundaries(TAROUDANNT.layer)
    assert set(boundaries["commune_code"]) == set(read_communes(TAROUDANNT)["commune_code"])
    assert boundaries.geometry.is_valid.all()
    assert shapely.coverage_is_valid(boundaries.geometry.to_numpy())
    assert (TAROUDANNT.layer.path.parent / "LICENSE-ODbL.md").exists()
    neighbours = find_neighbours(TAROUDANNT.layer)
    for code, others in neighbours.items():
        assert others
        assert all(code in neighbours[other] for other in others)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared figures are not beside the project")
def test_carried_figures_equal_the_files_they_came_from():
    shared = pd.read_csv(SHARED / "taroudant_communes.csv", dtype=str).set_index("code")
    for variable, column in (("population", "population_2024"), ("households", "households_2024")):
        carried = observed(variable, "2024-09-01")
        assert (carried == shared[column].astype(float).reindex(carried.index)).all()
