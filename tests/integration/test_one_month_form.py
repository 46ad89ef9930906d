"""The form of one month: what is typed in it is read without a question, the month before stands beside and is never read."""

import io
from datetime import date

import openpyxl

from data.command_line import main
from data.exporting.month_before import ask_one_month
from data.exporting.one_month_form import build_form
from data.importing.accept import accept_import, prepare_for_store
from data.loaders.today import load_disclosure_rules, monthly_sheets
from tests.messy.files import ADAR
from tests.workbooks import saved

TODAY = date(2026, 3, 1)


def adar(store):
    from data import queries

    with store.open() as connection:
        communes = queries.read_communes(connection, queries.whole_territory(connection))
    return communes[communes["commune_code"] == ADAR].iloc[0]


def test_what_is_typed_in_the_form_is_imported_and_stands_beside_the_next_month(store):
    book = openpyxl.load_workbook(io.BytesIO(build_form(ask_one_month(store, adar(store), date(2025, 9, 1)))))
    wanted = {}
    for sheet, service in zip(book.worksheets, monthly_sheets(), strict=True):
        for row, variable in enumerate(service.variables[:2], 7):
            sheet.cell(row, 4).value = 10 - row + 7 * 2
            wanted[variable.id] = 10 - row + 7 * 2
    content = saved(book)
    report = prepare_for_store(store, content, "formulaire.xlsx", TODAY)
    assert report.findings == ()
    rows = report.observations
    assert dict(zip(rows["variable"], rows["value"], strict=True)) == wanted
    assert {(o.commune_code, f"{o.reference_date:%Y-%m}") for o in rows.itertuples()} == {(ADAR, "2025-09")}
    accept_import(store, content, report)
    asked = ask_one_month(store, adar(store), date(2025, 10, 1), counts_of_people=True)
    assert asked.before == wanted
    # Whoever else makes a form sees no count that could be a small one.
    shown = ask_one_month(store, adar(store), date(2025, 10, 1)).before
    assert shown == {name: value for name, value in wanted.items() if name not in load_disclosure_rules()}
    assert shown != wanted
    # Left blank, the form of October says nothing: September's figures are shown, not sent again.
    blank = prepare_for_store(store, build_form(asked), "formulaire.xlsx", TODAY)
    assert blank.refusal.key == "nothing_filled"


def test_a_form_is_of_one_commune_and_one_month(built, tmp_path, capsys):
    target = tmp_path / "formulaire.xlsx"
    assert main(["template", str(target), "--form"]) == 2
    assert main(["template", str(target), "--form", "--commune", "Adar", "--months", "2025-08", "2025-09"]) == 2
    assert not target.exists()
    assert main(["template", str(target), "--form", "--commune", "Adar", "--months", "2025-09", "2025-09"]) == 0
    assert openpyxl.load_workbook(target).worksheets[0]["B3"].value == ADAR
