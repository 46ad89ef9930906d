"""Pages of a table are taken from one that is kept; a few tables are, and the one used longest ago makes room."""

import pandas as pd

from analytics.last_asked import LastAsked
from pages.web.kept_tables import MOST_WRITTEN, TABLES_KEPT, KeptTable


def _write(frame: pd.DataFrame) -> list[str]:
    return [str(key) for key in frame["key"]]


def test_a_table_is_built_once_for_its_pages_until_others_have_taken_its_room():
    kept, built = LastAsked[KeptTable](TABLES_KEPT), []

    def ask(key: int) -> list[str]:
        table = lambda: built.append(key) or KeptTable(pd.DataFrame({"key": [key]}), _write)  # noqa: E731
        return kept.get(key, table).write(0, 1)

    assert [ask(0), ask(0)] == [["0"], ["0"]]
    for key in range(1, TABLES_KEPT):
        ask(key)
    ask(0)
    assert built == list(range(TABLES_KEPT))
    ask(TABLES_KEPT)
    # The first was asked for again meanwhile: the second has gone.
    ask(0)
    ask(1)
    assert built[TABLES_KEPT:] == [TABLES_KEPT, 1]


def test_rows_are_written_once_for_all_pages_and_page_by_page_where_they_are_many():
    for count, expected in ((6, [6]), (MOST_WRITTEN + 1, [2, 2])):
        written = []
        table = KeptTable(pd.DataFrame({"key": range(count)}), lambda f, seen=written: seen.append(len(f)) or _write(f))
        assert table.write(0, 2) + table.write(2, 4) == ["0", "1", "2", "3"]
        assert written == expected
