"""Tables whose communes are columns: read with one confirmation, each cell under its own address, never without it."""

import pytest

from data.importing.accept import prepare_for_store
from tests.messy.files import ADAR, AOULOUZ, IRHERM, book
from tests.messy.files import lines as text

ROWS = [
    ["Indicateur", "Adar", "Aoulouz", "Irherm"],
    ["Personnes déplacées", 120, 0, 45],
    ["Élèves primaire", 1250, 2600, "ND"],
]
EXPECTED = {
    (ADAR, "2025-09", "displaced_persons"): (120, "B"),
    (AOULOUZ, "2025-09", "displaced_persons"): (0, "C"),
    (IRHERM, "2025-09", "displaced_persons"): (45, "D"),
    (ADAR, "2025-09", "pupils_primary"): (1250, "B"),
    (AOULOUZ, "2025-09", "pupils_primary"): (2600, "C"),
}


def read(store, content, name="tableau.xlsx", confirmed=True):
    return prepare_for_store(store, content, name, is_confirmed=confirmed)


def kept(report):
    rows = report.observations
    return {
        (row.commune_code, f"{row.reference_date:%Y-%m}", row.variable): (row.value, row.cell.split("!")[-1][0])
        for row in rows[rows["value"].notna()].itertuples()
    }


TABLES = {
    "month in the title": [["Situation de septembre 2025"], [], *ROWS],
    "a row of months": [ROWS[0], ["Mois", "2025-09", "2025-09", "2025-09"], *ROWS[1:]],
    "a month beside each figure": [
        ["Indicateur", "Mois", *ROWS[0][1:]],
        *([row[0], "2025-09", *row[1:]] for row in ROWS[1:]),
    ],
    "no word in the corner": [["Septembre 2025"], ["", *ROWS[0][1:]], *ROWS[1:]],
    "codes above names": [["Septembre 2025"], ["Code", ADAR, AOULOUZ, IRHERM], *ROWS[1:]],
}


@pytest.mark.parametrize("rows", TABLES.values(), ids=list(TABLES))
def test_communes_as_columns_are_read_once_it_is_confirmed(store, rows):
    asked = read(store, book(rows), confirmed=False)
    assert len(asked.observations) == 0
    assert "turned_suggested" in [finding.key for finding in asked.questions]
    shift = 1 if rows is TABLES["a month beside each figure"] else 0
    expected = {key: (value, chr(ord(column) + shift)) for key, (value, column) in EXPECTED.items()}
    report = read(store, book(rows))
    assert kept(report) == expected
    missing = report.observations[report.observations["value"].isna()]
    assert list(missing["status"]) == ["missing"]


def test_what_is_below_the_figures_and_unknown_is_named_at_its_own_address(store):
    report = read(store, book([["Septembre 2025"], *ROWS, ["Quantité inconnue", 7, 8, 9]]))
    assert kept(report) == EXPECTED
    unread = {cell for finding in report.findings if finding.key == "columns_unknown" for cell in finding.cells}
    assert unread == {"Feuil1!B5", "Feuil1!C5", "Feuil1!D5"}
    account = report.account
    assert account.in_file == account.words + account.figures + account.records + account.not_read


def test_the_same_figure_twice_is_read_in_neither_row(store):
    report = read(store, book([["Septembre 2025"], *ROWS, ["Élèves primaire", 1, 2, 3]]))
    assert {variable for _, _, variable in kept(report)} == {"displaced_persons"}
    assert "columns_twice" in [finding.key for finding in report.findings]


def test_a_total_of_the_communes_is_no_commune(store):
    rows = [["Septembre 2025"], [*ROWS[0], "Total"], [*ROWS[1], 165], [*ROWS[2], 3850]]
    assert kept(read(store, book(rows))) == EXPECTED


def test_a_file_of_lines_is_read_alike(store):
    content = text("Indicateur;Adar;Aoulouz;Irherm\nMois;2025-09;2025-09;2025-09\nPersonnes déplacées;120;0;45\n")
    assert len(kept(read(store, content, "tableau.csv"))) == 3


def test_a_telephone_number_beside_a_commune_is_refused_in_a_turned_table_too(store):
    report = read(store, book([["Septembre 2025"], *ROWS, ["Téléphone", "0661234567", "0661234568", "0661234569"]]))
    assert report.refusal is not None
    assert report.refusal.key.startswith("personal")
