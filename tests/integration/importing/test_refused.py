"""Files that are refused whole, and why: persons in them, damage, floods."""

import io
import zipfile

import pytest

from data.i18n import LANGUAGES, Translator
from data.importing.findings import render_finding
from tests.reports_of_imports import prepared
from tests.workbooks import messy_workbook, write_workbook

HEADER = ["Commune", "Mois", "Élèves primaire"]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([["Mois", "Élèves primaire"], ["2025-08", 5]], "column_commune_missing"),
        ([["Commune", "Élèves primaire"], ["Freija", 5]], "column_date_missing"),
        ([["Commune", "Mois", "Météo"], ["Freija", "2025-08", 5]], "column_variable_missing"),
        ([["a", "b"], [1, 2]], "nothing_recognised"),
        ([HEADER, ["Freija", "2025-08", None]], "nothing_filled"),
        ([["Commune", "Nom et prénom", "CIN"], ["Freija", "X Y", "JB123456"]], "personal_heading"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, "JB123456"]], "personal_identity_number"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, "06 12 34 56 78"]], "personal_telephone"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, 612345678]], "personal_telephone"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, "a.b@example.ma"]], "personal_e_mail"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, "30.4702, -8.8770"]], "personal_coordinates"),
        ([[*HEADER, "Latitude"], ["Freija", "2025-08", 5, 30.47]], "personal_heading"),
        ([[*HEADER, "Nom et prénom du chef de ménage"], ["Freija", "2025-08", 5, "X Y"]], "personal_heading"),
        ([[*HEADER, "NOM / PRENOM"], ["Freija", "2025-08", 5, "X Y"]], "personal_heading"),
        ([[*HEADER, "Nom"], ["Freija", "2025-08", 5, "X Y"]], "personal_heading"),
        ([[*HEADER, "N° CNIE"], ["Freija", "2025-08", 5, "12"]], "personal_heading"),
        ([[*HEADER, "N° de téléphone"], ["Freija", "2025-08", 5, "12"]], "personal_heading"),
        ([[*HEADER, "الاسم والنسب"], ["Freija", "2025-08", 5, "س"]], "personal_heading"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, "appeler le 0661 23 45 67"]], "personal_telephone"),
        ([[*HEADER, "Notes"], ["Freija", "2025-08", 5, "CIN : JB 123456"]], "personal_identity_number"),
        ([[*HEADER, "الاسم الكامل"], ["Freija", "2025-08", 5, "س"]], "personal_heading"),
    ],
)
def test_files_that_are_refused_whole(built, rows, key):
    report = prepared(built, write_workbook(rows))
    assert report.refusal.key == key
    assert not report.is_acceptable
    assert len(report.observations) == 0
    for language in LANGUAGES:
        assert report.refusal.message(Translator(language))
        assert report.refusal.remedy(Translator(language))


PHONES = [[*HEADER, "Notes"], ["Freija", "2025-08", 5, "0661 23 45 67"], ["Igherm", "2025-08", 612345678, "0661 23 45 67"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_file_with_telephones_the_cells_are_named_and_the_numbers_are_not(built, language):
    refusal = prepared(built, write_workbook(PHONES)).refusal
    assert refusal.cells == ("Saisie août!D2", "Saisie août!C3", "Saisie août!D3")
    line = render_finding(refusal, "saisie.xlsx", Translator(language))
    assert line.startswith("saisie.xlsx: Saisie août!D2, C3, D3: ")
    assert "0661" not in line
    assert "612345678" not in line


def test_of_many_telephones_the_first_cells_are_named(built):
    rows = [[*HEADER, "Notes"], *(["Freija", "2025-08", 5, f"06 12 34 56 {n}"] for n in range(10, 40))]
    refusal = prepared(built, write_workbook(rows)).refusal
    assert refusal.places(Translator("fr")) == "Saisie août!D2, D3, D4, D5, D6 et 25 autres"


def test_a_heading_that_names_persons_is_named_with_its_cell(built):
    rows = [["Province de Taroudannt"], [*HEADER, "Nom et prénom"], ["Freija", "2025-08", 5, "X Y"]]
    assert prepared(built, write_workbook(rows)).refusal.cells == ("Saisie août!D2",)


# The first thirty rows are looked at whatever they hold; below them the headings of every table.
@pytest.mark.parametrize("above", [1, 28, 29, 30, 40])
@pytest.mark.parametrize("second", [False, True], ids=["one row of headings", "the second row of headings"])
def test_a_heading_that_names_persons_is_found_however_far_down_its_table_stands(built, above, second):
    headings = (
        [[*HEADER, "Naissances", None], [None, None, None, "Garçons", "Nom et prénom"]] if second else [[*HEADER, "Nom"]]
    )
    rows = [*([f"Remarque {n}"] for n in range(above)), *headings, ["Freija", "2025-08", 5, "X"]]
    refusal = prepared(built, write_workbook(rows)).refusal
    assert refusal.key == "personal_heading"
    assert refusal.cells == (f"Saisie août!{'E' if second else 'D'}{above + len(headings)}",)


@pytest.mark.parametrize(
    ("above", "below", "is_refused"),
    [
        (["Naissances", None, None], ["Garçons", "Filles", "Nom"], True),
        (["Naissances", None, "Nom"], ["Garçons", "Filles", None], True),
        # What a school is called, by joined cells or not.
        (["Naissances", "Établissement", None], [None, "Code", "Nom"], False),
    ],
)
def test_a_name_below_the_headings_of_a_commune_is_that_of_a_person_unless_something_else_is_named(
    built, above, below, is_refused
):
    rows = [["Commune", "Mois", *above], [None, None, *below], ["Freija", "2025-08", 5, 6, "X"]]
    refusal = prepared(built, write_workbook(rows)).refusal
    assert (refusal.key if refusal else "") == ("personal_heading" if is_refused else "")


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (b"", "vide.xlsx", "file_empty"),
        (b"%PDF-1.7 ...", "note.pdf", "file_of_another_kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "ancien.xls", "file_damaged"),
        (b"PK\x03\x04 broken", "casse.xlsx", "file_damaged"),
    ],
)
def test_files_that_cannot_be_opened(built, content, name, key):
    assert prepared(built, content, name).refusal.key == key


def test_a_workbook_that_unpacks_to_a_flood_is_refused(built, monkeypatch):
    monkeypatch.setattr("data.importing.reading.archive.MAXIMUM_UNPACKED_BYTES", 1_000)
    assert prepared(built, messy_workbook()).refusal.key == "file_too_large"


def test_a_zip_that_is_no_workbook(built):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert prepared(built, target.getvalue()).refusal.key == "nothing_recognised"
