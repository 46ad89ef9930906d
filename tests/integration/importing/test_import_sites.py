"""Sites of displaced people: a list that is sent becomes a layer; a single family never does."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import geopandas as gpd
import pytest

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.people.viewer import PUBLIC
from data.records.displaced_sites import DISPLACED_SITES
from geo.geopackage import write_geopackage
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.web.api.map_package import map_layers
from pages.words.map_layers import read_layer
from pages.words.view import View
from tests.workbooks import write_workbook

TODAY = date(2025, 9, 15)
HEADINGS = ["Commune", "Mois", "Nom du site", "Latitude", "Longitude", "Ménages", "Personnes", "Source"]
# Two points inside their communes.
TIZI = ["Tizi N'Test", "août 2024", "Terrain communal", 30.83, -8.30, 42, 203, "Liste de la commune"]
FREIJA = ["Freija", "août 2024", "Souk", None, None, 12, "ND", "Liste de la commune"]

pytestmark = pytest.mark.taroudannt


def send(store, *rows):
    content = write_workbook([HEADINGS, *rows], title="Sites")
    report = prepare_for_store(store, content, "sites.xlsx", TODAY)
    if report.is_acceptable:
        accept_import(store, content, report)
    return report


def seen(store, viewer=None):
    province = store.province
    whole = load_figures(store.current().id, DEFAULTS, province, **({"viewer": viewer} if viewer else {}))
    return View(whole, read_selection(whole, {"month": "2024-08"}), Translator("fr", province))


def test_a_list_becomes_the_layer_with_rounded_people_and_its_source(store):
    report = send(store, TIZI, FREIJA)
    assert report.counts_of(DISPLACED_SITES)["kept"] == 2, report.findings
    layer = read_layer(seen(store), "sites")
    (place,) = layer.places
    assert (place.latitude, place.longitude) == (30.83, -8.30)
    assert "Terrain communal (Tizi N'test)" in place.title
    assert "205 personnes" in place.title.replace("\u00a0", " ")
    assert "203" not in place.title
    assert layer.source == "Liste de la commune"
    assert "Un site sans coordonnées n'est pas montré." in layer.notes


def test_a_newer_month_takes_the_place_and_a_later_one_waits(store):
    send(store, TIZI, [*TIZI[:1], "juillet 2024", *TIZI[2:5], 60, 300, "Liste"])
    (place,) = read_layer(seen(store), "sites").places
    assert "42 ménages" in place.title.replace("\u00a0", " ")
    view = seen(store)
    before = replace(view, chosen=replace(view.chosen, month=view.figures.months[-1].replace(month=7, year=2024)))
    (place,) = read_layer(before, "sites").places
    assert "60 ménages" in place.title.replace("\u00a0", " ")


def test_a_family_is_no_site(store):
    report = send(store, TIZI, [*FREIJA[:5], 1, 6, "Liste"])
    finding = next(f for f in report.findings if f.key == "site_too_small")
    assert finding.values["least"] == 5
    assert finding.cells == ("Sites!F3",)
    assert report.counts_of(DISPLACED_SITES)["kept"] == 1


def test_nothing_sent_says_what_would_fill_it_and_the_public_sees_no_place(store):
    empty = read_layer(seen(store), "sites")
    assert empty.places == []
    assert "Sites d'accueil" in empty.notes[0]
    send(store, TIZI)
    kept = read_layer(seen(store, PUBLIC.viewer), "sites")
    assert list(kept.places) == []
    assert kept.notes[0].startswith("L'emplacement des sites n'est pas public.")


def package_of(view):
    whole = view.figures.territory
    return map_layers(SimpleNamespace(figures=view.figures, communes=whole, month=view.chosen.month, t=view.t), "ISP")


def test_sites_leave_in_the_geopackage_with_rounded_people_for_who_may_see_them(store, tmp_path):
    send(store, TIZI, FREIJA)
    path = tmp_path / "territory.gpkg"
    path.write_bytes(write_geopackage(package_of(seen(store))))
    rows = gpd.read_file(path, layer="sites").set_index("site_name")
    assert rows.crs == "EPSG:4326"
    assert rows.loc["Terrain communal", ["households", "persons", "reference_date"]].tolist() == [42, 205, "2024-08"]
    assert (rows.geometry["Terrain communal"].x, rows.geometry["Terrain communal"].y) == (-8.30, 30.83)
    assert rows.geometry["Souk"] is None
    assert rows["persons"].isna()["Souk"]
    assert set(rows["source"]) == {"Liste de la commune"}
    public = package_of(seen(store, PUBLIC.viewer))
    assert "sites" not in [layer.name for layer in public]


def test_a_geopackage_without_any_site_opens_with_an_empty_layer(store, tmp_path):
    path = tmp_path / "territory.gpkg"
    path.write_bytes(write_geopackage(package_of(seen(store))))
    rows = gpd.read_file(path, layer="sites")
    assert rows.empty
    assert {"site_id", "persons", "source"} <= set(rows.columns)
