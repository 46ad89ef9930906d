"""Actors and actions in a file: the usual 3W books in three vocabularies, what is kept, what is set aside, once each."""

import datetime

import pytest

from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import render_finding
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.sheet_store import read_in_force
from tests.workbooks import write_workbook

TODAY = datetime.date(2025, 9, 15)
TIZI, AOULOUZ = "09.541.04.67", "09.541.01.02"
FRENCH = ["Organisme", "Activité", "Secteur", "Commune", "Statut", "Quantité", "Unité", "Date de début", "Date de fin"]
OCHA = [
    "Reporting organization", "Implementing partner", "Cluster", "Activity description", "Admin 1 Name", "Admin 2 Name",
    "Admin 3 Name", "Activity status", "Start date", "End date", "People targeted", "People reached", "Donor",
]  # fmt: skip
IFRC = ["National Society", "Project Name", "Primary Sector", "Country", "Region", "Status", "Start Date", "End Date",
        "Target Total", "Reached Total", "Budget Amount"]  # fmt: skip


def prepared(store, rows, name="3w.xlsx"):
    return prepare_for_store(store, write_workbook(rows, title="3W"), name, TODAY)


def kept(report):
    return report.records[ACTIONS.id].to_dict("records")


def test_a_french_book_is_read_with_the_need_that_its_activity_names(built):
    report = prepared(
        built,
        [
            FRENCH,
            ["ADS", "salles de classe du primaire", None, "Tizi N'Test", "en cours", 3, None, "12/05/2025", "2026-01-31"],
        ],
    )
    # Like the months of figures: 12/05 could be either, and how it was read is said.
    assert [finding.key for finding in report.findings] == ["day_first_read"]
    (row,) = kept(report)
    assert (row["organisation"], row["need"], row["sector"], row["unit"]) == (
        "ADS",
        "classrooms_primary",
        "education",
        "classrooms",
    )
    assert (row["commune_code"], row["action_status"], row["quantity"]) == (TIZI, "under_way", 3)
    assert (f"{row['start_date']:%Y-%m-%d}", f"{row['end_date']:%Y-%m-%d}") == ("2025-05-12", "2026-01-31")


def test_an_ocha_book_is_read_and_a_blank_commune_stays_the_province(built):
    row = ["UNICEF", "CEFA", "WASH", "Latrines", "Souss-Massa", "Taroudannt", None, "Completed", "2024-01-01", "2024-06-30", 900,
           850, "UE"]  # fmt: skip
    report = prepared(built, [OCHA, row])
    assert [finding.key for finding in report.findings if finding.sets_aside] == []
    (found,) = kept(report)
    assert (found["commune_code"], found["action_status"], found["sector"], found["need"]) == ("", "done", "wash", "")
    assert (found["targeted"], found["reached"], found["funder"], found["partner"]) == (900, 850, "UE", "CEFA")
    assert "support_no_need" in {finding.key for finding in report.findings}


def test_a_book_of_a_national_society_is_read(built):
    row = ["Croissant-Rouge marocain", "Soutien psychosocial", "Protection", "Morocco", "Souss-Massa", "Ongoing", "2025-01-01",
           "2025-12-31", 400, 120, 300000]  # fmt: skip
    report = prepared(built, [IFRC, row])
    (found,) = kept(report)
    assert (found["action_status"], found["budget_mad"], found["reached"]) == ("under_way", 300000, 120)


def test_tags_alone_are_enough(built):
    content = (
        "#org,#activity,#sector,#adm3+name,#status,#reached,#targeted,#date+start\r\n"
        "ADS,mobile health team,Health,Aoulouz,Ongoing,120,200,2025-03-01\r\n"
    )
    report = prepare_for_store(built, content.encode(), "3w.csv", TODAY)
    assert report.findings == ()
    (found,) = kept(report)
    assert (found["need"], found["commune_code"], found["reached"], found["targeted"]) == (
        "consultations",
        AOULOUZ,
        120,
        200,
    )


