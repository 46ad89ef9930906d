"""The tables that pages were asked of last, kept for the pages after: a program that reads page by page has each table built once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import pandas as pd

# All results of a province's month are 20,000 rows, some twenty megabytes.
TABLES_KEPT = 4


class KeptTables:
    """A few tables by what they depend on; the one used longest ago makes room."""

    def __init__(self) -> None:
        self._tables: OrderedDict[Hashable, pd.DataFrame] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, build: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The table of a key, built where it is not kept; two that ask at once may both build it."""
        with self._lock:
            found = self._tables.get(key)
        if found is None:
            found = build()
        with self._lock:
            self._tables[key] = found
            self._tables.move_to_end(key)
            while len(self._tables) > TABLES_KEPT:
                self._tables.popitem(last=False)
        return found
