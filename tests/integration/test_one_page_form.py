"""The form of one page: every question once in both languages, in letters that can be read, and it is imported as it is filled."""

import ctypes
import io
import shutil
import subprocess
from datetime import date
from itertools import chain

import openpyxl
import pypdfium2
import pytest

from data.command_line import main
from data.exporting.one_month_form import OneMonth
from data.exporting.one_page_form import BETWEEN, FONT_SIZE, MARGIN, PAGE, WIDTHS, build_page, split_halves
from data.importing.accept import prepare_for_store
from data.loaders.today import monthly_sheets
from tests.messy.files import ADAR
from tests.workbooks import saved

ASKED = OneMonth(ADAR, {"fr": "Adar", "ar": "أضار"}, date(2025, 9, 1), {})
TODAY = date(2026, 3, 1)
SMALLEST = 7.5


def page_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def entries(page):
    """The cells to be filled in, each with what it asks, in French and in Arabic."""
    cells = [cell for row in page.iter_rows() for cell in row if not cell.protection.locked]
    return [(cell, cell.offset(0, -1).value, cell.offset(0, 2).value) for cell in cells]


def test_every_question_stands_once_in_both_languages():
    asked = [(french, arabic) for _, french, arabic in entries(page_of(build_page(ASKED)))]
    wanted = [(v.labels["fr"], v.labels["ar"]) for sheet in monthly_sheets() for v in sheet.variables]
    assert sorted(asked) == sorted(wanted)


def test_the_halves_hold_whole_services_in_their_order():
    first, second = split_halves(monthly_sheets())
    assert [sheet.id for sheet in chain(first, second)] == [sheet.id for sheet in monthly_sheets()]
    lengths = [sum(1 + len(sheet.variables) for sheet in half) for half in (first, second)]
    assert abs(lengths[0] - lengths[1]) <= max(1 + len(sheet.variables) for sheet in monthly_sheets()) / 2


def test_the_rows_fit_a_page_without_being_made_smaller():
    page = page_of(build_page(ASKED))
    height = sum(page.row_dimensions[row].height for row in range(1, page.max_row + 1))
    width = (2 * sum(WIDTHS) + BETWEEN) * 3 / 4
    # What a printer makes of a page that is a little too large is still read.
    shrunk = min(1, (PAGE[1] - 2 * MARGIN) / height, (PAGE[0] - 2 * MARGIN) / width)
    assert FONT_SIZE * shrunk >= SMALLEST
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) in ((1, 1), (None, None))


def test_what_is_filled_in_is_imported_from_both_halves(built):
    book = openpyxl.load_workbook(io.BytesIO(build_page(ASKED)))
    labels = {v.labels["fr"]: v.id for sheet in monthly_sheets() for v in sheet.variables}
    filled = {"doctors": 3, "nurses": 5, "registry_offices": 2, "displaced_persons": 120, "displaced_households": 30}
    for cell, french, _ in entries(book.worksheets[0]):
        cell.value = filled.get(labels[french])
    report = prepare_for_store(built, saved(book), "page.xlsx", TODAY)
    rows = report.observations
    assert report.refusal is None
    assert {(o.commune_code, f"{o.reference_date:%Y-%m}") for o in rows.itertuples()} == {(ADAR, "2025-09")}
    assert dict(zip(rows["variable"], rows["value"], strict=True)) == filled
    # The labels in Arabic say the same again: nothing of the form is left unread.
    assert (report.understood.tables, report.understood.unread_columns, report.account.not_read) == (2, 0, 0)
    blank = prepare_for_store(built, build_page(ASKED), "page.xlsx", TODAY)
    assert blank.refusal.key == "nothing_filled"


def test_the_command_writes_the_page(built, tmp_path):
    target = tmp_path / "page.xlsx"
    assert main(["template", str(target), "--one-page", "--commune", "Adar", "--months", "2025-09", "2025-09"]) == 0
    assert page_of(target.read_bytes())["B2"].value == ADAR
    assert main(["template", str(target), "--one-page", "--months", "2025-09", "2025-09"]) == 2


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there")
def test_it_is_one_page_of_letters_that_can_be_read(tmp_path):
    (tmp_path / "page.xlsx").write_bytes(build_page(ASKED))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "page.xlsx")], check=True, capture_output=True)
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        assert len(document) == 1
        sizes = set()
        for found in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = ctypes.c_float()
            assert pypdfium2.raw.FPDFTextObj_GetFontSize(found.raw, size)
            sizes.add(round(size.value * found.get_matrix().d, 1))
    # Where the font is not there, another one may be a little wider.
    assert min(sizes) >= SMALLEST - 0.5
