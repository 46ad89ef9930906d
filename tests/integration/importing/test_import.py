"""A file goes in: what is kept, what is set aside and why, cell by cell; nothing guessed, nothing lost."""

import io

import openpyxl
import pandas as pd
import pytest

from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import
from data.importing.findings import render_finding
from data.importing.values import read_number
from geo.spelling import plain
from tests.reports_of_imports import by_key, kept, prepared
from tests.workbooks import messy_workbook, write_workbook

HEADER = ["Commune", "Mois", "Élèves primaire"]


def test_of_a_list_of_persons_nothing_stays_in_memory(built):
    report = prepared(built, write_workbook([["Nom", "Prénom", "CIN"], ["Aït Hssaine", "Fatima", "JB123456"]]))
    assert report.refusal is not None
    assert plain.cache_info().currsize == read_number.cache_info().currsize == 0


def test_the_messy_workbook_by_hand(built):
    report = prepared(built, messy_workbook())
    # 9 rows of data hold 4 + ... filled cells, counted by hand: 5+5+5+5+5+5+2+2+2 = 36.
    assert report.cells_in == 36
    assert report.cells_in == report.cells_kept + report.cells_set_aside
    tizi = "09.541.04.67"
    values = kept(report)
    assert values[tizi, "2025-08", "pupils_primary"] == 1234
    assert values[tizi, "2025-08", "displaced_persons"] == 2345
    assert values[tizi, "2025-08", "outpatient_visits"] == 1250
    assert values[tizi, "2025-07", "pupils_primary"] == 1200
    assert (tizi, "2025-07", "displaced_pupils_primary") not in values
    assert values["09.541.01.05", "2025-08", "pupils_primary"] == 400
    assert pd.isna(values[tizi, "2025-07", "outpatient_visits"])
    assert len(values) == report.cells_kept == 11


