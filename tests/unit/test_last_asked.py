"""What was asked for last is kept, and no more than is said; what fails is not; of a crowd one builds."""

import ast
import threading
from pathlib import Path

import pytest

from analytics.last_asked import LastAsked

ROOT = Path(__file__).parents[2]


def test_what_was_used_longest_ago_makes_room():
    kept, built = LastAsked[str](2), []
    ask = lambda key: kept.get(key, lambda: built.append(key) or key.upper())  # noqa: E731
    assert [ask(key) for key in "abacab"] == list("ABACAB")
    assert built == ["a", "b", "c", "b"]
    assert (len(kept), kept.built) == (2, 4)
    kept.clear()
    assert (len(kept), kept.built) == (0, 0)


def test_what_cannot_be_built_is_asked_for_again():
    kept = LastAsked[int]()
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 3) == 3


def test_what_is_weighed_is_bounded_by_its_weight_and_one_that_is_too_heavy_is_handed_out_only():
    kept, built = LastAsked[bytes](1000, len, 600), []
    ask = lambda key, size: kept.get(key, lambda: built.append(key) or bytes(size))  # noqa: E731
    for key in "abac":
        ask(key, 400)
    assert (built, kept.weight) == (["a", "b", "c"], 800)
    assert len(ask("heavy", 601)) == len(ask("heavy", 601)) == 601
    assert (built, kept.weight) == (["a", "b", "c", "heavy", "heavy"], 800)


def test_of_ten_who_ask_at_once_one_builds_and_whoever_asks_for_another_does_not_wait():
    kept, built, found = LastAsked[object](), [], []
    begun, go = threading.Event(), threading.Event()

    def build():
        built.append("a")
        begun.set()
        assert go.wait(60)
        return object()

    threads = [threading.Thread(target=lambda: found.append(kept.get("a", build))) for _ in range(10)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    assert kept.get("b", lambda: 1) == 1
    go.set()
    for thread in threads:
        thread.join()
    assert built == ["a"]
    assert len(found) == 10
    assert len(set(map(id, found))) == 1


def test_whoever_waits_for_one_that_fails_builds_it():
    kept, tries = LastAsked[int](), []
    begun, go = threading.Event(), threading.Event()

    def build():
        tries.append(1)
        begun.set()
        assert go.wait(60)
        return 1 // (len(tries) - 1)

    def fail():
        with pytest.raises(ZeroDivisionError):
            kept.get("a", build)

    first = threading.Thread(target=fail)
    first.start()
    assert begun.wait(60)
    found = []
    second = threading.Thread(target=lambda: found.append(kept.get("a", build)))
    second.start()
    go.set()
    first.join()
    second.join()
    assert (found, len(tries)) == ([1], 2)


@pytest.mark.parametrize("room", ["analytics", "geo", "data", "pages"])
def test_there_is_one_way_to_keep_what_was_asked_for_last(room):
    """A store of one's own is an ordered dictionary sooner or later."""
    for path in sorted((ROOT / room).rglob("*.py")):
        names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
        assert "OrderedDict" not in names, f"{path.relative_to(ROOT)}: use analytics.last_asked.LastAsked"
