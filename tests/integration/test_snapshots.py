"""What is computed for a snapshot serves the ones that differ in writings only, and no other."""

import duckdb
import pytest

from analytics.assumptions import DEFAULTS, Assumptions, CensusCounting
from data.ingest import drop_demonstration
from data.loaders.today import load_library
from data.records.commune_notes import withdraw_note, write_note
from data.records.plan_texts import write_text
from data.records.scenarios import save_scenario
from data.store_error import StoreError
from pages.figures.load import load_figures
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"


def figures(store, assumptions=DEFAULTS):
    return load_figures(store.snapshot_id(), assumptions)


def write(store):
    write_note(store, TIZI, "president", "Une école a rouvert.")
    yield
    withdraw_note(store, TIZI, "president")
    yield
    write_text(store, TIZI, "fr", "summary", "Deux douars restent coupés.")
    yield
    save_scenario(store, "Le nôtre", load_library(TAROUDANNT)["trend"], store.snapshot_id(), {})
    yield


@pytest.mark.slow
def test_what_people_write_computes_nothing_again(store):
    before = figures(store)
    projection = before.projection(load_library(TAROUDANNT)["trend"])
    kept = before.intervals(before.default_month)
    for _ in write(store):
        now = figures(store)
        assert now.snapshot_id == store.snapshot_id() != before.snapshot_id
        assert now.assessment is before.assessment
        assert now.results is before.results
        assert now.projection(load_library(TAROUDANNT)["trend"]) is projection
        assert now.intervals(now.default_month) is kept


def test_each_snapshot_says_what_was_written_by_then(store):
    before = figures(store)
    write_note(store, TIZI, "president", "Une école a rouvert.")
    after = figures(store)
    assert before.records.notes == {}
    assert after.records.notes[TIZI].text == "Une école a rouvert."
    store.undo()
    assert figures(store).records.notes == {}


def test_what_changes_a_figure_is_computed_again(store):
    before = figures(store)
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    after = figures(store)
    assert after.assessment is not before.assessment
    assert not after.has_demonstration
    assert before.has_demonstration
    write_note(store, TIZI, "president", "Une école a rouvert.")
    assert figures(store).assessment is after.assessment
    assert not figures(store).has_demonstration


def test_other_assumptions_are_other_figures(built):
    other = Assumptions(counting=next(c for c in CensusCounting if c is not DEFAULTS.counting))
    assert figures(built, other).assessment is not figures(built).assessment


@pytest.mark.parametrize("action", ["import", "anything else"])
def test_an_action_that_is_not_known_counts_as_one_that_changes_figures(store, action):
    before = figures(store)
    with store.write(action):
        pass
    assert figures(store).assessment is not before.assessment


def test_who_reads_a_snapshot_disturbs_nobody_else_who_does(store):
    first, second = store.open(), store.open()
    first.execute("CREATE TEMPORARY TABLE mine AS SELECT 1 AS one")
    first.begin()
    with pytest.raises(duckdb.CatalogException):
        second.execute("FROM mine")
    first.close()
    rows = "SELECT count(*) FROM current_observation"
    assert second.execute(rows).fetchall() == store.open().execute(rows).fetchall() != [(0,)]


def test_a_book_that_somebody_wrote_on_is_not_read_from_what_stayed_open(store):
    store.open().close()
    book = store.shelf.book_path(store.snapshot_id())
    content = bytearray(book.read_bytes())
    content[-100] ^= 1
    book.write_bytes(content)
    with pytest.raises(StoreError):
        store.open(book.stem)
