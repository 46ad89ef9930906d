"""Tables that readers choose without end are kept for whoever asks next, and the one asked for longest ago makes room."""

import pandas as pd

from pages.figures.cache import RECENT_KEPT, ComputedTables


def test_a_table_is_built_once_and_the_one_used_longest_ago_makes_room():
    cache, built = ComputedTables(), []

    def ask(key: int) -> pd.DataFrame:
        return cache.recent(key, lambda: built.append(key) or pd.DataFrame({"key": [key]}))

    assert [ask(0)["key"][0], ask(0)["key"][0]] == [0, 0]
    for key in range(1, RECENT_KEPT):
        ask(key)
    ask(0)
    ask(RECENT_KEPT)
    assert built == list(range(RECENT_KEPT + 1))
    # The first one was asked for again: the second is the one that is gone.
    ask(0)
    ask(1)
    assert built[RECENT_KEPT + 1 :] == [1]
