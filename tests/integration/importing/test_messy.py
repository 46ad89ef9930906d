"""Whatever people send: what is kept is right, what is not is said, and every filled cell of the file is accounted for."""

import csv
import datetime
import io
import json
import os
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from data.i18n import LANGUAGES, Translator
from data.importing.corrections import Correction
from tests.messy.approximate import NOT_KNOWN, approximate_cases
from tests.messy.cases import every_case
from tests.messy.files import ADAR, HEAD, ROW, SEPTEMBER, Case, book, figures
from tests.messy.forwarded import forwarded_cases
from tests.messy.judge import judge
from tests.messy.offices import office_cases
from tests.messy.reported import record_files as reported_records
from tests.messy.reported import reported_cases
from tests.messy.unseen import further_cases, record_files
from tests.read_files import COMMUNES, kept_of_any, prepared

# A folder with more of them, where there is one: `expected.json` says what is right.
FOLDER = Path(os.environ.get("MESSY_FILES", Path(__file__).parents[4] / "shared" / "data" / "messy"))


def said(report):
    return {finding.key for finding in (report.refusal, *report.findings) if finding}


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    "case",
    [*every_case(), *further_cases(), *office_cases(), *reported_cases(), *approximate_cases(), *forwarded_cases()],
    ids=lambda case: case.name,
)
def test_a_file_is_read_rightly_or_not_at_all(case: Case):
    report = prepared(case.content, case.name, case.confirm)
    assert set(case.need) - kept_of_any(report) == set()
    assert kept_of_any(report) - {*case.need, *case.may} == set()
    assert set(case.say) - said(report) == set()
    assert (report.refusal.key if report.refusal and case.refused else "") == case.refused
    check_account(case, report)
    for finding in (report.refusal, *report.findings):
        for t in map(Translator, LANGUAGES if finding else ()):
            assert finding.message(t)
            assert finding.remedy(t)


@pytest.mark.taroudannt
@pytest.mark.parametrize("word", NOT_KNOWN)
def test_a_word_for_what_is_not_known_is_missing_and_no_nought(word):
    rows = prepared(book([["Commune", "Mois", "Élèves primaire"], ["Adar", SEPTEMBER, word]]), "mot.xlsx").observations
    assert [(o.variable, o.status) for o in rows.itertuples()] == [("pupils_primary", "missing")]
    assert rows["value"].isna().all()


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("case", "count"), [*record_files(), *reported_records()], ids=lambda said: said.name if isinstance(said, Case) else ""
)
def test_rows_of_records_are_read_like_those_of_figures(case: Case, count: int):
    report = prepared(case.content, case.name, case.confirm)
    assert len(report.movements) + len(report.facilities) == count
    assert set(case.say) - said(report) == set()
    assert report.account.in_file == report.account.words + report.account.records + report.account.not_read


def check_account(case, report):
    """The filled cells of the file, as another reader counts them, are words, read, or named as not read."""
    account = report.account
    # The other reader of binary parts takes errors for blanks, that of lines a line in quotation marks for one cell.
    others = (".zip", ".json", ".xlsb", ".xml", ".txt", "quotation marks.csv")
    if report.refusal or case.name.endswith(others):
        return
    assert account.in_file == filled_cells(case.content)
    assert account.in_file == account.words + account.figures + account.records + account.not_read
    assert account.figures == len(report.observations) + report.cells_set_aside


def filled_cells(content):
    """How many cells hold something: counted by openpyxl or calamine, or by the csv module."""
    if content.startswith(b"PK"):
        return sum(is_filled(cell) for row in cells_of_book(content) for cell in row)
    if content.lstrip().startswith(b"<"):
        return content.count(b"<td") + content.count(b"<th") + content.count(b"<Data")
    # Of one byte a sign any encoding parts the cells alike.
    encoding = "utf-16" if content.startswith(b"\xff\xfe") else "utf-16-le" if b"\0" in content else "latin-1"
    text = content.decode(encoding).removeprefix("sep=;").replace("\r", "\n")
    sign = max(";,\t|", key=text.count)
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    csv.field_size_limit(10_000_000)
    return sum(is_filled(cell) for row in csv.reader(io.StringIO(text), delimiter=sign, quoting=quoting) for cell in row)


def cells_of_book(content):
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except (OSError, AttributeError, etree.XMLSyntaxError):
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


