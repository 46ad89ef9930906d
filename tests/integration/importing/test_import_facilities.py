"""Facilities in a file: sector, identity, place; what is set aside and what is refused."""

import pytest

from data.i18n import LANGUAGES, Translator
from tests.reports_of_imports import MOVES, PLACES, SCHOOL, by_key, places, sent
from tests.territories import TAROUDANNT

TIZI, FREIJA = "09.541.04.67", "09.541.09.15"


def test_facilities_are_read_with_their_sector_and_an_identity(built):
    report = places(
        built, SCHOOL, ["août 2025", "تيزي نتاست", "مركز صحي تيزي", "Centre de santé", None, None, None, None, None, None]
    )
    assert report.findings == ()
    school, centre = report.facilities.to_dict("records")
    assert (school["facility_id"], school["sector"], school["kind"]) == (
        f"{FREIJA}/school_primary/ecole al massira",
        "education",
        "school_primary",
    )
    assert (school["latitude"], school["longitude"], school["capacity"], school["capacity_unit"]) == (
        30.53,
        -8.68,
        6,
        "rooms",
    )
    assert school["functional_status"] == "fully"
    assert (centre["commune_code"], centre["sector"], centre["functional_status"]) == (TIZI, "health", "unknown")
    assert (report.cells_in, report.records_in["facilities"]) == (2, 2)


def changed(**changes):
    row = list(SCHOOL)
    for name, value in changes.items():
        row[["month", "commune", "name", "kind", "lat", "lng", "capacity", "unit", "state", "reason"].index(name)] = value
    return row


BAD_PLACES = {
    "commune_unknown": (changed(commune="Zzzz"), ("B2",)),
    "field_absent": (changed(name=None), ("C2",)),
    "coordinates_incomplete": (changed(lng=None), ("E2", "F2")),
    "coordinates_outside_country": (changed(lat=-8.68, lng=30.53), ("E2", "F2")),
    "coordinates_outside_province": (changed(lat=34.0, lng=-6.8), ("E2", "F2")),
    "coordinates_far_from_commune": (changed(commune="Tizi N'Test"), ("E2", "F2")),
    "not_a_number": (changed(lat="30°32'N"), ("E2",)),
    "value_too_large": (changed(capacity=10**6), ("G2",)),
    "value_negative": (changed(capacity=-2), ("G2",)),
    "capacity_without_unit": (changed(unit=None), ("G2",)),
    "word_unknown": (changed(state="bof"), ("I2",)),
    "total_row": (changed(commune="Total"), ("B2",)),
}


@pytest.mark.parametrize("key", BAD_PLACES)
def test_a_facility_set_aside_is_named_with_its_cell_and_remedy(built, key):
    row, cells = BAD_PLACES[key]
    report = places(built, row)
    assert set(by_key(report)) == {key}
    finding = by_key(report)[key]
    assert finding.cells == tuple(f"Feuille!{cell}" for cell in cells)
    assert (report.cells_in, report.cells_kept) == (1, 0)
    for language in LANGUAGES:
        assert finding.message(Translator(language))
        assert finding.remedy(Translator(language))


def test_a_facility_of_an_unknown_kind_is_set_aside(built):
    report = places(built, SCHOOL, changed(name="Souk", kind="Marché"))
    assert by_key(report)["word_unknown"].cells == ("Feuille!D3",)
    assert report.cells_kept == 1


def test_a_point_just_outside_the_indicative_boundary_is_accepted(built):
    # Boundaries are indicative: within five kilometres of the polygon the commune that is named is believed.
    from geo.points import distance_from_commune

    east = next(
        x / 1000
        for x in range(-8600, -8000)
        if 2 < distance_from_commune(TAROUDANNT.layer, [FREIJA], [30.53], [x / 1000])[0] < 4
    )
    assert places(built, changed(lng=east)).cells_kept == 1


def test_a_dwelling_among_facilities_is_named_with_its_cell(built):
    refusal = sent(built, [PLACES, SCHOOL, changed(kind="Logement")]).refusal
    assert refusal.cells == ("Feuille!D3",)


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([PLACES, changed(kind="Tente", name="Famille")], "personal_dwellings"),
        ([PLACES, SCHOOL, changed(kind="Logement")], "personal_dwellings"),
        ([PLACES, changed(kind="bleu"), changed(kind="rouge")], "personal_dwellings"),
        (
            [["Commune", "Mois", "Ménage", "Latitude", "Longitude"], ["Freija", "2025-08", "A", 30.5, -8.6]],
            "personal_heading",
        ),
        ([["Commune", "Mois", "Nom", "Type", "Latitude"], ["Freija", "2025-08", "A", "Tente", 30.5]], "personal_heading"),
        ([[*PLACES, "Directeur"], [*SCHOOL, "X Y"]], "personal_heading"),
        ([[*PLACES, "Téléphone"], [*SCHOOL, "x"]], "personal_heading"),
        ([[*PLACES, "Note"], [*SCHOOL, "06 12 34 56 78"]], "personal_telephone"),
        ([[*PLACES, "Note"], [*SCHOOL, "JB123456"]], "personal_identity_number"),
        ([[*MOVES, "Nom et prénom"], ["2025-08", "Arrivée", "Freija", "Freija", None, 1, "X"]], "personal_heading"),
        ([[*MOVES, "Latitude"], ["2025-08", "Arrivée", "Freija", "Freija", None, 1, 30.5]], "personal_heading"),
        (
            [["Commune d'origine", "Commune d'accueil", "Personnes", "Mois"], ["Freija", "Irherm", 5, "2025-08"]],
            "record_column_missing",
        ),
        ([MOVES], "nothing_filled"),
    ],
)
def test_files_that_are_refused_whole(built, rows, key):
    report = sent(built, rows)
    assert report.refusal.key == key
    assert len(report.movements) == len(report.facilities) == report.cells_in == 0
    for language in LANGUAGES:
        assert report.refusal.message(Translator(language))
        assert report.refusal.remedy(Translator(language))
