"""What leaves comes back the same: the template in three languages, the full export."""

import datetime
import io

import openpyxl
import pandas as pd
import pytest

from data import queries
from data.exporting.full_export import export_store
from data.exporting.template import FIRST_ROW, HEADING_ROW, HXL_ROW, build_long_template, build_template
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.loaders.today import load_variables, monthly_sheets
from data.months import last_months, months_between
from data.records.table import KINDS, sheet_kinds
from data.reference_files import read_communes
from data.store import Store
from tests.territories import TAROUDANNT
from tests.workbooks import consistent_values, saved

TODAY = datetime.date(2025, 9, 15)
MONTHS = months_between("2025-07", "2025-08")
COMMUNES = read_communes(TAROUDANNT).iloc[::40].head(2)
ASKED = [v.id for v in load_variables().values() if v.monthly]


def filled(content: bytes) -> tuple[bytes, dict]:
    """Fill every white cell; wholes are larger than their parts and the parts of a split add up."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    expected = {}
    for definition, sheet in zip(monthly_sheets(), book.worksheets[1:5], strict=True):
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
    assert len(expected) == len(ASKED) * len(COMMUNES) * len(MONTHS)


@pytest.mark.taroudannt
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_guards_its_cells(language):
    book = openpyxl.load_workbook(io.BytesIO(build_template(COMMUNES, MONTHS, Translator(language))))
    # The instructions, the monthly sheets, those of records, the lists.
    monthly = monthly_sheets()
    assert len(book.worksheets) == 1 + len(monthly) + len(sheet_kinds()) + 1
    for definition, sheet in zip(monthly, book.worksheets[1 : 1 + len(monthly)], strict=True):
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
    assert len(lines) == 1 + len(ASKED) * len(COMMUNES) * len(MONTHS)
    assert {line.split(";")[3] for line in lines[1:]} == {v.id for v in load_variables().values() if v.monthly}
    cells = lines[1].split(";")
    cells[6] = "12"
    report = prepare_for_store(built, "\n".join([lines[0], ";".join(cells)]).encode(), "modele.csv", TODAY)
    assert list(report.observations["value"]) == [12]
    assert report.findings == ()


def test_last_months_end_with_the_month_of_today():
    assert last_months(TODAY, 3) == [datetime.date(2025, m, 1) for m in (7, 8, 9)]


@pytest.mark.slow
def test_a_full_export_imported_again_is_equal(province_store, tmp_path):
    first = export_store(province_store, tmp_path / "first")
    figures = {"observations.csv", "communes.csv", "variables.csv", "norms.csv", "uploads.csv"}
    described = {"datapackage.json", "csv-metadata.json"}
    assert {p.name for p in first} == figures | described | {f"{kind}.csv" for kind in KINDS}
    again = Store(tmp_path / "again", province=province_store.province)
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
    assert len(tables[0]) > 5_000
    for name in ("communes.csv", "variables.csv", "norms.csv"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


MOVEMENTS = """reference_date,kind,origin_code,destination_code,home_code,persons,status,provenance,reliability,source
2025-06,arrival,09.541.01.05,09.541.09.15,,40,reported,official_via_press,C,"registre, 2"
2025-06,arrival,outside,09.541.09.15,,12,estimated,declared,B,
2025-07,relocation,09.541.09.15,09.541.04.67,09.541.01.05,4,reported,declared,B,
2025-07,relocation,09.541.09.15,09.541.04.67,,3,reported,declared,A,
2025-08,return,09.541.09.15,09.541.01.05,,,missing,declared,B,
"""
PLACE = "facility_id,commune_code,reference_date,kind,name,latitude,longitude,capacity,capacity_unit,functional_status,"
FACILITIES = f"""{PLACE}status_reason,provenance,reliability,source
F-1,09.541.09.15,2025-07,school_primary,École Al Massira,30.5312345,-8.68,6,rooms,fully,,measured,A,liste 2025
F-1,09.541.09.15,2025-08,school_primary,École Al Massira,30.5312345,-8.68,5,rooms,partially,damage,declared,B,
,09.541.04.67,2025-08,primary_care,"=Centre; de santé",,,2.5,staff,not,other,declared,B,
,09.541.09.15,2025-08,registry_office,"مكتب الحالة المدنية",30.53,-8.68,,,unknown,,declared,B,
"""


@pytest.mark.slow
def test_movements_and_facilities_exported_and_imported_again_are_equal(store, tmp_path):
    for name, text in (("m.csv", MOVEMENTS), ("f.csv", FACILITIES)):
        report = prepare_for_store(store, text.encode(), name, TODAY)
        assert {f.key for f in report.findings} <= {"home_unknown"}
        accept_import(store, text.encode(), report)
    export_store(store, tmp_path / "first")
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    for name in ("movements.csv", "facilities.csv"):
        content = (tmp_path / "first" / name).read_bytes()
        report = prepare_for_store(again, content, name)
        assert report.cells_set_aside == 0
        accept_import(again, content, report)
    for read, rows in ((queries.read_movements, 3000), (queries.read_facilities, 4)):
        frames = []
        for source in (store, again):
            with source.open() as connection:
                frame = read(connection, queries.whole_territory(connection))
            frames.append(frame.drop(columns=["upload_id", "cell"]))
        pd.testing.assert_frame_equal(*frames)
        assert len(frames[0]) >= rows
        assert "declared" in set(frames[1]["provenance"])


def records_of(content: bytes) -> tuple[openpyxl.Workbook, list]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    start = 1 + len(monthly_sheets())
    return book, book.worksheets[start : start + len(sheet_kinds())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_of_records_lead_by_lists_and_tags(language):
    t = Translator(language)
    _, sheets = records_of(build_template(COMMUNES, MONTHS, t, read_communes(TAROUDANNT)))
    for kind, sheet in zip(sheet_kinds(), sheets, strict=True):
        definition = kind.layout()
        assert [cell.value for cell in sheet[HXL_ROW + 1]] == [f.hxl for f in definition.fields]
        assert [cell.value for cell in sheet[HEADING_ROW + 1]] == [t.label(f.labels) for f in definition.fields]
        assert all(cell.comment for cell in sheet[HEADING_ROW + 1])
        assert not any(cell.protection.locked for cell in sheet[FIRST_ROW + 1])
        assert sheet.protection.sheet
        kinds = [rule.type for rule in sheet.data_validations.dataValidation]
        listed = len([f for f in definition.fields if f.type in ("month", "commune", "word")])
        assert kinds.count("list") == listed
        assert kinds.count("date") == len(definition.of_type("day"))


def fill_row(sheet, row, values):
    for column, value in enumerate(values, 1):
        sheet.cell(row, column).value = value


@pytest.mark.parametrize("language", LANGUAGES)
def test_movements_and_facilities_filled_from_the_lists_are_read_back(built, language):
    book, sheets = records_of(build_template(COMMUNES, MONTHS, Translator(language), read_communes(TAROUDANNT)))
    moves, places = (lists_of(book, sheet) for sheet in sheets[:2])
    fill_row(sheets[0], FIRST_ROW + 1, [moves[1][0], moves[2][0], moves[3][88], moves[4][89], None, 30, "registre"])
    # With an empty place to fill further down: blank rows between are nothing.
    fill_row(sheets[0], FIRST_ROW + 5, [moves[1][1], moves[2][1], moves[3][89], moves[4][88], None, 10, None])
    where = [places[1][0], places[2][88], None, "Centre", places[5][3], None, None]
    fill_row(sheets[1], FIRST_ROW + 1, [*where, 3, places[9][3], places[10][1], places[11][4], ""])
    report = prepare_for_store(built, saved(book), "modele.xlsx", TODAY)
    assert report.findings == ()
    last = read_communes(TAROUDANNT)["commune_code"].iloc[88]
    said = report.movements[["reference_date", "kind", "origin_code", "destination_code", "home_code", "persons"]]
    assert said.to_numpy().tolist() == [
        [pd.Timestamp("2025-07-01"), "arrival", last, "outside", last, 30],
        [pd.Timestamp("2025-08-01"), "return", "outside", last, last, 10],
    ]
    facility = report.facilities.iloc[0]
    assert (facility["commune_code"], facility["kind"], facility["capacity_unit"]) == (last, "primary_care", "staff")
    assert (facility["functional_status"], facility["status_reason"]) == ("partially", "damage")


def lists_of(book, sheet) -> dict:
    """What each column with a list offers, as the person who fills it sees it."""
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            name, cells = rule.formula1.rsplit("!", 1)
            values = [row[0].value for row in book[name.strip("'").replace("''", "'")][cells.replace("$", "")]]
            offered[next(iter(rule.sqref.ranges)).min_col] = values
    return offered
