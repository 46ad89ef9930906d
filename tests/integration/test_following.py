"""A snapshot that another process publishes is shown once its figures stand here: no reader waits for them."""

import threading

import pytest

from data import queries
from data.records.commune_notes import write_note
from data.store import Store
from pages.figures import load
from pages.figures.following import Following
from tests.territories import VALCLAIR


@pytest.fixture
def following(monkeypatch):
    made = Following()
    monkeypatch.setattr(load, "FOLLOWING", made)
    return made


def publish(store):
    with store.write("import") as connection:
        connection.execute("DELETE FROM movement")
    return store.snapshot_id()


def find_commune(store):
    with store.open() as connection:
        return queries.whole_territory(connection.cursor())[0]


def test_readers_stay_on_the_old_snapshot_until_that_of_another_process_is_computed(province_store, following):
    begun, go, computed = threading.Event(), threading.Event(), []

    def compute(_store, snapshot_id):
        computed.append(snapshot_id)
        begun.set()
        assert go.wait(60)

    following.follow(compute)
    before = load.published(VALCLAIR)
    after = publish(province_store)
    assert [load.published(VALCLAIR) for _ in range(5)] == [before] * 5
    assert begun.wait(60)
    assert load.published(VALCLAIR) == before
    (thread,) = (t for t in threading.enumerate() if t.name == "following")
    go.set()
    thread.join()
    assert load.published(VALCLAIR) == after
    assert computed == [after]


def test_what_this_process_wrote_is_shown_at_once(province_store, following):
    following.follow(lambda *_: pytest.fail("it stands already"))
    before = load.published(VALCLAIR)
    after = publish(province_store)
    following.stands(Store(province=VALCLAIR), after)
    assert load.published(VALCLAIR) == after != before


def test_a_fault_keeps_nobody_from_a_snapshot_for_good(province_store, following, caplog):
    following.follow(lambda *_: 1 / 0)
    load.published(VALCLAIR)
    after = publish(province_store)
    load.published(VALCLAIR)
    for thread in [t for t in threading.enumerate() if t.name == "following"]:
        thread.join()
    assert load.published(VALCLAIR) == after


def test_a_process_that_serves_nobody_reads_what_is_published(province_store, following):
    load.published(VALCLAIR)
    assert publish(province_store) == load.published(VALCLAIR)


def test_a_note_of_another_process_is_shown_at_once(province_store, following):
    following.follow(lambda *_: pytest.fail("it changes no figure"))
    before = load.published(VALCLAIR)
    write_note(province_store, find_commune(province_store), "president", "Nous comptons encore.")
    assert load.published(VALCLAIR) == province_store.snapshot_id() != before
