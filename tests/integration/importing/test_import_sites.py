"""Sites of displaced people: a list that is sent becomes a layer; a single family never does."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.people.viewer import PUBLIC
from data.records.displaced_sites import DISPLACED_SITES
from pages.address.selection import read_selection
from pages.figures.load import load_figures
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
