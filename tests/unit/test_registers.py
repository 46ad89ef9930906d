"""Registers: what a form refuses, what the newest state of a thing is, and that what ships would be accepted in an import."""

from datetime import date
from types import SimpleNamespace

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics.disclosure import DisclosureRule
from data.initialise import read_communes
from data.migrations import apply_migrations
from data.programme_files import load_rules
from data.province import default_province
from data.records.achievements import ACHIEVEMENTS
from data.records.activities import ACTIVITIES
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.entry_checks import KnownPlaces
from data.records.entry_store import add_entries, read_entries
from data.records.register import first_problem, read_register, read_states, tidy
from data.records.table import registers
from data.results_rows import read_shipped
from pages.print.results.targeting import find_withheld
from pages.words.registers import round_findings

TIGOUGA = "09.541.04.59"
PLACES = KnownPlaces(frozenset({TIGOUGA}), frozenset({TIGOUGA, "programme"}))
ROW = {
    "code": "A1", "result_code": "", "title": "Poser dix salles", "place": "programme", "year": "2025", "quarters": "Q1 Q2",
    "budget_line": "", "budget_mad": "3600000", "spent_mad": "", "responsible": "Direction", "state": "planned",
    "progress_pct": "0", "reason": "", "verification": "", "reference_date": "2025-01-15", "provenance": "declared", "source": "",
    "withdrawn": "", "written_at": "2025-01-15 10:00:00",
}  # fmt: skip


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        apply_migrations(opened)
        yield opened


def put(connection, *changes):
    add_entries(connection, ACTIVITIES, pd.DataFrame([ROW | change for change in changes], dtype="object"))


def test_the_newest_state_of_a_day_is_in_force_and_a_later_one_is_not_known_yet(connection):
    put(
        connection,
        {},
        {"reference_date": "2025-06-30", "progress_pct": "40", "written_at": "2025-07-01 08:00:00"},
        {"reference_date": "2025-06-30", "progress_pct": "45", "written_at": "2025-07-02 08:00:00"},
        {"reference_date": "2025-03-31", "progress_pct": "20", "written_at": "2025-07-03 08:00:00"},
    )
    said = {day: read_register(connection, ACTIVITIES, day)["progress_pct"].tolist() for day in (
        date(2025, 1, 14), date(2025, 2, 1), date(2025, 4, 1), date(2025, 12, 31))}  # fmt: skip
    assert list(said.values()) == [[], ["0"], ["20"], ["45"]]
    assert len(read_states(connection, ACTIVITIES)) == 4


def test_a_withdrawn_thing_is_gone_and_stays_in_its_history_and_what_is_real_comes_before_an_example(connection):
    put(connection, {"provenance": "demonstration", "reference_date": "2025-08-01", "progress_pct": "90"}, {})
    assert read_register(connection, ACTIVITIES)["progress_pct"].tolist() == ["0"]
    put(connection, {"withdrawn": "yes", "reference_date": "2025-08-02", "written_at": "2025-08-02 10:00:00"})
    assert read_register(connection, ACTIVITIES).empty
    assert len(read_states(connection, ACTIVITIES)) == 3


def test_rows_sent_twice_are_not_doubled_and_come_back_as_they_were_written(connection):
    put(connection, {}, {"budget_mad": "0.5", "code": "A2"})
    put(connection, {}, {"budget_mad": "0.5", "code": "A2"})
    back = read_entries(connection, ACTIVITIES)
    assert back.drop(columns=[]).to_dict("records") == [ROW, ROW | {"budget_mad": "0.5", "code": "A2"}]


@pytest.mark.parametrize(
    ("changed", "key", "field"),
    [
        ({"code": ""}, "entry_unknown", "code"),
        ({"title": ""}, "entry_length", "title"),
        ({"responsible": "Appeler le 0661234567"}, "entry_telephone", "responsible"),
        ({"place": "09.999"}, "entry_unknown", "place"),
        ({"quarters": "Q5"}, "entry_unknown", "quarters"),
        ({"progress_pct": "101"}, "entry_unknown", "progress_pct"),
        ({"budget_mad": "beaucoup"}, "entry_unknown", "budget_mad"),
        ({"state": "finished"}, "entry_unknown", "state"),
        ({"reference_date": "2025-02-30"}, "entry_date", "reference_date"),
    ],
)
def test_a_form_refuses_what_a_file_would_be_refused_for(changed, key, field):
    assert first_problem(ACTIVITIES, ROW, PLACES) is None
    assert first_problem(ACTIVITIES, ROW | changed, PLACES) == (key, field)


