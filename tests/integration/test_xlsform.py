"""The collection form: converted without a warning, with the importer's limits; a submission comes in through the same checks."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from pyxform.xls2xform import convert

from data.exporting.xlsform import build_xlsform
from data.importing.accept import prepare_for_store
from data.loaders.today import monthly_sheets
from data.reference_files import read_communes
from tests.messy.files import ADAR
from tests.territories import TAROUDANNT
from tests.workbooks import consistent_values

TODAY = date(2026, 3, 1)
ASKED = [variable for sheet in monthly_sheets() for variable in sheet.variables]


@pytest.fixture(scope="module")
def form():
    return build_xlsform(read_communes(TAROUDANNT), "taroudannt_monthly", "20250901")


@pytest.mark.taroudannt
def test_it_is_converted_without_a_warning_in_three_languages(form):
    warnings = []
    converted = convert(xlsform=io.BytesIO(form), warnings=warnings, pretty_print=False)
    assert warnings == [] == converted.warnings
    for variable in ASKED:
        assert f"/{variable.id}" in converted.xform
        for language in ("fr", "ar", "en"):
            assert variable.labels[language].split("(")[0].split("<")[0].split('"')[0].strip() in converted.xform


@pytest.mark.taroudannt
def test_every_figure_has_the_limits_of_the_importer(form):
    page = openpyxl.load_workbook(io.BytesIO(form))["survey"]
    headings = [cell.value for cell in page[1]]
    rows = {row[1]: dict(zip(headings, row, strict=True)) for row in page.iter_rows(min_row=2, values_only=True)}
    assert {row for row in rows if row in {v.id for v in ASKED}} == {v.id for v in ASKED}
    for variable in ASKED:
        row = rows[variable.id]
        assert row["type"] == ("integer" if variable.integer else "decimal")
        assert f". >= {variable.minimum:g}" in row["constraint"]
        assert variable.maximum is None or f". <= {variable.maximum:g}" in row["constraint"]
        assert variable.at_most is None or f". <= ${{{variable.at_most}}}" in row["constraint"]
    assert rows["commune_code"]["choice_filter"] == "cercle=${cercle}"
    choices = list(openpyxl.load_workbook(io.BytesIO(form))["choices"].iter_rows(min_row=2, values_only=True))
    assert len([row for row in choices if row[0] == "communes"]) == 89
    cercles = {row[1] for row in choices if row[0] == "cercles"}
    assert {row[-1] for row in choices if row[0] == "communes"} == cercles


def test_a_submission_as_a_tool_exports_it_is_imported_figure_by_figure(built):
    values = consistent_values(4)
    group = {variable.id: sheet.id for sheet in monthly_sheets() for variable in sheet.variables}
    row = {
        "start": "2025-10-02T09:00:00.000+01:00",
        "identification/cercle": "09.541.03",
        "identification/commune_code": ADAR,
        "identification/reference_date": "2025-09-01",
        **{f"{group[name]}/{name}": value for name, value in values.items() if name in group},
        "_id": 612345678,
        "_uuid": "0b7c0d5e-0000-4000-8000-000000000000",
        "_validation_status": "Approved",
    }
    target = io.StringIO()
    lines = csv.DictWriter(target, fieldnames=list(row))
    lines.writeheader()
    lines.writerow(row)
    report = prepare_for_store(built, target.getvalue().encode(), "soumissions.csv", TODAY)
    kept = {o.variable: o.value for o in report.observations.itertuples() if o.commune_code == ADAR}
    assert kept == {name: values[name] for name in group if name in values}
    assert report.cells_set_aside == 0
