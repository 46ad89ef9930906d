"""Cache of what is computed from the figures of one snapshot: tables by month, projections by scenario, tables asked for last."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import pandas as pd

from analytics.assumptions import Assumptions
from analytics.last_asked import LastAsked
from analytics.projected_range import StartingRange
from analytics.projection import Projection
from analytics.scenario import Scenario

PROJECTIONS_KEPT = 12
# Of a province a table of gaps has half a megabyte.
RECENT_KEPT = 32


@dataclass(frozen=True, slots=True, eq=False)
class ComputedTables:
    """Tables by name and month, and the projections used last; shared by all snapshots with the same figures."""

    _tables: LastAsked[pd.DataFrame] = field(default_factory=lambda: LastAsked(math.inf))
    _projections: LastAsked[Projection] = field(default_factory=lambda: LastAsked(PROJECTIONS_KEPT))
    _starting_ranges: LastAsked[StartingRange] = field(default_factory=LastAsked)
    _recent: LastAsked[pd.DataFrame] = field(default_factory=lambda: LastAsked(RECENT_KEPT))

    def table(self, name: str, month: pd.Timestamp, build: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The table of that name and month, built where the cache does not hold it."""
        return self._tables.get((name, month), build)

    def has_table(self, name: str, month: pd.Timestamp) -> bool:
        """Whether a table is at hand: for what is said beside something else and is not worth to wait for."""
        return self._tables.has((name, month))

    def recent(self, key: Hashable, build: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table of what a reader may choose without end (scenarios, unit costs), built where the cache does not hold it; the one
        used longest ago makes room.

        Args:
            key: all that the table depends on besides the figures.
        """
        return self._recent.get(key, build)

    def projection(self, scenario: Scenario, build: Callable[[], Projection]) -> Projection:
        """The projection of a scenario, built where the cache does not hold it; the one used longest ago makes room.

        Raises:
            whatever ``build`` raises; nothing is kept then.
        """
        return self._projections.get(scenario, build)

    def starting_range(self, assumptions: Assumptions, build: Callable[[], StartingRange]) -> StartingRange:
        """The range that projections start from under some assumptions, built where the cache does not hold it."""
        return self._starting_ranges.get(assumptions, build)
