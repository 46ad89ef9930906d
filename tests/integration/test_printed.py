"""Tables that leave a screen: in three languages, with sources and notes inside, and inert."""

import io

import openpyxl
import pandas as pd
import pytest

from analytics.faces import ClassKind
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.reference_files import read_source
from data.source_words import in_words
from pages.figures.load import load_figures
from pages.print.tables.results import COLUMNS, build_result_table, write_csv, write_workbook
from pages.words.view import write_method
from tests.territories import TAROUDANNT
from tests.workbooks import write_workbook as write_import

TIZI = "09.541.04.67"


@pytest.fixture
def table(figures):
    return build_result_table(
        figures, Translator("fr"), ["EDU01", "HEA07", "ISP"], [figures.months[-1]], list(figures.territory)
    )


def test_the_csv_opens_with_its_letters_and_holds_every_column(table):
    content = write_csv(table)
    assert content.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(content))
    assert tuple(read.columns) == COLUMNS
    assert len(read) == 3 * 89
    assert read.loc[read["indicator_id"] == "HEA07", "pressure"].isna().sum() == 8


def test_every_result_carries_its_interval_its_classes_and_its_bounds(figures, table):
    known = table[table["severity_class"].notna()].set_index(["indicator_id", "commune_code"])
    # In its own unit where the class follows from the value.
    by_value = known.index.get_level_values(0).isin([i.id for i in figures.definitions.indicators.values() if i.goalposts])
    shown = known["pressure"].where(~by_value, known["value"]).fillna(known["score"])
    assert (known["low"] <= shown + 1e-4).all()
    assert (shown <= known["high"] + 1e-4).all()
    classes = known[[f"probability_class_{c}" for c in range(1, 6)]]
    assert classes.sum(axis=1).to_numpy() == pytest.approx(1)
    assert known["probability_high"].to_numpy() == pytest.approx(classes.iloc[:, 3:].sum(axis=1).to_numpy())
    index = known.loc["ISP"]
    assert set(index["worst_indicator"]) <= {s.value for s in figures.definitions.sector_weights}
    assert (index["score_low"] <= index["score"]).all()
    assert (index["score"] <= index["score_high"]).all()
    # Without a score there is none of it: a class that lies between two has its interval still.
    assert table.loc[table["score"].isna(), ["low", "high", "probability_high"]].isna().all(axis=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_numbers_as_numbers_and_no_formula(figures, table, language):
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(table, figures, Translator(language))))
    sheet = book.worksheets[0]
    assert sheet.max_row == len(table) + 1
    assert sheet.tables
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    pressure = COLUMNS.index("pressure") + 1
    values = [sheet.cell(row, pressure).value for row in range(2, sheet.max_row + 1)]
    assert all(value is None or isinstance(value, (int, float)) for value in values)
    for page in book.worksheets:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert len(book.worksheets) == 2


def notes_of(content):
    """The sheet of notes as lists of texts, one a row that has any."""
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[-1]
    return [[c.value for c in row if c.value is not None] for row in page.iter_rows() if any(c.value for c in row)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_explain_every_word_of_the_workbook(figures, table, language):
    t, definitions = Translator(language), figures.definitions
    rows = notes_of(write_workbook(table, figures, t))
    explained = {row[0]: row[1:] for row in rows}
    page = openpyxl.load_workbook(io.BytesIO(write_workbook(table, figures, t))).worksheets[-1]
    assert {c.alignment.readingOrder for row in page.iter_rows() for c in row if c.value} == {2 if language == "ar" else 0}
    assert explained[t("table.snapshot")] == [figures.snapshot_id]
    assert explained[t("table.method")] == [write_method(figures, t)]
    for kind in ClassKind:
        for number, words in enumerate(definitions.legend.words_of(kind), 1):
            assert explained[f"{number} · {t.label(words.labels)}"] == [t(f"class_of.{kind}"), t.label(words.readings)]
    for area, words in (
        ("status", set(table["status"])),
        ("provenance", set(table["provenance"]) - {""}),
        ("reliability", {"A", "B", "C", "D"}),
    ):
        assert all(len(explained[t(f"{area}.{word}")][0]) > 10 for word in words)
    for name in ("population", "douars", "communes"):
        source = read_source(TAROUDANNT, name)
        origin, day, file = explained[t.label(source["labels"])]
        assert t.words(source["producer"]) in origin
        assert t.words(source["licence"]) in origin
        assert (day, file) == (t.words(source["reference_date"]), f"{name}.csv")


def test_the_notes_hold_the_norms_of_the_figures_with_status_source_and_date(figures, table):
    t = Translator("en")
    rows = notes_of(write_workbook(table, figures, t))
    used = {n for joined in table["norm_id"] if joined for n in joined.split("+")}
    assert used
    written = [row for row in rows if len(row) == 6][1:]
    assert {row[0] for row in written} == {t.label(figures.definitions.norms[n].labels) for n in used}
    for value in (v for n in used for v in figures.definitions.norms[n].values):
        assert [
            row
            for row in written
            if in_words(value.source.title, t) in row[5]
            and t.date(value.effective_from) == row[4]
            and t(f"norm_status.{value.status}") == row[3]
        ]


def test_a_file_that_was_sent_stands_among_the_sources(store):
    content = write_import([["Commune", "Mois", "Agents d'état civil (ETP)"], ["Tizi N'Test", "2025-08", 1.5]])
    accept_import(store, content, prepare_for_store(store, content, "=saisie.xlsx"))
    figures, t = load_figures(store.snapshot_id()), Translator("fr")
    results = build_result_table(figures, t, ["ISP"], [figures.months[-1]], [TIZI])
    assert [r for r in notes_of(write_workbook(results, figures, t)) if r[0] == t("notes.sent") and r[-1] == "=saisie.xlsx"]


def test_text_that_a_spreadsheet_would_run_is_written_as_text(figures, table):
    hostile = table.assign(commune_name='=HYPERLINK("http://x","y")', indicator_label="+1+1")
    assert b"'=HYPERLINK" in write_csv(hostile)
    assert b",'+1+1," in write_csv(hostile)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(hostile, figures, Translator("fr"))))
    cell = book.worksheets[0].cell(2, COLUMNS.index("commune_name") + 1)
    assert cell.data_type == "s"
