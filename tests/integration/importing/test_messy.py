"""Whatever people send: what is kept is right, what is not is said, and every filled cell of the file is accounted for."""

import csv
import datetime
import io
import json
import os
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import python_calamine
from lxml import etree

from data.i18n import LANGUAGES, Translator
from data.importing.prepare import prepare_import
from data.reference_files import read_communes
from tests.messy.files import Case, every_case
from tests.messy.judge import judge
from tests.territories import TAROUDANNT

TODAY = datetime.date(2026, 3, 1)
NOTHING = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"]).astype(
    {"value": float, "reference_date": "datetime64[ns]"}
)
COMMUNES = read_communes(TAROUDANNT)
# A folder with more of them, where there is one: `expected.json` says what is right.
FOLDER = Path(os.environ.get("MESSY_FILES", Path(__file__).parents[4] / "shared" / "data" / "messy"))


def prepared(content, name, confirm=False):
    return prepare_import(content, name, COMMUNES, NOTHING, TAROUDANNT, TODAY, is_confirmed=confirm)


def kept(report):
    """Figures with a value, as an export would name them."""
    rows = report.observations.dropna(subset=["value"]).itertuples()
    return {(o.commune_code, f"{o.reference_date:%Y-%m}", o.variable, float(o.value)) for o in rows}


def said(report):
    return {finding.key for finding in (report.refusal, *report.findings) if finding}


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.name)
def test_a_file_is_read_rightly_or_not_at_all(case: Case):
    report = prepared(case.content, case.name, case.confirm)
    assert set(case.need) - kept(report) == set()
    assert kept(report) - {*case.need, *case.may} == set()
    assert set(case.say) - said(report) == set()
    assert (report.refusal.key if report.refusal and case.refused else "") == case.refused
    for finding in (report.refusal, *report.findings):
        for t in map(Translator, LANGUAGES if finding else ()):
            assert finding.message(t)
            assert finding.remedy(t)


@pytest.mark.parametrize("case", [c for c in every_case() if not c.refused and not c.name.endswith((".zip", ".json"))],
                         ids=lambda case: case.name)  # fmt: skip
def test_the_cells_of_the_file_as_another_reader_counts_them_are_read_named_or_words(case: Case):
    report = prepared(case.content, case.name, case.confirm)
    if report.refusal:
        return
    account = report.account
    assert account.in_file == filled_cells(case.content)
    assert account.in_file == account.words + account.figures + account.records + account.not_read
    assert account.figures == len(report.observations) + report.cells_set_aside


def filled_cells(content):
    """How many cells hold something: counted by openpyxl or calamine, or by the csv module."""
    if content.startswith(b"PK"):
        return sum(is_filled(cell) for row in cells_of_book(content) for cell in row)
    if content.lstrip().startswith(b"<"):
        return content.count(b"<td") + content.count(b"<th")
    # Of one byte a sign any encoding parts the cells alike.
    encoding = "utf-16" if content.startswith(b"\xff\xfe") else "utf-16-le" if b"\0" in content else "latin-1"
    text = content.decode(encoding).removeprefix("sep=;").replace("\r", "\n")
    sign = max(";,", key=text.count)
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    csv.field_size_limit(10_000_000)
    return sum(is_filled(cell) for row in csv.reader(io.StringIO(text), delimiter=sign, quoting=quoting) for cell in row)


def cells_of_book(content):
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except (OSError, etree.XMLSyntaxError):
        book = openpyxl.Workbook()
    if len(book.worksheets) > 1 or book.worksheets[0].max_row > 1:
        return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as other:
        return [row for name in other.sheet_names for row in other.get_sheet_by_name(name).to_python()]


def is_filled(cell):
    return cell is not None and bool(str(cell).strip())


def expected_of_folder():
    path = FOLDER / "expected.json"
    return list(json.loads(path.read_text(encoding="utf-8")).items()) if path.exists() else []


@pytest.mark.skipif(not expected_of_folder(), reason="no folder of further files")
def test_the_further_files_of_the_folder_are_read_rightly():
    wrong = {}
    for name, expected in expected_of_folder():
        report = prepared((FOLDER / name).read_bytes(), name, bool(expected.get("confirm")))
        answer = {"status": "read", "findings": [f for f in (report.refusal, *report.findings) if f]}
        found = kept(report) if report.is_acceptable else set()
        wrong[name] = judge(expected, 0 if report.is_acceptable else 1, answer, found)
    assert {name: said for name, said in wrong.items() if said} == {}
