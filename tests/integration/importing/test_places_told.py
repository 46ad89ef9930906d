"""Where a row is: by a commune in two scripts, in joined cells, in a title; and headings that bear the mark of a footnote."""

from datetime import datetime

import pytest

from tests.messy.files import ADAR, AOULOUZ, IRHERM, SEPTEMBER, book, figures, merge
from tests.read_files import cells_of, kept, prepared

pytestmark = pytest.mark.taroudannt
DOCTORS = ["Commune", "Mois", "Médecins en poste"]


@pytest.mark.parametrize(
    ("name", "commune"),
    [("Adar / أضار", ADAR), ("أضار / Adar", ADAR), ("Adar (أضار)", ADAR), ("أضار - Adar", ADAR), ("Aoulouz – أولوز", AOULOUZ),
     ("Adar / أولوز", None), ("أولوز / Adar", None), ("Adar / شيء آخر", None), ("Nulle part / أضار", None)],
)  # fmt: skip
def test_a_name_in_two_scripts_is_a_commune_where_both_say_the_same(name, commune):
    report = prepared(book([DOCTORS, [name, SEPTEMBER, 3]]))
    assert kept(report) == ({*figures((commune, "doctors", 3))} if commune else set())


@pytest.mark.parametrize(("first", "last"), [(2, 3), (3, 4), (3, 5), (4, 6)])
def test_a_commune_in_joined_cells_is_that_of_the_rows_that_they_reach_over_and_of_no_further_one(first, last):
    # One month a row, from May on; the rows above the joined cells are of another commune, those below them of none.
    rows = [
        ["Irherm" if row < first else "Adar" if row == first else None, datetime(2025, row + 3, 1), row]
        for row in range(2, 8)
    ]
    report = prepared(book([DOCTORS, *rows], change=merge(f"A{first}:A{last}")))
    expected = {(IRHERM if row < first else ADAR, f"2025-{row + 3:02}", "doctors", float(row)) for row in range(2, last + 1)}
    assert kept(report) == expected
    assert cells_of(report, "commune_absent") == [f"Feuil1!C{row}" for row in range(last + 1, 8)]


@pytest.mark.parametrize("joined", ["C2:D2", "C2:E2", "D2:E2"])
def test_a_figure_joined_with_another_one_is_that_of_neither(joined):
    head = [*DOCTORS, "Infirmiers en poste", "Sages-femmes en poste"]
    content = book([head, ["Adar", SEPTEMBER, 3, 4, 5], ["Aoulouz", SEPTEMBER, 6, 7, 8]], change=merge(joined))
    report = prepared(content)
    first = joined[0]
    assert cells_of(report, "joined_figures") == [f"Feuil1!{first}2"]
    assert ((ADAR, "2025-09", "doctors", 3.0) in kept(report)) is (first == "D")
    assert kept(report) >= {*figures((AOULOUZ, "doctors", 6), (AOULOUZ, "nurses", 7), (AOULOUZ, "midwives", 8))}


@pytest.mark.parametrize("dress", ["{}¹", "{} ⁽²⁾", "{}*", "3. {}", "<b>{}</b>", "3) {}²", "{}"])
def test_a_heading_is_known_behind_the_number_of_its_question_and_before_the_mark_of_its_footnote(dress):
    report = prepared(book([[*DOCTORS[:2], dress.format(DOCTORS[2]), "Zzz¹"], ["Adar", SEPTEMBER, 3, 4]]))
    assert kept(report) == {*figures((ADAR, "doctors", 3))}
    assert cells_of(report, "columns_unknown") == ["Feuil1!D2"]


MOVES = {
    "Mois": SEPTEMBER,
    "Mouvement": "arrivée",
    "Commune de départ": "Irherm",
    "Commune d'arrivée": "Aoulouz",
    "Personnes": 12,
}


@pytest.mark.parametrize(
    ("title", "absent", "ends"),
    [("", (), (IRHERM, AOULOUZ)), ("Commune : Adar", (), (IRHERM, AOULOUZ)),
     ("Arrivées dans la commune d'Adar", ("Commune d'arrivée",), (IRHERM, ADAR)),
     ("Départs de la commune d'Adar", ("Commune de départ",), (ADAR, AOULOUZ)),
     ("Arrivées dans la commune d'Adar, septembre 2025", ("Commune d'arrivée", "Mois"), (IRHERM, ADAR)),
     ("Commune d'Adar", ("Commune d'arrivée", "Commune de départ"), None), ("", ("Commune d'arrivée",), None),
     ("Commune d'Adar", ("Commune d'arrivée", "Mouvement"), None)],
)  # fmt: skip
def test_one_end_of_a_movement_may_stand_in_the_title_and_its_month_too(title, absent, ends):
    told = {heading: value for heading, value in MOVES.items() if heading not in absent}
    report = prepared(book([[title or None], [*told], [*told.values()]]), confirm=True)
    moved = report.movements[["origin_code", "destination_code", "persons"]].itertuples(index=False, name=None)
    assert list(moved) == ([(*ends, 12)] if ends else [])
    # What is not read as a movement is no figure either.
    assert report.observations.empty
    assert report.refusal is None or report.refusal.key == "nothing_recognised"


@pytest.mark.parametrize(
    ("latitude", "capacity", "read"),
    [("30.530", "6", (30.53, 6)), ("30,530", "12,5", (30.53, 12.5)), (30.53, "1 200", (30.53, 1200)), ("30.530", "1.200", None),
     ("30.530", "1,200", None)],
)  # fmt: skip
def test_a_mark_before_three_digits_of_a_record_is_no_thousand_unless_that_is_certain(latitude, capacity, read):
    head = ["Mois", "Commune", "Nom de l'établissement", "Type", "Latitude", "Longitude", "Capacité", "Unité"]
    row = ["2025-08", "Freija", "École Al Massira", "École primaire", latitude, -8.68, capacity, "salles"]
    report = prepared(book([head, row]))
    rows = (
        report.facilities[["latitude", "capacity"]].itertuples(index=False, name=None)
        if "facilities" in report.records
        else ()
    )
    assert list(rows) == ([read] if read else [])
    assert cells_of(report, "thousand_or_decimal") == ([] if read else ["Feuil1!G2"])


def test_a_table_of_figures_that_names_neither_end_of_a_movement_is_one_of_figures():
    head = ["Commune", "Mois", "Mouvement", "Personnes", "Élèves primaire"]
    report = prepared(book([head, ["Adar", SEPTEMBER, "arrivée", 12, 340]]))
    assert kept(report) == {*figures((ADAR, "pupils_primary", 340))}