def test_every_bad_cell_is_named_with_its_reason(built):
    findings = by_key(prepared(built, messy_workbook()))
    places = {key: finding.cells for key, finding in findings.items()}
    assert places["not_a_number"] == ("Saisie août!C9",)
    assert places["value_negative"] == ("Saisie août!C8",)
    assert places["value_not_whole"] == ("Saisie août!D8",)
    assert places["spreadsheet_error"] == ("Saisie août!F8",)
    assert places["part_above_whole"] == ("Saisie août!D6",)
    assert places["duplicate_different"] == ("Saisie août!H8", "Saisie août!H11")
    assert set(places["date_outside"]) == {"Saisie août!C12", "Saisie août!H12"}
    assert set(places["commune_absent"]) == {"Saisie août!C13", "Saisie août!H13"}
    assert places["thousands_assumed"] == ("Saisie août!F5",)
    assert {"date_unreadable", "commune_unknown_near", "columns_unknown"} <= set(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_reads_as_one_line_with_file_cell_and_remedy(built, language):
    for finding in prepared(built, messy_workbook()).findings:
        line = render_finding(finding, "saisie.xlsx", Translator(language))
        assert "\n" not in line
        assert line.startswith("saisie.xlsx: Saisie août!")
        assert line.endswith((".", "؟"))


@pytest.mark.parametrize(
    "content",
    [
        "Commune;Mois;Élèves primaire\r\nTizi N'Test;août 2025;1 234,0\r\n".encode("utf-8-sig"),
        "Commune;Mois;Élèves primaire\r\nTizi N'Test;août 2025;1 234,0\r\n".encode(),
        "Commune;Mois;Élèves primaire\r\nTizi N'Test;août 2025;1 234,0\r\n".encode("cp1252"),
        "Commune,Mois,Élèves primaire\nTizi N'Test,2025-08,1234\n".encode(),
        "Commune\tMois\tÉlèves primaire\nTizi N'Test\t2025-08\t1234\n".encode("utf-16"),
        "الجماعة;الشهر;تلاميذ الابتدائي\nتيزي نتاست;غشت 2025;١٢٣٤\n".encode(),
        "الجماعة;الشهر;تلاميذ الابتدائي\nتيزي نتاست;غشت 2025;1234\n".encode("cp1256"),
        b"commune code;month;primary pupils\n095410467;08/2025;1,234\n",
        b"commune_code,reference_date,variable,value\n09.541.04.67,2025-08-01,pupils_primary,1234\n",
    ],
    ids=["bom", "utf8", "cp1252", "comma", "utf16-tab", "arabic", "cp1256", "english-digits-code", "long"],
)
def test_csv_in_the_encodings_separators_and_languages_that_communes_send(built, content):
    report = prepared(built, content, "saisie.csv")
    assert report.refusal is None
    assert kept(report) == {("09.541.04.67", "2025-08", "pupils_primary"): 1234}


@pytest.mark.parametrize(
    "heading",
    ["Nombre de demandes CNIE", "Nom de l'établissement", "Observations", "نسبة بطاقة التعريف", "Salles portables"],
)
def test_a_heading_that_counts_or_names_a_place_is_not_personal(built, heading):
    report = prepared(built, write_workbook([[*HEADER, heading], ["Freija", "2025-08", 5, 12]]))
    assert report.refusal is None
    assert report.cells_kept == 1


def test_a_letterhead_above_the_headings_is_not_personal(built):
    rows = [["Freija — téléphone : 0528 85 00 00"], [*HEADER, "Notes"], ["Freija", "2025-08", 5, "téléphone en panne"]]
    assert prepared(built, write_workbook(rows)).refusal is None


def test_each_bad_cell_is_explained_in_its_own_words(built):
    rows = [
        HEADER,
        ["Freija", "2025-08", "abc"],
        ["Igherm", "2025-08", "douze"],
        ["Toubkal", "2025-08", -4],
        ["Tigouga", "2025-08", -5],
    ]
    findings = by_key(prepared(built, write_workbook(rows)))
    assert "«\u00a0abc\u202f; douze\u00a0»" in findings["not_a_number"].message(Translator("fr"))
    assert "(−4\u202f; −5)" in findings["value_negative"].message(Translator("fr"))


def test_a_code_and_a_name_that_contradict_are_not_resolved(built):
    rows = [["Code commune", *HEADER], ["09.541.01.05", "Tizi N'Test", "2025-08", 10]]
    report = prepared(built, write_workbook(rows))
    assert report.cells_kept == 0
    assert "commune_contradiction" in by_key(report)


def test_the_same_figure_twice_is_kept_once(built):
    report = prepared(built, write_workbook([HEADER, ["Freija", "2025-08", 10], ["Freija", "2025-08", 10]]))
    assert (report.cells_kept, report.cells_set_aside) == (1, 1)
    # Nothing is wrong with it, so nothing is asked for.
    assert by_key(report)["duplicate_same"].severity == "note"


def test_a_repeated_row_is_said_once_and_a_contradiction_for_each_figure(built):
    header = [*HEADER, "Salles primaire"]
    rows = [
        header,
        ["Freija", "2025-08", 10, 2],
        ["Freija", "2025-08", 10, 2],
        ["Igherm", "2025-08", 10, 2],
        ["Igherm", "2025-08", 11, 3],
    ]
    report = prepared(built, write_workbook(rows))
    assert [len(f.cells) for f in report.findings if f.key == "duplicate_same"] == [2]
    assert [len(f.cells) for f in report.findings if f.key == "duplicate_different"] == [2, 2]
    assert (report.cells_in, report.cells_kept) == (8, 2)


@pytest.mark.parametrize("word", ["TOTAL", "Total général", "المجموع", "Province de Taroudannt"])
def test_a_row_of_totals_is_left_out_and_said(built, word):
    report = prepared(built, write_workbook([HEADER, ["Freija", "2025-08", 10], [word, None, 10]]))
    assert (report.cells_kept, report.cells_set_aside) == (1, 1)
    assert by_key(report)["total_row"].severity == "note"
    assert set(by_key(report)) == {"total_row"}


def test_candidates_are_named_in_the_language_of_the_reader(built):
    finding = by_key(prepared(built, write_workbook([HEADER, ["أيت إعزة", "2025-08", 10]])))["commune_unknown_near"]
    assert "آيت إيعزة (09.541.01.01)" in finding.message(Translator("ar"))
    assert "Ait Iaaza (09.541.01.01)" in finding.message(Translator("fr"))


SPLIT = ["Commune", "Mois", "Personnes déplacées", "dont femmes déplacées", "dont hommes déplacés"]


@pytest.mark.parametrize(
    ("figures", "set_aside"),
    [
        ((100, 60, 40), 0),
        ((100, 60, 30), 2),
        ((100, 60, 50), 2),
        ((100, 60, None), 0),
        ((100, 101, None), 1),
        ((None, 60, 30), 0),
        ((100, "ND", 40), 0),
    ],
    ids=["adds up", "falls short", "exceeds", "one part unknown", "one part above", "no total", "one part said unknown"],
)
def test_women_and_men_make_up_the_total_or_are_set_aside(built, figures, set_aside):
    report = prepared(built, write_workbook([SPLIT, ["Freija", "2025-08", *figures]]))
    assert report.cells_set_aside == set_aside
    assert ("parts_unlike_total" in by_key(report)) == bool(set_aside)
    if set_aside == 2:
        finding = by_key(report)["parts_unlike_total"]
        assert finding.cells == ("Saisie août!D2", "Saisie août!E2")
        for language in LANGUAGES:
            assert "100" in finding.message(Translator(language))
            assert finding.remedy(Translator(language))


def test_a_total_that_nobody_reports_is_the_sum_of_its_parts(built):
    header = [
        "Commune",
        "Mois",
        "Médecins",
        "Infirmiers",
        "Sages-femmes",
        "Personnel de santé femmes",
        "Personnel de santé hommes",
    ]
    rows = [header, ["Freija", "2025-07", 2, 5, 1, 5, 3], ["Freija", "2025-08", 2, 5, 1, 5, 4]]
    report = prepared(built, write_workbook(rows))
    assert by_key(report)["parts_unlike_total"].cells == ("Saisie août!F3", "Saisie août!G3")
    assert report.cells_kept == 8


def test_a_jump_is_a_warning_and_keeps_the_figure(built):
    report = prepared(built, write_workbook([HEADER, ["Freija", "2025-07", 100], ["Freija", "2025-08", 900]]))
    assert by_key(report)["jump"].cells == ("Saisie août!C3",)
    assert report.cells_kept == 2


def test_demonstration_figures_are_nothing_to_compare_with(built):
    report = prepared(built, write_workbook([HEADER, ["Freija", "2025-08", 99999]]))
    assert "jump" not in by_key(report)


def test_zero_rooms_with_pupils_is_asked_about(built):
    rows = [[*HEADER, "Salles primaire"], ["Freija", "2025-08", 300, 0]]
    report = prepared(built, write_workbook(rows))
    assert by_key(report)["zero_with_demand"].cells == ("Saisie août!D2",)
    assert report.cells_kept == 2


def test_a_formula_gives_its_stored_value_or_is_reported(built):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([*HEADER], ["Freija", "2025-08", "=100+50"]):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    report = prepared(built, target.getvalue())
    assert by_key(report)["formula_without_value"].cells == ("Sheet!C2",)


def test_nothing_is_written_before_it_is_accepted(store):
    content, before = messy_workbook(), store.snapshot_id()
    report = prepared(store, content)
    assert store.snapshot_id() == before
    assert not list((store.root).glob("uploads/*"))
    accept_import(store, content, report)
    assert store.snapshot_id() != before
    assert [p.name.startswith(report.sha256) for p in (store.root / "uploads").iterdir()] == [True]


def test_an_accepted_figure_is_in_force_with_its_file_and_cell_and_undo_takes_it_back(store):
    from data import queries

    for content in (write_workbook([HEADER, ["Tizi N'Test", "2025-08", 1000]]), messy_workbook()):
        accept_import(store, content, prepared(store, content))

    def trace():
        with store.open() as connection:
            territory = queries.whole_territory(connection)
            frame = queries.read_trace(connection, territory, "09.541.04.67", ["pupils_primary"])
        return frame[frame["reference_date"] == "2025-08-01"].iloc[0]

    row = trace()
    assert (row["value"], row["provenance"], row["cell"], row["file_name"]) == (
        1234,
        "declared",
        "Saisie août!C5",
        "saisie.xlsx",
    )
    store.undo()
    assert (trace()["value"], trace()["cell"]) == (1000, "Saisie août!C2")


def test_the_same_file_again_replaces_what_it_said(store):
    content = messy_workbook()
    for _ in range(2):
        accept_import(store, content, prepared(store, content))
    with store.open() as connection:
        count = connection.execute("SELECT count(*) FROM upload WHERE kind = 'import'").fetchone()[0]
        rows = connection.execute(
            "SELECT count(*) FROM observation o JOIN upload u USING (upload_id) WHERE u.kind = 'import'"
        )
        assert (count, rows.fetchone()[0]) == (1, 11)


def test_a_source_that_a_spreadsheet_would_run_is_defused(built):
    content = (
        b"commune_code,reference_date,variable,value,source\n"
        b'09.541.04.67,2025-08,pupils_primary,5,"=HYPERLINK(""http://x"",""y"")"\n'
    )
    report = prepared(built, content, "long.csv")
    assert report.observations["source"].iloc[0].startswith("HYPERLINK")
