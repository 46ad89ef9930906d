"""What a sheet holds beside a plain table: tables beside one another, tags, headings of several rows, joined headings, blank rows."""

from datetime import datetime

import pytest
from openpyxl.utils import get_column_letter

from tests.messy.files import ADAR, AOULOUZ, BOTH, HEAD, IRHERM, ROW, SEPTEMBER, book, figures, lines, merge
from tests.read_files import cells_of, kept, prepared

pytestmark = pytest.mark.taroudannt
SECOND = ["Aoulouz", SEPTEMBER, 7, 9]
TWO = {*BOTH, *figures((AOULOUZ, "displaced_persons", 7), (AOULOUZ, "pupils_primary", 9))}


def test_a_table_goes_on_beside_the_headings_of_another_one():
    # Columns A to D go on, after a blank line, below the row in which columns F to I begin; and the other way round.
    later = ["Commune", "Mois", "Médecins en poste", "Infirmiers en poste"]
    rows = [HEAD, ROW, [*[None] * 5, *later], [*SECOND, None, "Irherm", SEPTEMBER, 3, 4], ["Irherm", SEPTEMBER, 5, 6]]
    irherm = [("displaced_persons", 5), ("pupils_primary", 6), ("doctors", 3), ("nurses", 4)]
    expected = TWO | {*figures(*((IRHERM, *said) for said in irherm))}
    assert kept(prepared(book(rows))) == expected
    assert kept(prepared(book([[*(row + [None] * 5)[5:9], None, *row[:4]] for row in rows]))) == expected


@pytest.mark.parametrize("first", [True, False])
def test_a_table_that_lacks_its_commune_takes_nothing_from_the_other_one(first):
    lacking, whole = [["Mois", "Médecins en poste"], [SEPTEMBER, 3]], [HEAD, ROW]
    report = prepared(book([*lacking, [], *whole] if first else [*whole, [], *lacking]))
    assert kept(report) == {*BOTH}
    assert cells_of(report, "column_commune_missing") == [f"Feuil1!B{2 if first else 5}"]
    two = prepared(book(lacking, whole))
    assert kept(two) == {*BOTH}
    assert cells_of(two, "column_commune_missing") == ["Feuil1!B2"]


def test_two_lists_of_figures_beside_one_another_are_both_read():
    rows = [["Commune :", "Adar"], ["Mois :", "septembre 2025"], ["Indicateur", "Valeur", "Indicateur", "Valeur"],
            ["Personnes déplacées", 120, "Médecins en poste", 3], ["Élèves primaire", 340, "Infirmiers en poste", 4]]  # fmt: skip
    assert kept(prepared(book(rows))) == {*BOTH, *figures((ADAR, "doctors", 3), (ADAR, "nurses", 4))}


@pytest.mark.parametrize(
    "rows", [[["Indicateur", "المؤشر", "Valeur"], ["Médecins en poste", "الأطباء", 3]],
             [["Indicateur", "Valeur", "المؤشر"], ["Médecins en poste", 3, "الأطباء"]]]
)  # fmt: skip
def test_the_same_figure_named_in_two_languages_is_one_list(rows):
    report = prepared(book([["Commune :", "Adar"], ["Mois :", "septembre 2025"], *rows]))
    assert kept(report) == {*figures((ADAR, "doctors", 3))}


@pytest.mark.parametrize("sign", [";", ","])
def test_a_row_behind_a_blank_one_belongs_to_the_table_whatever_its_place_is_called(sign):
    # "Nulle part" is no commune; its month and its figures say that it is a row of the table, and so is what follows it.
    text = "Commune;Mois;Personnes déplacées;Élèves primaire\nAdar;2025-09;120;340\n;;;\nNulle part;2025-09;5;6\nAoulouz;2025-09;7;9\n"
    report = prepared(lines(text.replace(";", sign)), "envoi.csv")
    assert kept(report) == TWO
    assert {"C4", "D4"} <= {*cells_of(report, "commune_unknown"), *cells_of(report, "commune_unknown_near")}


def test_a_row_of_other_words_behind_a_blank_one_ends_the_table():
    report = prepared(
        lines("Commune;Mois;Médecins en poste\nAdar;2025-09;3\n;;\nRoute;État;Longueur\nRN10;bon;12\n"), "envoi.csv"
    )
    assert kept(report) == {*figures((ADAR, "doctors", 3))}
    assert cells_of(report, "cells_not_read") == ["C5"]


@pytest.mark.parametrize("at", [2, 5, 254, 255, 256, 300])
def test_a_heading_joined_over_a_figure_and_a_blank_column_is_that_of_the_figure_however_far_to_the_right(at):
    between = [f"Remarque {n}" for n in range(at - 2)]
    rows = [["Commune", "Mois", *between, "Médecins en poste", None], ["Adar", SEPTEMBER, *("x" for _ in between), None, 3]]
    joined = f"{get_column_letter(at + 1)}1:{get_column_letter(at + 2)}1"
    content = book(rows, change=merge(joined))
    assert kept(prepared(content)) == {*figures((ADAR, "doctors", 3))}


def test_a_heading_joined_over_two_figures_is_that_of_neither():
    content = book(
        [["Commune", "Mois", "Médecins en poste", None, "Infirmiers en poste"], ["Adar", SEPTEMBER, 3, 5, 4]],
        change=merge("C1:D1"),
    )
    report = prepared(content)
    assert kept(report) == {*figures((ADAR, "nurses", 4))}
    assert cells_of(report, "columns_unknown") == ["Feuil1!C2", "Feuil1!D2"]


@pytest.mark.parametrize(
    ("joined", "read"),
    [("C2:E2", True), ("C2:F2", False), ("C2:C3", False), ("D2:E2", True), ("F2:H2", True)],
    ids=["figure and remarks", "two figures", "two rows", "remarks", "figure and nothing"],
)
def test_a_figure_joined_with_what_counts_nothing_is_that_of_its_row(joined, read):
    head = ["Commune", "Mois", "Médecins en poste", "Observations", "Remarques", "Infirmiers en poste"]
    content = book(
        [head, ["Adar", SEPTEMBER, 3, None, None, 4], ["Aoulouz", SEPTEMBER, 5, None, None, 6]], change=merge(joined)
    )
    report = prepared(content)
    assert ((ADAR, "2025-09", "doctors", 3.0) in kept(report)) is read
    assert cells_of(report, "joined_figures") == ([] if read else ["Feuil1!C2"])


@pytest.mark.parametrize("heading", ["#", "N°", "n°", " # ", "N° d'ordre", "_id", "_uuid", "_index"])
def test_the_number_of_a_row_is_known_and_not_read(heading):
    report = prepared(book([[heading, *HEAD], [1, *ROW], [2, *SECOND]]))
    assert kept(report) == TWO
    assert report.account.not_read == 0
    assert not cells_of(report, "columns_unknown")


@pytest.mark.parametrize("text", ["septembre 2025", "sept. 2025", "sept-25", "09/2025", "2025-09", "شتنبر 2025"])
def test_a_month_over_two_columns_of_figures_is_read_in_neither(text):
    content = book(
        [["Commune", "Indicateur", SEPTEMBER, text, datetime(2025, 8, 1)], ["Adar", "Médecins en poste", 3, 4, 2]]
    )
    report = prepared(content)
    assert kept(report) == {*figures((ADAR, "doctors", 2), month="2025-08")}
    assert cells_of(report, "columns_twice") == ["Feuil1!C2", "Feuil1!D2"]
