"""The reconstruction watch says what was published, what remains, what that means with its caveat, and takes in what people add."""

from datetime import date

import pytest

from data.i18n import LANGUAGES, Translator
from data.records.reconstruction_facts import FactDraft, add_fact
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.words.reconstruction import (
    all_facts,
    find_falls,
    list_buildings,
    list_facts,
    list_steps,
    read_watch,
    state_watch,
    write_meaning,
)
from pages.words.view import View


def make_view(figures, language="fr"):
    return View(figures, read_selection(figures, {}), Translator(language, figures.province))


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_the_province_is_said_with_what_remains_and_the_people_it_may_mean(figures):
    view = make_view(figures)
    watch = read_watch(view, "province")
    assert (
        plain(state_watch(view, watch))
        == "Reconstruction, septembre 2025 : 11 450 logements achevés sur 15 100 dossiers, il en reste 3 650"
    )
    said = plain(" ".join(write_meaning(view, watch)))
    assert "3 650 logements × 4,10 personnes par ménage (recensement 2024) : environ 15 000 personnes" in said
    assert "borne haute" in said
    assert "annonçait 2 90" in said
    assert "11 450 ont été publiés" in said
    # 13,523 dwellings × 4.10 = 55,400 a year earlier, against what the census of that month found.
    assert "55 400 personnes" in said
    headings, rows = list_steps(view, watch)
    assert headings == ["septembre 2024", "septembre 2025"]
    assert plain(rows[0]["before"]) == "14 978"


def test_a_count_that_fell_from_one_date_to_the_next_is_named(figures):
    view = make_view(figures)
    assert any("35 214" in plain(line) and "33 636" in plain(line) for line in find_falls(view, read_watch(view, "event")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_its_words_date_place_and_source(figures, language):
    view = make_view(figures, language)
    rows = list_facts(view, all_facts(view))
    assert len(rows) == 96
    assert all(row["date"] and row["place"] and row["what"] and row["source"] and row["kind"] for row in rows)
    assert len(list_buildings(view)) == 5


def test_a_fact_that_somebody_adds_moves_the_finding_and_no_figure_is_computed_again(store):
    before = load_figures(store.snapshot_id())
    add_fact(
        store, FactDraft("province", "reconstruction_beneficiaries", date(2026, 3, 1), 15200.0, "Communiqué du 1er mars")
    )
    add_fact(store, FactDraft("province", "dwellings_completed", date(2026, 3, 1), 14000.0, "Communiqué du 1er mars"))
    after = load_figures(store.snapshot_id())
    assert after.assessment is before.assessment
    view = make_view(after)
    assert "mars 2026" in state_watch(view, read_watch(view, "province"))
    assert len(all_facts(view)) == 98
