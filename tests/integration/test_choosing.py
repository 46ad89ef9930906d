"""A choice of communes: its rules in the address, who is left out and why, the same in every file."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from data.i18n import Translator
from data.records.place_choices import PLACE_CHOICES
from data.records.register import read_register
from pages.address.choosing import KEYS, Rules, read_rules, write_rules
from pages.address.selection import read_selection
from pages.print.choosing import write_choice_csv, write_choice_note, write_choice_workbook
from pages.words.choosing import choose, list_groups, list_left_out
from pages.words.choosing_communes import CRITERIA, CommunePlaces, first_weights
from pages.words.choosing_douars import CRITERIA as DOUARS_BY
from pages.words.choosing_douars import DouarPlaces
from pages.words.douars import list_douars
from pages.words.view import View
from tests.walking import open_screen

TIZI = "09.541.04.67"


@pytest.fixture
def view(figures):
    return View(figures, read_selection(figures, {"month": "2025-08"}), Translator("fr", figures.province))


@pytest.fixture
def choice(view):
    asked = {"weights": "health_distance:3,intensity:2,nothing:9", "least": "intensity:5", "without": TIZI, "retain": "12"}
    return choose(view, CommunePlaces(), read_rules(asked, CRITERIA, first_weights(view), view.codes))


def test_rules_are_read_from_an_address_and_written_into_one(view):
    rules = Rules(dict.fromkeys(CRITERIA, 0) | {"intensity": 2}, {"people": 100.0}, (TIZI,), 12)
    written = write_rules(rules)
    assert set(written) == set(KEYS)
    assert read_rules(written, CRITERIA, {}, view.codes) == rules
    assert write_rules(Rules({}, {"people": 1234567.0}, (), 3)) == {"least": "people:1234567", "retain": "3"}
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
    assert sum(int(row["retained"].split()[0]) for row in list_groups(view, choice)) == 12


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
    assert app.slider(key="communes_weight_intensity").value == 5
    assert app.slider(key="communes_weight_severity").value == 0
    app.slider(key="communes_weight_people").set_value(2).run()
    assert app.query_params["weights"] == "people:2,intensity:5"
    assert (app.query_params["retain"], app.query_params["without"]) == ("4", TIZI)


DOUAR_RULES = {"weights": "health_centre_km:3,people:1", "least": "health_centre_km:10", "retain": "7"}


def test_douars_are_ranked_or_left_out_by_name_and_reason_in_every_file(view):
    first = choose(view, DouarPlaces(), read_rules(DOUAR_RULES, DOUARS_BY, {}, ()))
    without = {**DOUAR_RULES, "without": first.chosen[0]}
    choice = choose(view, DouarPlaces(), read_rules(without, DOUARS_BY, {}, set(first.criteria.index)))
    assert choice.chosen[:6] == first.chosen[1:7]
    assert set(choice.listed.index) | set(choice.left_out) == set(list_douars(view, view.codes).index)
    assert (choice.criteria.loc[choice.listed.index, "health_centre_km"] >= 10).all()
    assert choice.left_out[first.chosen[0]] == "écarté par choix"
    assert sum(int(row["retained"].split()[0]) for row in list_groups(view, choice, only_chosen=True)) == 7
    rows = list(csv.DictReader(io.StringIO(write_choice_csv(view, choice).decode("utf-8-sig"))))
    assert [row["douar_code"] for row in rows if row["selected"] == "True"] == choice.chosen
    assert {row["douar_code"] for row in rows if row["reason"]} == set(choice.left_out)
    points = [float(row["health_centre_km_points"]) + float(row["people_points"]) for row in rows[:7]]
    assert points == pytest.approx([float(row["points"]) for row in rows[:7]], abs=0.01)
    note = Document(io.BytesIO(write_choice_note(view, choice, date(2026, 11, 29))))
    text = " ".join(cell.text for table in note.tables for cell in table._cells)
    places = choice.places
    assert all(places.name(view, code) in text for code in (*choice.chosen, *choice.left_out))
    book = openpyxl.load_workbook(io.BytesIO(write_choice_workbook(view, choice)))
    assert book["Choix"].max_row == len(rows) + 1


def test_a_choice_is_saved_refused_reopened_and_withdrawn_on_the_screen(store):
    app = open_screen("places", lang="fr", month="2025-08", part="choose", territory="programme", **DOUAR_RULES)
    assert app.slider(key="douars_weight_health_centre_km").value == 3
    save(app, "Douars éloignés", "Appeler le 06 12 34 56 78")
    assert "Raison de ce choix" in app.error[0].value
    save(app, "Douars éloignés", "Caravane médicale de novembre")
    assert "Douars éloignés" in app.success[0].value
    with store.open() as connection:
        (row,) = read_register(connection, PLACE_CHOICES).to_dict("records")
    assert {key: row[key] for key in KEYS if row[key]} == DOUAR_RULES | {"weights": "people:1,health_centre_km:3"}
    assert (row["about"], row["role"], row["territory"], row["month"]) == ("douars", "steward", "programme", "2025-08")
    other = open_screen("places", lang="fr", part="choose")
    other.button(key="reopen-douars-Douars éloignés").click().run()
    assert {key: other.query_params[key] for key in DOUAR_RULES} == {key: row[key] for key in DOUAR_RULES}
    assert (other.query_params["territory"], other.query_params["month"]) == ("programme", "2025-08")
    other.button(key="ask-withdraw-douars-Douars éloignés").click().run()
    other.button(key="yes-withdraw-douars-Douars éloignés").click().run()
    with store.open() as connection:
        assert read_register(connection, PLACE_CHOICES).empty


def save(app, name, reason):
    """Fill in the form and send it."""
    next(box for box in app.text_input if box.label == "Nom du choix").set_value(name)
    next(box for box in app.text_area if box.label == "Raison de ce choix").set_value(reason)
    next(button for button in app.button if button.label == "Enregistrer ce choix").click().run()
