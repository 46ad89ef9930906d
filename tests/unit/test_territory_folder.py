"""A territory is a folder: found by its name, offered by a setting, complete."""

import shutil
from pathlib import Path

import pytest

from data import province as provinces
from data.province import (
    FOLDERS_VARIABLE,
    OFFERED_VARIABLE,
    UnknownProvinceError,
    default_province,
    find_province,
    offered_provinces,
)
from data.reference_files import list_reference_names, read_communes, read_source
from data.store import ROOT_VARIABLE, Store
from geo.boundaries import find_neighbours, neighbours_of
from geo.distances import centroid_distances_km
from tests.territories import FOLDERS, TAROUDANNT, VALCLAIR


def offer(monkeypatch, names):
    monkeypatch.setenv(FOLDERS_VARIABLE, str(FOLDERS))
    monkeypatch.setenv(OFFERED_VARIABLE, names)


@pytest.mark.taroudannt
def test_without_a_setting_the_folders_that_ship_are_offered(monkeypatch):
    monkeypatch.delenv(OFFERED_VARIABLE, raising=False)
    monkeypatch.delenv(FOLDERS_VARIABLE, raising=False)
    offered = offered_provinces()
    assert offered[0] == TAROUDANNT
    assert {p.id for p in offered} == {path.parent.name for path in provinces.SHIPPED.glob("*/territory.yaml")}


@pytest.mark.taroudannt
def test_a_new_folder_comes_after_the_territory_that_was_there_alone_whatever_its_name(monkeypatch, tmp_path):
    monkeypatch.delenv(OFFERED_VARIABLE, raising=False)
    monkeypatch.delenv(FOLDERS_VARIABLE, raising=False)
    monkeypatch.setattr(provinces, "SHIPPED", tmp_path)
    shutil.copytree(TAROUDANNT.folder, tmp_path / "taroudannt")
    shutil.copytree(VALCLAIR.folder, tmp_path / "aaa")
    assert [p.id for p in offered_provinces()] == ["taroudannt", "aaa"]


@pytest.mark.taroudannt
def test_the_setting_says_which_are_offered_and_which_comes_first(monkeypatch):
    offer(monkeypatch, "valclair, taroudannt")
    assert offered_provinces() == (VALCLAIR, TAROUDANNT)
    assert default_province() == VALCLAIR
    assert find_province(None) == find_province("") == VALCLAIR
    assert find_province("taroudannt") == TAROUDANNT


@pytest.mark.parametrize("asked", ["taroudannt", "../valclair", "mars"])
def test_what_is_not_offered_is_not_found(monkeypatch, asked):
    offer(monkeypatch, "valclair")
    with pytest.raises(UnknownProvinceError) as error:
        find_province(asked)
    assert error.value.values == {"asked": asked, "offered": "valclair"}


def test_a_setting_that_names_no_folder_is_refused(monkeypatch):
    offer(monkeypatch, "atlantis")
    with pytest.raises(UnknownProvinceError):
        offered_provinces()


@pytest.mark.taroudannt
def test_each_territory_has_its_own_store(monkeypatch, tmp_path):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    assert {Store(province=p).root for p in (VALCLAIR, TAROUDANNT)} == {tmp_path / "valclair", tmp_path / "taroudannt"}


@pytest.mark.parametrize("province", [TAROUDANNT, VALCLAIR], ids=lambda p: p.id)
def test_codes_boundaries_and_limits_agree_with_one_another(province):
    communes = read_communes(province)
    assert communes["commune_code"].str.startswith(f"{province.codes}.").all()
    assert communes["commune_code"].is_unique
    assert set(communes["area_type"]) == {"urban", "rural"}
    assert (communes["cercle_code"] == "").equals(communes["area_type"] == "urban")
    assert set(find_neighbours(province.layer)) <= set(communes["commune_code"])
    assert set(province.aliases) <= set(communes["commune_code"])
    for column, limits in (
        ("centroid_lat", province.epicentre["latitude"]),
        ("centroid_lng", province.epicentre["longitude"]),
    ):
        assert communes[column].dropna().between(*limits).all()
    assert province.epicentre["latitude"][0] < province.event.shock.latitude < province.epicentre["latitude"][1]


@pytest.mark.parametrize("name", list_reference_names(VALCLAIR))
def test_the_invented_province_says_that_it_is_invented(name):
    assert "inventé" in read_source(VALCLAIR, name)["labels"]["fr"]


def test_a_commune_may_touch_no_other_or_have_no_polygon():
    layer, codes = VALCLAIR.layer, tuple(read_communes(VALCLAIR)["commune_code"])
    assert neighbours_of(layer, "99.900.05.07") == neighbours_of(layer, "99.900.05.09") == ()
    assert set(neighbours_of(layer, "99.900.01.07")) == {"99.900.01.01", "99.900.05.01"}
    distances = centroid_distances_km(layer, codes)
    # 0.18 degrees of longitude at 32.375 north, by the sphere: 111.2 km a degree times its cosine.
    assert distances[codes.index("99.900.01.01"), codes.index("99.900.01.07")] == pytest.approx(16.9, abs=0.1)
    assert (distances[codes.index("99.900.05.09")] != distances[codes.index("99.900.05.09")]).all()


def test_asking_again_reads_no_disk(monkeypatch):
    """An import asks for the definitions of the default territory at every cell."""
    default = default_province()
    read = []
    monkeypatch.setattr(Path, "glob", lambda *asked: read.append(asked))
    monkeypatch.setattr(Path, "read_text", lambda *asked, **_: read.append(asked))
    assert default_province() == default
    assert read == []
