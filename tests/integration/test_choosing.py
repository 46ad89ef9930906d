"""A choice of communes: its rules in the address, who is left out and why, the same in every file."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from data.i18n import Translator
from pages.address.choosing import KEYS, Rules, read_rules, write_rules
from pages.address.selection import read_selection
from pages.print.choosing import write_choice_csv, write_choice_note, write_choice_workbook
from pages.words.choosing import CRITERIA, choose_communes, first_weights, list_cercles, list_left_out
from pages.words.view import View
from tests.walking import open_screen

TIZI = "09.541.04.67"


@pytest.fixture
def view(figures):
    return View(figures, read_selection(figures, {"month": "2025-08"}), Translator("fr", figures.province))


@pytest.fixture
def choice(view):
    asked = {"weights": "health_distance:3,intensity:2,nothing:9", "least": "intensity:5", "without": TIZI, "retain": "12"}
    return choose_communes(view, read_rules(asked, CRITERIA, first_weights(view), view.codes))


def test_rules_are_read_from_an_address_and_written_into_one(view):
    rules = Rules(dict.fromkeys(CRITERIA, 0) | {"intensity": 2}, {"people": 100.0}, (TIZI,), 12)
    written = write_rules(rules)
    assert set(written) == set(KEYS)
    assert read_rules(written, CRITERIA, {}, view.codes) == rules
    broken = {"weights": "severity:nan,people:99", "least": "x:1,people:inf", "without": "1", "retain": "-3"}
    assert read_rules(broken, CRITERIA, {}, view.codes) == Rules(dict.fromkeys(CRITERIA, 0), {}, (), 10)


def test_what_is_simulated_does_not_weigh_by_default(view):
    assert not {"severity", "people", "displaced"} & set(first_weights(view))


def test_everybody_is_ranked_or_left_out_with_a_reason(view, choice):
    assert set(choice.listed.index) | set(choice.left_out) == set(view.codes)
    assert not set(choice.listed.index) & set(choice.left_out)
    assert choice.left_out[TIZI] == "écartée par choix"
    assert len(choice.chosen) == 12
    assert (choice.criteria.loc[choice.listed.index, "intensity"] >= 5).all()
    assert sum(int(row["retained"].split()[0]) for row in list_cercles(view, choice)) == 12


def test_the_files_say_what_the_screen_says(view, choice):
    rows = list(csv.DictReader(io.StringIO(write_choice_csv(view, choice).decode("utf-8-sig"))))
    assert [row["commune_code"] for row in rows if row["selected"] == "True"] == choice.chosen
    assert {row["commune_code"] for row in rows if row["reason"]} == set(choice.left_out)
    book = openpyxl.load_workbook(io.BytesIO(write_choice_workbook(view, choice)))
    assert book.sheetnames == ["Choix", "Notes"]
    assert book["Choix"].max_row == len(view.codes) + 1
    note = Document(io.BytesIO(write_choice_note(view, choice, date(2026, 11, 29))))
    cells = [cell.text for table in note.tables for cell in table._cells]
    assert {view.name(code) for code in choice.chosen} <= set(cells)
    assert {name for name, _ in list_left_out(view, choice)} <= set(cells)
    assert any("poids 3" in paragraph.text for paragraph in note.paragraphs)


def test_the_screen_opens_on_the_rules_of_its_address(built):
    app = open_screen("compare", lang="fr", month="2025-08", weights="intensity:5", retain="4", without=TIZI)
    assert app.slider(key="compare_weight_intensity").value == 5
    assert app.slider(key="compare_weight_severity").value == 0
    app.slider(key="compare_weight_people").set_value(2).run()
    assert app.query_params["weights"] == "people:2,intensity:5"
    assert (app.query_params["retain"], app.query_params["without"]) == ("4", TIZI)
