"""Headings of several rows and rows of tags: what each column is of follows from all of them together."""

import pytest
from openpyxl.styles import Font

from tests.messy.files import ADAR, AOULOUZ, HEAD, ROW, SEPTEMBER, book, figures, lines, merge
from tests.read_files import cells_of, kept, prepared

pytestmark = pytest.mark.taroudannt
DOCTORS, NURSES, MIDWIVES = "#capacity+num+doctors", "#capacity+num+nurses", "#capacity+num+midwives"
THREE = ["Commune", "Mois", "Médecins en poste", "Infirmiers en poste", "Sages-femmes en poste"]
STAFF = ["Adar", SEPTEMBER, 3, 4, 5]
PLACE_TAGS = ["#adm3+name", "#date+month"]


def with_tags(tags, at):
    """The tags below the headings, two rows below them, or above them."""
    return {
        "below": [THREE, tags, STAFF],
        "two below": [THREE, ["(nom)", "(mois)"], tags, STAFF],
        "above": [tags, THREE, STAFF],
    }[at]


@pytest.mark.parametrize("at", ["below", "two below", "above"])
def test_where_a_heading_and_its_tag_disagree_the_column_is_not_read(at):
    # The tag of midwives below the heading of nurses; midwives have no tag, which takes nothing from their heading.
    report = prepared(book(with_tags([*PLACE_TAGS, DOCTORS, MIDWIVES, None], at)))
    assert kept(report) == {*figures((ADAR, "doctors", 3), (ADAR, "midwives", 5))}
    row = 3 if at == "two below" else 2
    assert cells_of(report, "columns_tag_disagrees") == [f"Feuil1!D{row + 1}"]


@pytest.mark.parametrize("heading", ["Effectif IDE", None])
@pytest.mark.parametrize("at", ["below", "above"])
def test_a_tag_says_what_a_heading_leaves_open(at, heading):
    rows = [
        [heading if cell == "Infirmiers en poste" else cell for cell in row]
        for row in with_tags([*PLACE_TAGS, DOCTORS, NURSES, None], at)
    ]
    assert kept(prepared(book(rows))) == {*figures((ADAR, "doctors", 3), (ADAR, "nurses", 4), (ADAR, "midwives", 5))}


@pytest.mark.parametrize("tag", [DOCTORS, "#adm3+name", "#date+month"])
def test_a_column_that_is_known_and_not_read_stays_so_below_any_tag(tag):
    report = prepared(book([[*THREE[:3], "Cercle"], [*PLACE_TAGS, None, tag], [*STAFF[:3], "Irherm"]]))
    assert kept(report) == {*figures((ADAR, "doctors", 3))}
    assert not cells_of(report, "columns_tag_disagrees")


def test_a_date_of_any_kind_is_the_month_that_its_tag_says():
    report = prepared(book([["Commune", "Date", "Médecins en poste"], [*PLACE_TAGS, DOCTORS], STAFF[:3]]))
    assert kept(report) == {*figures((ADAR, "doctors", 3))}


def test_the_services_above_the_headings_say_what_each_column_counts():
    # "Filles" alone is of no school level; the joined cells above say which.
    rows = [[None, None, "Primaire", None, "Collège", None], ["Commune", "Mois", "Filles", "Garçons", "Filles", "Garçons"],
            ["Adar", SEPTEMBER, 160, 180, 70, 90]]  # fmt: skip
    expected = figures((ADAR, "pupils_primary_girls", 160), (ADAR, "pupils_primary_boys", 180), (ADAR, "pupils_college_girls", 70),
                       (ADAR, "pupils_college_boys", 90))  # fmt: skip
    assert kept(prepared(book(rows, change=merge("C1:D1", "E1:F1")))) == {*expected}


@pytest.mark.parametrize("second", ["Effectifs;;;", "Effectifs;;Effectifs;", "Effectifs;Effectifs;Effectifs;Effectifs"])
def test_a_blank_heading_goes_on_the_one_to_its_left_where_a_row_below_parts_it(second):
    # Three rows below the headings, in a file that joins no cells: a month stands over two columns, boys and girls over one each.
    text = "\n".join((
        "Code commune;Commune;Scolarité;;;",
        f";;{second}",
        ";;août 2025;;septembre 2025;",
        ";;Filles primaire;Garçons primaire;Filles primaire;Garçons primaire",
        f"{ADAR};Adar;150;170;160;180",
    ))  # fmt: skip
    august = figures((ADAR, "pupils_primary_girls", 150), (ADAR, "pupils_primary_boys", 170), month="2025-08")
    september = figures((ADAR, "pupils_primary_girls", 160), (ADAR, "pupils_primary_boys", 180))
    assert kept(prepared(lines(text), "envoi.csv")) == {*august, *september}


@pytest.mark.parametrize("titles", [0, 1, 2, 3])
@pytest.mark.parametrize("struck", ["heading", "figure", "commune", "month", "title"])
def test_a_figure_is_struck_out_with_its_heading_its_place_or_its_month(titles, struck):
    row = titles + 1
    cell = {"heading": f"C{row}", "figure": f"C{row + 1}", "commune": f"A{row + 1}", "month": f"B{row + 1}", "title": "A1"}[
        struck
    ]
    rows = [*([f"Situation, feuille {n}"] for n in range(titles)), HEAD, ROW, ["Aoulouz", SEPTEMBER, 7, 9]]
    if struck == "title" and not titles:
        cell = "E9"
    report = prepared(book(rows, change=lambda made: setattr(made.worksheets[0][cell], "font", Font(strike=True))))
    left_out = {"heading": {(ADAR, 120.0), (AOULOUZ, 7.0)}, "figure": {(ADAR, 120.0)}, "commune": {(ADAR, 120.0), (ADAR, 340.0)},
                "month": {(ADAR, 120.0), (ADAR, 340.0)}, "title": set()}[struck]  # fmt: skip
    every = {(ADAR, 120.0), (ADAR, 340.0), (AOULOUZ, 7.0), (AOULOUZ, 9.0)}
    assert {(commune, value) for commune, _, _, value in kept(report)} == every - left_out
    assert len(cells_of(report, "struck_cells")) == len(left_out)
