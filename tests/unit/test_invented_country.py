"""The invented country: as many communes as the real one has, light to send, whole enough to be simulated, and marked invented."""

import gzip
import json

import pandas as pd
import pytest
import shapely

from data.demonstration import build_demonstration
from data.loaders.today import require_sound
from data.province import load_province
from data.reference_files import (
    list_reference_names,
    read_communes,
    read_province_totals,
    read_reference_files,
    read_source,
)
from geo.boundaries import find_neighbours, read_boundaries
from tests.territories.country import COMMUNES, write_country

LARGEST_LAYER = 300_000
FEW, YEAR = 120, 13


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """A small one, by the same rules."""
    return load_province(write_country(tmp_path_factory.mktemp("places"), FEW, YEAR))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return load_province(write_country(tmp_path_factory.mktemp("country")))


def test_every_commune_has_a_code_and_two_names_of_its_own(whole):
    communes, sent = read_communes(whole), json.loads(whole.layer.path.read_text(encoding="utf-8"))["features"]
    for column in ("commune_code", "name_fr", "name_ar"):
        assert communes[column].nunique() == COMMUNES
    assert sorted(feature["properties"]["commune_code"] for feature in sent) == sorted(communes["commune_code"])
    assert set(communes.loc[communes["area_type"] == "urban", "group_code"]) == {"urban"}


def test_the_layer_of_the_country_is_light_enough_to_be_sent_whole(whole):
    assert len(gzip.compress(whole.layer.path.read_bytes())) <= LARGEST_LAYER


def test_polygons_leave_no_gap_and_share_their_edges(country):
    require_sound(country)
    shapes = read_boundaries(country.layer).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(shapely.area(shapes).sum())
    assert pd.Series({code: len(others) for code, others in find_neighbours(country.layer).items()}).median() == 4


def test_everything_says_that_it_is_invented(country):
    for name in list_reference_names(country):
        assert all("invent" in text or "مخترع" in text for text in read_source(country, name)["labels"].values()), name
    assert "inventé" in country.names["fr"]
    assert "Invented" in country.attribution


def test_the_demonstration_knows_every_commune(country):
    facts = pd.concat([file.observations for file in read_reference_files(country)])
    communes = read_communes(country)
    figures = build_demonstration(country, communes, facts, read_province_totals(country))
    known = figures[figures["variable"].isin(("pupils_primary", "clinicians_fte", "registry_agents_fte"))]
    assert known.groupby("variable")["commune_code"].nunique().eq(FEW).all()
    assert known["value"].notna().all()
    assert figures["provenance"].eq("demonstration").all()
