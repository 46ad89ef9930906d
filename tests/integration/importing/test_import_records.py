"""Movements and facilities in a file: what is kept, what is set aside and why, row by row; nothing guessed, nothing lost."""

import io

import openpyxl
import pytest

from data import queries
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import render_finding
from data.records.table import sheet_kinds
from tests.reports_of_imports import MOVES, PLACES, SCHOOL, TODAY, by_key, sent
from tests.workbooks import saved, write_workbook

TIZI, FREIJA, IRHERM = "09.541.04.67", "09.541.09.15", "09.541.01.05"


def moves(store, *rows):
    return sent(store, [MOVES, *rows])


def said(report):
    columns = ["kind", "origin_code", "destination_code", "home_code", "persons"]
    return [tuple(row) for row in report.movements[columns].itertuples(index=False)]


def test_movements_in_any_spelling_are_read(built):
    report = moves(
        built,
        ["août 2025", "Arrivée", "Tizi N'Test", "تيزي نتاست", None, "1 200"],
        ["2025-08", "arrival", "095410467", "Freija", None, 30],
        ["08/2025", "وصول", "Hors province", "09.541.09.15 — Freija", None, 4],
        ["2025-08", "Retour", "Freija", TIZI, "Tizi N'Test", 10],
        ["2025-08", "Transfert", "Freija", "Irherm", "Tizi N'Test", 5],
    )
    assert report.findings == ()
    assert said(report) == [
        ("arrival", TIZI, TIZI, TIZI, 1200),
        ("arrival", TIZI, FREIJA, TIZI, 30),
        ("arrival", "outside", FREIJA, "outside", 4),
        ("return", FREIJA, TIZI, TIZI, 10),
        ("relocation", FREIJA, IRHERM, TIZI, 5),
    ]
    assert set(report.movements["cell"]) == {f"Feuille!F{row}" for row in range(2, 7)}
    assert (report.cells_in, report.cells_kept, report.records_in["movements"]) == (5, 5, 5)


BAD_MOVES = {
    "commune_unknown_near": (["2025-08", "Arrivée", "Tizi Ntestt", "Freija", None, 1], "C2"),
    "commune_absent": (["2025-08", "Arrivée", "Freija", None, None, 1], "D2"),
    "commune_contradiction": (["2025-08", "Arrivée", f"{FREIJA} — Irherm", "Freija", None, 1], "C2"),
    "date_unreadable": (["un jour", "Arrivée", "Freija", "Freija", None, 1], "A2"),
    "date_outside": (["2031-01", "Arrivée", "Freija", "Freija", None, 1], "A2"),
    "date_absent": ([None, "Arrivée", "Freija", "Freija", None, 1], "A2"),
    "word_unknown": (["2025-08", "Balade", "Freija", "Freija", None, 1], "B2"),
    "field_absent": (["2025-08", None, "Freija", "Freija", None, 1], "B2"),
    "value_negative": (["2025-08", "Arrivée", "Freija", "Freija", None, -1], "F2"),
    "value_not_whole": (["2025-08", "Arrivée", "Freija", "Freija", None, "1,5"], "F2"),
    "not_a_number": (["2025-08", "Arrivée", "Freija", "Freija", None, "douze"], "F2"),
    "status_without_value": (["2025-08", "Arrivée", "Freija", "Freija", None, None], "F2"),
    "relocation_to_same_host": (["2025-08", "Transfert", "Freija", "Freija", "Irherm", 1], "D2"),
    "movement_outside_province": (["2025-08", "Arrivée", "outside", "Hors province", None, 1], "D2"),
    "home_contradiction": (["2025-08", "Arrivée", "Freija", "Irherm", "Irherm", 1], "E2"),
    "relocation_is_return": (["2025-08", "Transfert", "Freija", "Irherm", "Irherm", 1], "D2"),
    "departures_without_stock": (["2025-08", "Retour", "Freija", "Irherm", None, 1], "F2"),
    "total_row": (["2025-08", "Arrivée", "Total", None, None, 99], "C2"),
}


@pytest.mark.parametrize("key", BAD_MOVES)
def test_a_movement_set_aside_is_named_with_its_cell_and_remedy(built, key):
    row, cell = BAD_MOVES[key]
    report = moves(built, row)
    finding = by_key(report)[key]
    assert finding.sets_aside
    assert finding.cells == (f"Feuille!{cell}",)
    assert (report.cells_in, report.cells_kept, report.cells_set_aside) == (1, 0, 1)
    assert set(by_key(report)) == {key}
    for language in LANGUAGES:
        line = render_finding(finding, "saisie.xlsx", Translator(language))
        assert line.startswith("saisie.xlsx: Feuille!")
        assert line.endswith(".")


def test_persons_that_are_not_known_are_kept_as_missing(built):
    report = moves(built, ["2025-08", "Arrivée", "Irherm", "Freija", None, "ND"])
    assert report.movements["status"].tolist() == ["missing"]
    assert report.movements["persons"].isna().all()


def test_a_relocation_without_usual_commune_is_kept_and_said(built):
    report = moves(
        built,
        ["2025-07", "Arrivée", "Irherm", "Freija", None, 20],
        ["2025-08", "Transfert", "Freija", "Tizi N'Test", None, 5],
    )
    assert by_key(report)["home_unknown"].severity == "note"
    assert said(report)[1] == ("relocation", FREIJA, TIZI, "", 5)