def test_whole_province_and_cercle_stay_what_they_are(built):
    header = ["organisation", "activity", "commune", "cercle", "status"]
    report = prepared(
        built,
        [
            header,
            ["ADS", "Coordination", "Toute la province", None, "done"],
            ["ADS", "Coordination", None, "Taliouine", "done"],
        ],
    )
    assert [(row["commune_code"], row["cercle"]) for row in kept(report)] == [("", ""), ("", "Taliouine")]


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("quantity_unit", "teacher_months", "support_unit"),
        ("status", "rêvé", "word_unknown"),
        ("commune", "Zzzz", "commune_unknown"),
        ("cercle", "Cercle de Nulle Part", "word_unknown"),
        ("end_date", "2024-01-01", "support_days"),
        ("start_date", "bientôt", "day_unreadable"),
        ("currency", "EUR", "support_currency"),
        ("funder", "M. Ahmed Alaoui", "support_person"),
        ("status", "arrêtée", "support_no_reason"),
        ("quantity", -1, "value_negative"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_with_its_cell_and_remedy(built, field, value, key):
    said = {
        "organisation": "ADS", "need": "classrooms_primary", "commune": "Aoulouz", "cercle": "", "status": "funded",
        "quantity": 2, "quantity_unit": "", "start_date": "2025-01-01", "end_date": "2025-12-31", "currency": "", "budget": 5000,
        "funder": "UE",
    } | {field: value}  # fmt: skip
    header = ["unit" if name == "quantity_unit" else name for name in said]
    report = prepared(built, [header, list(said.values())])
    (finding,) = report.findings
    assert (finding.key, report.cells_kept) == (key, 0)
    for language in LANGUAGES:
        assert finding.remedy(Translator(language)) in render_finding(finding, "3w.xlsx", Translator(language))


@pytest.mark.parametrize("text", ["Appeler le 0661 23 45 67 pour les salles", "Écrire à x.y@example.org pour les salles"])
def test_a_telephone_or_an_address_refuses_the_file(built, text):
    report = prepared(built, [["organisation", "activity", "status"], ["ADS", text, "done"]])
    assert report.refusal is not None
    assert not report.is_acceptable


def test_an_actor_has_a_function_and_no_name(built):
    header = ["Sigle", "Organisation", "Type d'organisation", "Secteurs", "Fonction de référence", "Convention depuis"]
    good = ["ADS", "Agence de développement social", "agence", "Éducation, santé", "Coordinateur de projet", "2025-01-01"]
    bad = ["XX", "Association X", "ONG", "Éducation", "Ahmed Alaoui", None]
    lost = ["YY", "Association Y", "ONG", "Magie", None, None]
    report = prepared(built, [header, good, bad, lost])
    assert [(f.key, f.cells) for f in report.findings] == [("support_function", ("3W!E3",)), ("word_unknown", ("3W!D4",))]
    (row,) = report.records[ACTORS.id].to_dict("records")
    assert (row["organisation_id"], row["organisation_type"], row["focal_function"]) == (
        "ADS",
        "agency",
        "Coordinateur de projet",
    )


def test_the_same_action_in_two_files_is_one_and_undo_brings_back_what_was_said_before(store):
    def send(quantity, name):
        content = write_workbook([["organisation", "need", "commune", "status", "quantity"],
                                  ["ADS", "classrooms_primary", "Aoulouz", "funded", quantity]])  # fmt: skip
        accept_import(store, content, prepare_for_store(store, content, name, TODAY))

    def quantities():
        with store.open() as connection:
            found = read_in_force(connection, ACTIONS, (AOULOUZ,))
            return found.loc[found["organisation"] == "ADS", "quantity"].tolist()

    send(2, "un.xlsx")
    send(3, "deux.xlsx")
    assert quantities() == [3]
    store.undo()
    assert quantities() == [2]
    with store.open() as connection:
        assert "ADS" not in set(read_in_force(connection, ACTIONS, (TIZI,))["organisation"])
