"""Which assumptions readers looked at last: what is worth computing before they ask again."""

from __future__ import annotations

import threading

from cachetools import LRUCache

from analytics.assumptions import DEFAULTS, Assumptions
from data.province import Province
from pages.address.assumptions import opening_choices, read_assumptions

MOST_SETS = 4


class RecentAssumptions:
    """The sets of assumptions that readers of each territory looked at last, the last one first."""

    def __init__(self, most: int = MOST_SETS) -> None:
        self.most = most
        self._of: dict[Province, LRUCache[Assumptions, None]] = {}
        self._guard = threading.Lock()

    def note(self, province: Province, assumptions: Assumptions) -> None:
        """Somebody looks at figures under some assumptions."""
        with self._guard:
            known = self._of.setdefault(province, LRUCache(self.most))
            # Anew at the end: what is listed stands in the order in which it was put in.
            known.pop(assumptions, None)
            known[assumptions] = None

    def list(self, province: Province) -> list[Assumptions]:
        """Those of a territory; those that the first screens open on where nobody looked yet."""
        with self._guard:
            known = list(self._of.get(province, ()))
        return known[::-1] or [read_assumptions(opening_choices("overview", ())), DEFAULTS]


RECENT = RecentAssumptions()
