"""Pages of a table are taken from one that is kept; a few tables are, and the one used longest ago makes room."""

import pandas as pd

from pages.web.kept_tables import TABLES_KEPT, KeptTables


def test_a_table_is_built_once_for_its_pages_until_others_have_taken_its_room():
    kept, built = KeptTables(), []

    def ask(key: int) -> int:
        return int(kept.find(key, lambda: built.append(key) or pd.DataFrame({"key": [key]}))["key"][0])

    assert [ask(0), ask(0)] == [0, 0]
    for key in range(1, TABLES_KEPT):
        ask(key)
    ask(0)
    assert built == list(range(TABLES_KEPT))
    ask(TABLES_KEPT)
    # The first was asked for again meanwhile: the second has gone.
    ask(0)
    ask(1)
    assert built[TABLES_KEPT:] == [TABLES_KEPT, 1]
