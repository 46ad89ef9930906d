"""What leaves comes back the same: the template in three languages, the full export."""

import datetime
import io

import openpyxl
import pandas as pd
import pytest

from data.catalogue import load_variables, monthly_sheets
from data.exporting.full_export import export_store
from data.exporting.template import FIRST_ROW, HEADING_ROW, HXL_ROW, build_long_template, build_template
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.months import last_months, months_between
from data.reference_files import read_communes
from data.store import Store
from tests.workbooks import consistent_values, saved

TODAY = datetime.date(2025, 9, 15)
MONTHS = months_between("2025-07", "2025-08")
COMMUNES = read_communes().iloc[[0, 40]]


def filled(content: bytes) -> tuple[bytes, dict]:
    """Fill every white cell; wholes are larger than their parts and the parts of a split add up."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    expected = {}
    for definition, sheet in zip(monthly_sheets(), book.worksheets[1:-1], strict=True):
        for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + len(COMMUNES) * len(MONTHS)):
            values = consistent_values(row)
            for column, variable in enumerate(definition.variables, 4):
                value = values[variable.id]
                sheet.cell(row, column).value = value
                month = sheet.cell(row, 3).value
                expected[sheet.cell(row, 1).value, f"{month:%Y-%m}", variable.id] = value
    return saved(book), expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filled_template_is_read_back_cell_by_cell(built, language):
    content, expected = filled(build_template(COMMUNES, MONTHS, Translator(language)))
    report = prepare_for_store(built, content, "modele.xlsx", TODAY)
    assert {f.key for f in report.findings} <= {"jump"}
    read = {(o.commune_code, f"{o.reference_date:%Y-%m}", o.variable): o.value for o in report.observations.itertuples()}
    assert read == expected
    assert len(expected) == 76 * len(COMMUNES) * len(MONTHS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_guards_its_cells(language):
    book = openpyxl.load_workbook(io.BytesIO(build_template(COMMUNES, MONTHS, Translator(language))))
    assert len(book.worksheets) == 6
    for definition, sheet in zip(monthly_sheets(), book.worksheets[1:-1], strict=True):
        assert sheet.sheet_view.rightToLeft is (True if language == "ar" else None) or language != "ar"
        kinds = [rule.type for rule in sheet.data_validations.dataValidation]
        assert kinds.count("custom") == len(definition.variables)
        assert kinds.count("list") == 2
        assert sheet.protection.sheet
        tags = [cell.value for cell in sheet[HXL_ROW + 1]]
        assert tags == ["#adm3+code", "#adm3+name", "#date+month", *(v.hxl for v in definition.variables)]
        assert all(cell.comment for cell in sheet[HEADING_ROW + 1][3:])
        assert [cell.protection.locked for cell in sheet[FIRST_ROW + 1]] == [True] * 3 + [False] * len(definition.variables)
        assert sheet.cell(FIRST_ROW + 1, 1).value == COMMUNES["commune_code"].iloc[0]


def test_an_empty_template_is_refused_with_a_reason(built):
    report = prepare_for_store(built, build_template(COMMUNES, MONTHS, Translator("fr")), "modele.xlsx", TODAY)
    assert report.refusal.key == "nothing_filled"


def test_the_long_form_holds_the_same_variables_and_is_read_back(built):
    text = build_long_template(COMMUNES, MONTHS, Translator("fr")).decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 1 + 76 * len(COMMUNES) * len(MONTHS)
    assert {line.split(";")[3] for line in lines[1:]} == {v.id for v in load_variables().values() if v.monthly}
    cells = lines[1].split(";")
    cells[6] = "12"
    report = prepare_for_store(built, "\n".join([lines[0], ";".join(cells)]).encode(), "modele.csv", TODAY)
    assert list(report.observations["value"]) == [12]
    assert report.findings == ()


def test_last_months_end_with_the_month_of_today():
    assert last_months(TODAY, 3) == [datetime.date(2025, m, 1) for m in (7, 8, 9)]


def test_a_full_export_imported_again_is_equal(built, tmp_path):
    first = export_store(built, tmp_path / "first")
    assert {p.name for p in first} == {"observations.csv", "communes.csv", "variables.csv", "norms.csv", "uploads.csv"}
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    content = (tmp_path / "first" / "observations.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    report = prepare_for_store(again, content, "observations.csv")
    assert report.cells_set_aside == 0
    accept_import(again, content, report)
    export_store(again, tmp_path / "second")
    # The file and the cell that a figure was read from differ: it now comes from the export.
    columns = [
        "commune_code",
        "commune_name",
        "reference_date",
        "variable",
        "value",
        "status",
        "provenance",
        "reliability",
        "source",
    ]
    tables = [
        pd.read_csv(tmp_path / name / "observations.csv", dtype=str, keep_default_na=False)[columns]
        for name in ("first", "second")
    ]
    pd.testing.assert_frame_equal(*tables)
    assert len(tables[0]) > 60_000
    for name in ("communes.csv", "variables.csv", "norms.csv"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
