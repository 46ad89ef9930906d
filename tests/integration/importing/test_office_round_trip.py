"""The template, filled in and saved by LibreOffice in each of its forms, comes back figure by figure."""

import io
import shutil
import subprocess
from datetime import date

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from data.exporting.template import build_template
from data.i18n import Translator
from data.importing.prepare import prepare_import
from data.loaders.today import monthly_sheets
from data.months import months_between
from data.reference_files import read_communes
from tests.territories import TAROUDANNT
from tests.workbooks import consistent_values

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there: apt-get install libreoffice-*-nogui"),
]
COMMUNES = read_communes(TAROUDANNT)
NOTHING = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"]).astype(
    {"value": float, "reference_date": "datetime64[ns]"}
)
# Every sheet as a file of lines, its cells as they are shown.
LINES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A template of two communes and months with every figure, in a folder of its own."""
    content = build_template(COMMUNES.head(2), months_between("2025-07", "2025-08"), Translator("fr"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for definition, sheet in zip(monthly_sheets(), book.worksheets[1:5], strict=True):
        last = 3 + len(definition.variables)
        for number, row in enumerate(sheet.iter_rows(min_row=4, min_col=4, max_col=last)):
            values = consistent_values(number)
            for cell, variable in zip(row, definition.variables, strict=True):
                cell.value = values[variable.id]
    path = tmp_path_factory.mktemp("office") / "template.xlsx"
    book.save(path)
    return path


def read_figures(path):
    """The figures of a file, none of which is asked about or set aside."""
    report = prepare_import(path.read_bytes(), path.name, COMMUNES, NOTHING, TAROUDANNT, date(2026, 3, 1))
    assert not report.questions
    assert report.cells_set_aside == 0
    rows = report.observations.itertuples()
    return {(row.commune_code, f"{row.reference_date:%Y-%m}", row.variable, row.value, row.status) for row in rows}


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", LINES], ids=lambda form: form.partition(":")[0])
def test_every_figure_comes_back(filled, tmp_path, form):
    profile = f"-env:UserInstallation=file://{filled.parent}/profile"
    out = tmp_path / "out"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(out), str(filled)]
    subprocess.run(command, check=True, capture_output=True)
    expected = read_figures(filled)
    assert len(expected) == 4 * sum(len(sheet.variables) for sheet in monthly_sheets())
    assert set().union(*(read_figures(path) for path in out.iterdir())) == expected


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_a_raised_mark_is_no_digit(tmp_path, form):
    """Many long texts before it, so that an .xls keeps them in several records."""
    book, mark = openpyxl.Workbook(), InlineFont(vertAlign="superscript")
    sheet = book.active
    sheet.append(["Commune", "Mois", "Élèves primaire", "Observations"])
    for number in range(600):
        remark = CellRichText("remarque أضار " * (number % 9), TextBlock(mark, "1"), f"{number}", TextBlock(mark, "2"))
        sheet.append([COMMUNES["name_fr"].iloc[number % 89], "2025-07", None, remark])
    for name, figure in (("Adar", CellRichText("340", TextBlock(mark, "1"))), ("Aoulouz", "900")):
        sheet.append([name, "2025-09", figure])
    sent, out = tmp_path / "marks.xlsx", tmp_path / "out"
    book.save(sent)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(out), str(sent)], check=True, capture_output=True)
    content = (out / f"marks.{form}").read_bytes()
    report = prepare_import(content, f"marks.{form}", COMMUNES, NOTHING, TAROUDANNT, date(2026, 3, 1))
    kept = {(row.variable, row.value) for row in report.observations.itertuples()}
    assert ("pupils_primary", 900) in kept
    assert not kept & {("pupils_primary", 3401), ("pupils_primary", 34012)}