@pytest.mark.taroudannt
@pytest.mark.skipif(not expected_of_folder(), reason="no folder of further files")
def test_the_further_files_of_the_folder_are_read_rightly():
    wrong = {}
    for name, expected in expected_of_folder():
        report = prepared((FOLDER / name).read_bytes(), name, bool(expected.get("confirm")))
        answer = {"status": "read", "findings": [f for f in (report.refusal, *report.findings) if f]}
        found = kept_of_any(report) if report.is_acceptable else set()
        wrong[name] = judge(expected, 0 if report.is_acceptable else 1, answer, found)
    assert {name: said for name, said in wrong.items() if said} == {}


def by_key(report):
    return {finding.key: finding for finding in report.findings}


ONE_WRONG = book([HEAD, ["Adar", SEPTEMBER, 120, "douze"]])


@pytest.mark.taroudannt
def test_a_value_typed_beside_its_cell_is_kept_with_the_reason_and_without_what_stood_there():
    correction = Correction("12", "Relu sur le registre")
    report = prepared(ONE_WRONG, corrections={"Feuil1!D2": correction})
    assert kept_of_any(report) == {*figures((ADAR, "displaced_persons", 120), (ADAR, "pupils_primary", 12))}
    source = report.observations.set_index("variable").at["pupils_primary", "source"]
    # It stays in the file that is kept: in a source that screens show it could name somebody.
    assert "douze" not in source
    assert "Relu sur le registre" in source
    assert by_key(report)["corrected_here"].cells == ("Feuil1!D2",)


@pytest.mark.taroudannt
@pytest.mark.parametrize("reason", ["", "  ", "appelez le 0661234567", "x" * 161])
def test_a_correction_without_a_sound_reason_changes_nothing(reason):
    corrections = {"Feuil1!D2": Correction("12", reason)}
    report = prepared(ONE_WRONG, corrections=corrections)
    assert "not_a_number" in by_key(report)
    assert list(report.aside["cell"]) == ["Feuil1!D2"]


@pytest.mark.taroudannt
def test_a_corrected_value_goes_through_the_same_checks():
    corrections = {"Feuil1!D2": Correction("-4", "signe")}
    report = prepared(ONE_WRONG, corrections=corrections)
    assert by_key(report)["value_negative"].cells == ("Feuil1!D2",)


@pytest.mark.taroudannt
def test_what_was_understood_is_said_in_one_line():
    content = book([[*HEAD, "Truc"], [*ROW, 5], ["Aoulouz", datetime.datetime(2025, 10, 1), 3, 4, 5]])
    report = prepared(content, "x.xlsx")
    assert report.understood.sentence(Translator("fr")) == (
        "1 tableau · 2 communes · septembre 2025 à octobre 2025 · 2 colonnes lues · 1 non lue"
    )
    assert report.account_sentence(Translator("en")) == (
        "15 filled cells in the file = figures kept: 4 + set aside: 0 + not read: 2 + titles and labels: 9"
    )


IDENTITY = st.tuples(st.sampled_from(["J", "JB", "JC", "BE", "D", "MA"]), st.integers(100_000, 999_999))


@pytest.mark.taroudannt
@settings(max_examples=15, deadline=None)
@given(st.sets(IDENTITY, min_size=8, max_size=80), st.sampled_from(["Code", "ID", "Observations", "Référence"]))
def test_a_list_of_identity_numbers_is_refused_under_any_heading(numbers, heading):
    communes = list(COMMUNES["name_fr"])
    rows = [[communes[n % 89], SEPTEMBER, 1, f"{letters}{digits}"] for n, (letters, digits) in enumerate(sorted(numbers))]
    report = prepared(book([["Commune", "Mois", "Personnes déplacées", heading], *rows]), "x.xlsx")
    assert report.refusal.key == "personal_identity_number"


@pytest.mark.taroudannt
@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["MA", "SY", "ML"]),
    st.integers(1, 12),
    st.sampled_from(["Code", "ADM3_PCODE", "p-code", "ID"]),
    st.integers(1, 89),
)
def test_codes_of_places_are_never_persons(country, region, heading, count):
    names = list(COMMUNES["name_fr"])[:count]
    rows = [[name, SEPTEMBER, 1, f"{country}{region:03d}{n:03d}"] for n, name in enumerate(names)]
    report = prepared(book([["Commune", "Mois", "Personnes déplacées", heading], *rows]), "x.xlsx")
    assert report.refusal is None
    assert len(report.observations) >= count - 2