def test_the_same_movement_twice(built):
    row = ["2025-08", "Arrivée", "Irherm", "Freija", None, 20]
    report = moves(built, row, row)
    assert (report.cells_kept, set(by_key(report))) == (1, {"record_repeated"})
    report = moves(built, row, [*row[:-1], 21])
    assert (report.cells_kept, set(by_key(report))) == (0, {"record_contradicted"})


def test_nobody_leaves_who_is_not_there_month_by_month(built):
    report = moves(
        built,
        ["2025-05", "Arrivée", "Irherm", "Freija", None, 20],
        ["2025-06", "Retour", "Freija", "Irherm", None, 15],
        ["2025-07", "Transfert", "Freija", "Tizi N'Test", "Irherm", 6],
        ["2025-08", "Retour", "Tizi N'Test", "Irherm", None, 6],
        ["2025-08", "Retour", "Freija", "Irherm", None, 5],
    )
    short = [f for f in report.findings if f.key == "departures_without_stock"]
    # Five are left when six are to move on; without that relocation nobody is in Tizi N'Test, and the five can go home.
    assert [f.cells for f in short] == [("Feuille!F4",), ("Feuille!F5",)]
    assert short[0].values["there"] == 5
    assert short[0].values["persons"] == 6
    assert [row[-1] for row in said(report)] == [20, 15, 5]


def test_people_who_come_and_go_on_in_one_month_are_there(built):
    report = moves(
        built,
        ["2025-08", "Retour", "Tizi N'Test", "Irherm", None, 6],
        ["2025-08", "Transfert", "Freija", "Tizi N'Test", "Irherm", 6],
        ["2025-08", "Arrivée", "Irherm", "Freija", None, 6],
    )
    assert report.findings == ()
    assert report.cells_kept == 3


@pytest.mark.slow
def test_real_movements_in_force_are_in_the_books_and_a_correction_must_leave_enough(store):
    content = write_workbook(
        [MOVES, ["2025-07", "Arrivée", "Irherm", "Freija", None, 20], ["2025-08", "Retour", "Freija", "Irherm", None, 15]]
    )
    accept_import(store, content, prepare_for_store(store, content, "a.xlsx", TODAY))
    assert moves(store, ["2025-08", "Transfert", "Freija", "Tizi N'Test", "Irherm", 5]).cells_kept == 1
    assert moves(store, ["2025-08", "Transfert", "Freija", "Tizi N'Test", "Irherm", 6]).cells_kept == 0
    assert moves(store, ["2025-07", "Arrivée", "Irherm", "Freija", None, 16]).cells_kept == 1
    lowered = moves(store, ["2025-07", "Arrivée", "Irherm", "Freija", None, 14])
    assert by_key(lowered)["departures_without_stock"].cells == ("Feuille!F2",)


def test_demonstration_movements_are_no_stock_to_return_from(built):
    assert moves(built, ["2025-08", "Retour", TIZI, TIZI, None, 1]).cells_kept == 0


def test_one_workbook_may_hold_figures_movements_and_facilities(store):
    book = openpyxl.load_workbook(
        io.BytesIO(
            write_workbook([["Commune", "Mois", "Élèves primaire"], ["Freija", "2025-08", 100], ["Freija", "2025-07", "x"]])
        )
    )
    for title, rows in (
        (
            "Mouvements",
            [MOVES, ["2025-08", "Arrivée", "Irherm", "Freija", None, 20], ["2025-08", "?", "Irherm", "Freija", None, 2]],
        ),
        ("Écoles", [PLACES, SCHOOL]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = saved(book)
    report = prepare_for_store(store, content, "tout.xlsx", TODAY)
    assert (len(report.observations), len(report.movements), len(report.facilities)) == (1, 1, 1)
    assert (report.cells_in, report.cells_kept, report.cells_set_aside) == (5, 3, 2)
    assert report.cells_set_aside == len({row for f in report.findings if f.sets_aside for row in f.rows})
    accept_import(store, content, report)
    with store.open() as connection:
        territory = (FREIJA,)
        real = queries.read_movements(connection, territory).query("provenance == 'declared'")
        assert real["cell"].tolist() == ["Mouvements!F2"]
        assert queries.read_facilities(connection, territory)["cell"].tolist() == ["Écoles!C2"]
    accept_import(store, content, report)
    with store.open() as connection:
        assert connection.execute("SELECT count(*) FROM facility").fetchone() == (1,)
    store.undo()
    store.undo()
    with store.open() as connection:
        assert len(queries.read_facilities(connection, territory)) == 0


def test_every_word_of_the_sheets_is_labelled_and_recognised_in_three_languages():
    for sheet in (kind.layout() for kind in sheet_kinds()):
        assert set(sheet.labels) == set(LANGUAGES)
        for field in sheet.fields:
            assert set(field.labels) == set(field.help) == set(LANGUAGES)
            assert field.hxl.startswith("#")
            for word, entry in field.words.items():
                assert {field.find_word(text) for text in (word, *entry["labels"].values())} == {word}, word
