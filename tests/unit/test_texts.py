"""All texts as a spreadsheet: written and read the same, refused where a correction would break them."""

import io
from datetime import date

import openpyxl
import pytest

from data.i18n import LOCALES, Translator
from data.languages import LANGUAGES
from data.texts.catalogue import needed_forms, read_catalogue, write_texts
from data.texts.checks import find_faults
from data.texts.definition_texts import AREA
from data.texts.reviews import Review, mark, standing
from data.texts.spreadsheet import COLUMNS, SHEET, SheetRow, build_spreadsheet, read_spreadsheet
from data.texts.where_seen import load_where_seen
from tests.territories import TAROUDANNT

AREAS = ("counted", "sheet", "lateness", "scenarios", "reasons")
T = Translator("fr")


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(LOCALES, TAROUDANNT)


@pytest.fixture(scope="module")
def rows(catalogue):
    return [row for row in catalogue.rows() if row.area in AREAS]


@pytest.fixture(scope="module")
def content(rows):
    return build_spreadsheet(rows, {}, T)


@pytest.fixture
def sheet(content):
    return {row.id: row for row in read_spreadsheet(content)}


def corrected(sheet, row, **values):
    line = sheet[row]
    sheet[row] = SheetRow(line.number, {**line.values, **values}, line.letters)
    return list(sheet.values())


def test_what_is_written_is_read_the_same(rows, sheet):
    assert list(sheet) == [row.id for row in rows]
    assert all(sheet[row.id].values[language] == row.texts[language] for row in rows for language in LANGUAGES)
    # Spaces at the ends and lines of their own are part of a text.
    assert sheet["sign.comma"].values["fr"] == ", "
    assert "\n" in sheet["lateness.mail_end"].values["fr"]
    assert find_faults(list(sheet.values()), rows) == []


def test_files_are_written_as_they_stand(catalogue):
    assert all(write_texts(texts) == catalogue.paths[place].read_bytes() for place, texts in catalogue.contents.items())


def test_every_cell_is_text_and_says_where_it_is_seen(content):
    page = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert [cell.value for cell in page[1]] == list(COLUMNS)
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None} == {"s"}
    seen, limit = COLUMNS.index("seen") + 1, COLUMNS.index("limit") + 1
    by_key = {row[0].value: row[0].row for row in page.iter_rows(min_row=2)}
    assert page.cell(by_key["sms.full_head"], seen).value == T("texts.place_messages")
    assert page.cell(by_key["sms.full_head"], limit).value == "fr 160 ar 70 en 160"


def test_a_text_that_looks_like_a_formula_stays_text(rows):
    row = next(row for row in rows if not row.form)
    tricky = type(row)(row.key, row.form, row.area, {**row.texts, "en": "=HYPERLINK(1)"})
    page = openpyxl.load_workbook(io.BytesIO(build_spreadsheet([tricky], {}, T)))[SHEET]
    assert page.cell(2, COLUMNS.index("en") + 1).data_type == "s"


def test_every_file_of_texts_says_where_it_is_seen(catalogue):
    where = load_where_seen()
    assert set(where.areas) == {area for area, _ in catalogue.paths} | {AREA}
    for row in catalogue.rows():
        for place in where.places(row.area, row.key):
            assert T.has(f"screen.{place}") or T.has(f"texts.place_{place}"), place
    for start in where.limits:
        assert any(row.key.startswith(start) for row in catalogue.rows()), start


def test_plural_forms_are_complete_by_cldr(catalogue):
    assert needed_forms("ar") == {"zero", "one", "two", "few", "many", "other"}
    assert needed_forms("fr") == needed_forms("en") == {"one", "other"}
    lacking = [
        (row.id, language)
        for row in catalogue.rows()
        for language in LANGUAGES
        if row.form in needed_forms(language) and not row.texts[language]
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("row", "values", "fault"),
    [
        ("sms.full_head", {"fr": "{level} : {name}."}, "texts.placeholders"),
        ("sms.full_head", {"ar": "{level}: {name}, {service"}, "texts.placeholders"),
        ("sms.full_head", {"en": "{level.x}: {name}, {service}."}, "texts.placeholders"),
        ("counted.months [other]", {"fr": "des mois"}, "texts.placeholders_or_none"),
        ("counted.months [few]", {"ar": ""}, "texts.form_missing"),
        ("counted.months [two]", {"en": "{count} months"}, "texts.form_unknown"),
        ("sign.comma", {"en": ""}, "texts.empty"),
        ("sms.full_action", {"fr": "{action}" + "x" * 161}, "texts.too_long"),
        ("sms.full_action", {"fr": "Remède : {action}."}, "texts.avoided"),
        ("sms.full_action", {"fr": "<b>{action}</b>"}, "texts.markup"),
        ("sms.full_action", {"fr": "=A1"}, "texts.formula"),
        ("sms.full_action", {"fr": 5}, "texts.not_text"),
        ("sms.full_action", {"fr": "{action} !", "version": "other"}, "texts.moved"),
        ("sms.full_action", {"key": "sms.unheard_of"}, "texts.key_unknown"),
        ("sms.full_action", {"key": "sms.full_head"}, "texts.key_twice"),
        ("sms.full_action", {"ar_reviewed_by": "Fatima", "ar_reviewed_on": ""}, "texts.role_unknown"),
        ("sms.full_action", {"ar_reviewed_by": "traduction"}, "texts.review_half"),
    ],
)
def test_a_correction_that_breaks_a_text_is_refused_with_its_cell(rows, sheet, row, values, fault):
    found = find_faults(corrected(sheet, row, **values), rows)
    if fault == "texts.placeholders_or_none":
        # A plural form may write its number out: "des mois" fills nothing, and nothing else is lost.
        assert found == []
        return
    assert fault in {f.key for f in found}
    said = next(f for f in found if f.key == fault)
    assert said.cell == sheet[row].cell(next(iter(values)) if fault != "texts.review_half" else "ar_reviewed_on")
    for language in LANGUAGES:
        sentence = said.sentence(Translator(language))
        assert said.cell in sentence
        assert {"fr": "À faire", "ar": "الحل", "en": "To do"}[language] in sentence


def test_a_row_that_was_taken_out_is_named(rows, sheet):
    del sheet["counted.months [two]"]
    assert [(f.key, f.row) for f in find_faults(list(sheet.values()), rows)] == [("texts.key_lost", "counted.months [two]")]


def test_a_review_ends_when_the_text_changes(rows):
    row = rows[0]
    review = Review("translator", date(2026, 11, 29), mark(row.texts["ar"]))
    assert standing(row, "ar", {(row.id, "ar"): review}) is review
    changed = type(row)(row.key, row.form, row.area, {**row.texts, "ar": row.texts["ar"] + "."})
    assert standing(changed, "ar", {(row.id, "ar"): review}) is None
