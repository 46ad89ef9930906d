"""Records go the way of figures: their cells are corrected in place, what they only suggest is asked once, a share is no number."""

import datetime

import pytest
from openpyxl.styles import numbers

from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.corrections import Correction
from data.importing.prepare import prepare_import
from data.reference_files import read_communes
from tests.messy.files import book, lines
from tests.messy.unseen import ARRIVAL, MOVEMENTS
from tests.territories import TAROUDANNT

TODAY = datetime.date(2026, 3, 1)
COMMUNES = read_communes(TAROUDANNT)
WRONG = [["un jour", "arrivée", "Adr Nord", "Aoulouz", "douze"]]
RIGHT = {"Feuil1!A2": "09/2025", "Feuil1!C2": "Adar", "Feuil1!E2": "12"}


def prepared(content, name="x.xlsx", **said):
    nothing = COMMUNES.assign(reference_date=None, variable="", value=0.0, provenance="").head(0)
    return prepare_import(content, name, COMMUNES, nothing, TAROUDANNT, TODAY, **said)


def reasons(values, reason="Relu sur le registre"):
    return {cell: Correction(value, reason) for cell, value in values.items()}


@pytest.mark.taroudannt
def test_each_wrong_cell_of_a_movement_is_corrected_where_it_stands():
    content = book([MOVEMENTS, *WRONG])
    report = prepared(content)
    assert set(report.aside["cell"]) == set(RIGHT)
    assert {labels["fr"] for labels in report.aside["labels"]} == {"Mois", "Commune de départ", "Personnes"}
    movement = prepared(content, corrections=reasons(RIGHT)).movements.iloc[0]
    assert (movement["origin_code"], f"{movement['reference_date']:%Y-%m}", movement["persons"]) == (
        "09.541.03.01",
        "2025-09",
        12,
    )
    assert "Relu sur le registre" in movement["source"]
    assert "douze" not in movement["source"]


@pytest.mark.taroudannt
@pytest.mark.parametrize(("cell", "value"), [("Feuil1!E2", "-4"), ("Feuil1!C2", "Nulle part"), ("Feuil1!A2", "2031-01")])
def test_a_corrected_record_goes_through_the_same_checks(cell, value):
    report = prepared(book([MOVEMENTS, *WRONG]), corrections=reasons({**RIGHT, cell: value}))
    assert len(report.movements) == 0
    assert set(report.aside["cell"]) == {cell}


@pytest.mark.taroudannt
def test_a_correction_that_holds_a_telephone_changes_nothing():
    report = prepared(book([MOVEMENTS, *WRONG]), corrections=reasons({**RIGHT, "Feuil1!C2": "Adar 0661234567"}))
    assert "Feuil1!C2" in set(report.aside["cell"])


@pytest.mark.taroudannt
def test_a_cell_shown_as_a_percentage_is_no_number_of_persons():
    def as_percent(made):
        made.worksheets[0]["E2"].number_format = numbers.FORMAT_PERCENTAGE

    for content in (book([MOVEMENTS, [*ARRIVAL[:4], 1]], change=as_percent), book([MOVEMENTS, [*ARRIVAL[:4], "40 %"]])):
        report = prepared(content)
        assert [finding.key for finding in report.findings] == ["percent_of_a_count"]


def american(day, persons):
    return lines(f"{';'.join(MOVEMENTS)}\n{day};arrivée;Tizi N'Test;Freija;{persons}\n")


@pytest.mark.taroudannt
def test_what_the_dates_of_movements_leave_open_is_asked_once_for_a_layout(store):
    asked = prepare_for_store(store, american("01/08/2025", 12), "a.csv", TODAY)
    assert asked.questions == ()
    asked = prepare_for_store(store, american("07/01/2025", 12), "a.csv", TODAY)
    assert [finding.key for finding in asked.questions] == ["month_first_suggested"]
    confirmed = prepare_for_store(store, american("07/01/2025", 12), "a.csv", TODAY, is_confirmed=True)
    accept_import(store, american("07/01/2025", 12), confirmed)
    again = prepare_for_store(store, american("08/01/2025", 13), "b.csv", TODAY)
    assert again.questions == ()
    assert [f"{day:%Y-%m}" for day in again.movements["reference_date"]] == ["2025-08"]


@pytest.mark.taroudannt
def test_days_of_an_action_that_could_be_months_first_are_asked_not_read_as_january():
    headings = ["Organisation", "Activité", "Commune", "État", "Début"]
    rows = [["ADS", "Salles modulaires", "Adar", "En cours", day] for day in ("09/01/2025", "10/01/2025")]
    report = prepared(book([headings, *rows]))
    assert [finding.key for finding in report.questions] == ["month_first_suggested"]
    assert report.questions[0].values["text"] == "09/01/2025"


@pytest.mark.taroudannt
def test_a_month_in_the_title_of_records_is_asked_and_one_beside_a_label_is_read():
    title, label = [["Mouvements de septembre 2025"], []], [["Mois :", "septembre 2025"], []]
    table = [MOVEMENTS[1:], ARRIVAL[1:]]
    asked = prepared(book([*title, *table]))
    assert ([finding.key for finding in asked.questions], len(asked.movements)) == (["month_suggested"], 0)
    for report in (prepared(book([*title, *table]), is_confirmed=True), prepared(book([*label, *table]))):
        assert [f"{day:%Y-%m}" for day in report.movements["reference_date"]] == ["2025-09"]
    assert prepared(book(table)).refusal.key == "record_column_missing"


@pytest.mark.taroudannt
def test_a_row_that_counts_the_women_is_not_the_whole_movement():
    report = prepared(book([[*MOVEMENTS, "Sexe"], [*ARRIVAL, "Femmes"], [*ARRIVAL[:4], 25, "Total"]]))
    assert list(report.movements["persons"]) == [25]
    assert [finding.key for finding in report.findings] == ["part_of_value"]


@pytest.mark.taroudannt
def test_what_was_understood_of_records_is_said_like_that_of_figures():
    said = prepared(book([MOVEMENTS, ARRIVAL])).understood.sentence(Translator("fr"))
    assert said == "1 tableau · 2 communes · septembre 2025 · 5 colonnes lues"