def test_a_form_is_read_as_texts_and_what_is_not_known_stays_empty():
    read = tidy(
        ACTIVITIES, {"code": " A1 ", "budget_mad": 3600000.0, "spent_mad": None, "reference_date": date(2025, 1, 15)}
    )
    assert (read["code"], read["budget_mad"], read["spent_mad"], read["reference_date"]) == (
        "A1",
        "3600000",
        "",
        "2025-01-15",
    )
    assert set(read) == {f.id for f in ACTIVITIES.typed}
    assert "provenance" not in read


@pytest.mark.taroudannt
def test_what_ships_is_accepted_says_what_it_is_and_moves_by_whole_years():
    province = default_province()
    communes = read_communes(province)
    shipped = read_shipped(province, communes, demonstration=True, until=None)
    later = read_shipped(province, communes, demonstration=True, until=date(2027, 10, 1))
    real = read_shipped(province, communes, demonstration=False, until=None)
    # A register that nothing is shipped for starts empty.
    assert {"results", "activities"} < set(shipped) <= {kind.id for kind in registers()}
    assert set(real) == {"results", "achievements", "donor_outputs"}
    assert not any((rows["provenance"] == "demonstration").any() for rows in real.values())
    # A mapping is a proposal of ours until the donor confirms it.
    assert all(rows["source"].str.startswith("https://").all() for kind, rows in real.items() if kind != "donor_outputs")
    example = shipped[ACTIVITIES.id].iloc[0], later[ACTIVITIES.id].iloc[0]
    assert [row["reference_date"] for row in example] == ["2025-01-15", "2027-01-15"]
    assert [row["year"] for row in example] == ["2025", "2027"]
    facts = ACHIEVEMENTS.id
    assert later[facts]["reference_date"][0] == shipped[facts]["reference_date"][0] == "2025-04-29"


def test_no_register_has_a_column_for_a_person():
    columns = {column for kind in registers() for column in kind.columns}
    assert not columns & {"name", "first_name", "last_name", "telephone", "phone", "e_mail", "cin", "address", "birth_date"}
    assert "commune_code" in ANIMATOR_POSTS.columns


@pytest.mark.taroudannt
def test_no_rule_and_no_match_for_a_donor_ships_as_verified():
    rules = load_rules()
    shipped = read_shipped(default_province(), read_communes(default_province()), demonstration=True, until=None)
    assert set(shipped["eligibility"]["rule"]) <= set(rules)
    outputs = shipped["donor_outputs"]
    assert {code for listed in outputs["results"] for code in listed.split()} <= set(shipped["results"]["code"])
    assert set(outputs["verified"]) == {"not_verified"}
    assert not any(rule.verified for rule in rules.values())
    assert all(set(rule.labels) == {"fr", "ar", "en"} for rule in rules.values())


def test_counts_of_douars_beside_their_commune_give_no_small_one_back():
    counts = [("", 40, 30, 8, 6), ("Aït A", 3, 0, 0, 0), ("Aït B", 15, 15, 8, 6), ("Aït C", 22, 15, 0, 0)]
    rows = pd.DataFrame(counts, columns=["douar", "assessed", "eligible", "appeals", "appeals_upheld"]).assign(
        rule="aid", commune_code=TIGOUGA
    )
    hidden = find_withheld(rows, DisclosureRule(5, 5)).set_index(rows["douar"])
    # 40 less 15 and 22 would be the 3 of Aït A; of 8 appeals 6 upheld would be the 2 that were not.
    assert hidden["assessed"].to_dict() == {"": False, "Aït A": True, "Aït B": True, "Aït C": False}
    assert hidden["eligible"].tolist() == [False, False, False, False]
    assert hidden["appeals_upheld"].tolist() == [True, False, True, False]


def test_two_states_that_differ_by_one_person_are_told_alike():
    """Whoever knows the one neighbour who came between would read what was found of them."""
    rule = DisclosureRule(5, rounding=5)
    view = SimpleNamespace(figures=SimpleNamespace(definition_set=SimpleNamespace(disclosure={"displaced_persons": rule})))
    states = pd.DataFrame({"assessed": ["41", "42"], "eligible": ["13", "14"], "appeals": ["", "3"], "people": ["13", "14"]})
    told = round_findings(view, states)
    assert told[["assessed", "eligible"]].to_numpy().tolist() == [[40, 15], [40, 15]]
    # How many came is a programme's to report; what is small stays what it is, and is withheld as everywhere.
    assert told["people"].tolist() == ["13", "14"]
    assert np.array_equal(told["appeals"], [np.nan, 3], equal_nan=True)
