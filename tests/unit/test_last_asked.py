"""What was asked for last is kept, and no more than is said; what fails is not."""

import pytest

from analytics.last_asked import LastAsked


def test_what_was_used_longest_ago_makes_room():
    kept, built = LastAsked[str](2), []
    ask = lambda key: kept.get(key, lambda: built.append(key) or key.upper())  # noqa: E731
    assert [ask(key) for key in "abacab"] == list("ABACAB")
    assert built == ["a", "b", "c", "b"]
    assert len(kept) == 2


def test_what_cannot_be_built_is_asked_for_again():
    kept = LastAsked[int]()
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 3) == 3
