"""A true place typed on the screen goes through the checks of an import, replaces the derived one, and says what it is worth."""

import pytest

from analytics.service_network import PointStatus
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.service_points import read_services, to_degrees
from pages.print.tables.service_points import COLUMNS, build_point_table
from pages.screens.places.true_point import write_row
from pages.words.service_points import dots_of, list_contradictions, list_points, state_services
from pages.words.view import View

IGLI = "09.541.04.23"


def make_view(figures, language="fr"):
    return View(figures, read_selection(figures, {}), Translator(language, figures.province))


def enter(store, latitude, longitude, commune=IGLI):
    row = ["2026-01", commune, "Centre de santé", "primary_care", latitude, longitude, "Délégation"]
    content = write_row(row)
    report = prepare_for_store(store, content, "saisie.csv")
    return content, report


def test_nothing_is_known_at_first_and_every_place_says_that_it_is_derived(figures):
    view = make_view(figures)
    found = read_services(figures, "health_centre")
    rows = list_points(view, found)
    assert len(rows) == 89
    assert sum(row["is_derived"] for row in rows) == 57
    assert {row["status"] for row in rows} == {"déduit", "déduit, fragile", "non déductible"}
    assert len(dots_of(view, found, view.codes)) == 57
    assert state_services(view, found).startswith("Centre de santé\u00a0: lieu déduit pour 57 communes sur 89")


def test_the_table_that_leaves_has_a_place_only_where_one_is_derived_and_says_so(figures):
    table = build_point_table(make_view(figures), figures.territory).set_index("service")
    assert (len(table), len(table.columns)) == (2 * 89, len(COLUMNS) - 1)
    derived = table[table["provenance"] == "derived"]
    assert derived.groupby("service").size().to_dict() == {"college": 53, "health_centre": 57}
    assert set(derived["status"]) == {"derived", "weak"}
    is_better = derived["held_out_error"] < derived["median_error"]
    assert (is_better == (derived["status"] == "derived")).all()
    assert derived[["latitude", "ellipse_long_km", "ellipse_degrees", "douars_used"]].notna().all(axis=None)
    other = table[table["provenance"] != "derived"]
    assert set(other["status"]) == {"not_derivable"}
    assert other[["latitude", "longitude", "ellipse_long_km", "off_km", "held_out_error"]].isna().all(axis=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_contradictions_name_the_douar_and_its_figure(figures, language):
    lines = list_contradictions(make_view(figures, language), read_services(figures, "health_centre"))
    assert len(lines) > 20
    assert all("km" in line or "كلم" in line for line in lines)


def test_a_true_place_replaces_the_derived_one_and_undo_brings_it_back(store):
    before = load_figures(store.snapshot_id())
    derived = read_services(before, "health_centre").points[IGLI]
    latitude, longitude = to_degrees(before.province, derived.places[0] + 1.0)
    content, report = enter(store, f"{latitude:.5f}", f"{longitude:.5f}")
    accept_import(store, content, report)
    after = load_figures(store.snapshot_id())
    found = read_services(after, "health_centre")
    assert found.points[IGLI].status is PointStatus.TRUE
    assert found.points[IGLI].off_km == pytest.approx(2**0.5, abs=0.02)
    row = next(row for row in list_points(make_view(after), found) if row["code"] == IGLI)
    assert "1,4\u00a0km" in row["worth"]
    table = build_point_table(make_view(after), ["09.541.04.67", IGLI]).set_index(["commune_code", "service"])
    true = table.loc[(IGLI, "health_centre")]
    assert (true["status"], true["source"], true["reference_date"]) == ("true", "Délégation", "2026-01-01")
    assert true["provenance"] == "declared"
    assert true[["latitude", "longitude"]].tolist() == pytest.approx([latitude, longitude], abs=1e-5)
    assert true["off_km"] == pytest.approx(2**0.5, abs=0.02)
    assert true[["ellipse_long_km", "held_out_error"]].isna().all()
    store.undo()
    assert read_services(load_figures(store.snapshot_id()), "health_centre").points[IGLI].status is derived.status


def test_a_place_in_another_province_is_refused_with_a_remedy(store):
    _, report = enter(store, "33.5", "-7.6")
    assert not report.is_acceptable
    assert [f.key for f in report.findings if f.sets_aside] == ["coordinates_outside_province"]
