"""The tables that pages were asked of last, kept for the pages after: a program that reads page by page has each table built once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

# All results of a province's month are 20,000 rows, some twenty megabytes.
TABLES_KEPT = 4
# Rows of a larger table are written page by page: together they would take more memory than the table.
MOST_WRITTEN = 20_000


@dataclass(eq=False)
class KeptTable:
    """A table, and its rows as they leave: written once for all pages.

    Args:
        encode: writes the rows of a table, each as a text.
    """

    frame: pd.DataFrame
    encode: Callable[[pd.DataFrame], list[str]]

    def write(self, first: int, last: int) -> list[str]:
        """The texts of some rows."""
        if len(self.frame) > MOST_WRITTEN:
            return self.encode(self.frame.iloc[first:last])
        return self._written[first:last]

    @cached_property
    def _written(self) -> list[str]:
        return self.encode(self.frame)
