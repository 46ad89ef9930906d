"""Of readers who ask for the same at once one computes; different figures are computed a few at a time, and kept by their size."""

import threading
from types import SimpleNamespace

import pytest

from pages.figures.load import SETS_KEPT, weigh_figures
from pages.figures.turns import computed_once


def run_all(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_ten_readers_of_one_key_compute_once():
    calls, go, found = [], threading.Event(), []

    @computed_once(4)
    def compute(key):
        calls.append(key)
        go.wait()
        return object()

    threads = [threading.Thread(target=lambda: found.append(compute("a"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join()
    assert calls == ["a"]
    assert len(set(map(id, found))) == 1


def test_different_keys_are_computed_a_few_at_a_time():
    running, most, guard = [0], [0], threading.Lock()
    meet = threading.Barrier(2)

    @computed_once(16, threading.Semaphore(2))
    def compute(key):
        with guard:
            running[0] += 1
            most[0] = max(most[0], running[0])
        meet.wait()
        with guard:
            running[0] -= 1
        return key

    run_all([threading.Thread(target=compute, args=(key,)) for key in range(8)])
    assert most[0] == 2


def test_a_failure_is_nobody_elses_and_what_is_old_makes_room():
    calls = []

    @computed_once(1)
    def compute(key):
        calls.append(key)
        if len(calls) == 1:
            raise ZeroDivisionError
        return key

    with pytest.raises(ZeroDivisionError):
        compute("a")
    assert [compute("a"), compute("a"), compute("b"), compute("a")] == ["a", "a", "b", "a"]
    assert calls == ["a", "a", "b", "a"]
    compute.kept.clear()
    assert len(compute.kept) == 0


@pytest.mark.parametrize(("rows", "kept"), [(89 * 24, 16), (1503 * 122, 4), (36_000 * 120, 2)])
def test_how_many_sets_are_kept_follows_from_their_size_and_two_always_are(rows, kept):
    weight = weigh_figures(SimpleNamespace(assessment=SimpleNamespace(panel=SimpleNamespace(rows=rows))))
    assert int(SETS_KEPT / weight) == kept
