"""What was asked for last, kept within a bound: the one used longest ago makes room, and of those who ask at once one computes."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from threading import Condition
from typing import Any, Generic, TypeVar

from cachetools import LRUCache, cached

KEPT = 32
Value = TypeVar("Value")


class LastAsked(Generic[Value]):
    """Values by key, of what a reader may choose without end.

    Args:
        kept: how many of them; with ``weigh`` the most that all may weigh together.
        weigh: what a value weighs, in bytes for instance; each weighs one where it is not given.
        heaviest: what weighs more than this is handed out and not kept.
    """

    def __init__(
        self, kept: float = KEPT, weigh: Callable[[Value], float] | None = None, heaviest: float = math.inf
    ) -> None:
        def weighed(value: Value) -> float:
            weight = 1 if weigh is None else weigh(value)
            # More than all may weigh: the library keeps no such value.
            return weight if weight <= heaviest else math.inf

        self._values: LRUCache[Hashable, Value] = LRUCache(kept, getsizeof=weighed)
        # The library's own guard against a crowd: whoever asks for a key that is being built waits for that one.
        self._get: Any = cached(self._values, key=lambda key, _: key, condition=Condition(), info=True)(_build)

    def get(self, key: Hashable, build: Callable[[], Value]) -> Value:
        """The value of a key, built where it is not kept; of those who ask for it at once one builds it and the others wait.

        Args:
            build: must not ask for the same key again.

        Raises:
            whatever ``build`` raises; nothing is kept then, and whoever waits builds it.
        """
        found: Value = self._get(key, build)
        return found

    def has(self, key: Hashable) -> bool:
        """Whether the value of a key is at hand."""
        return key in self._values

    def clear(self) -> None:
        """Keep nothing any more."""
        self._get.cache_clear()

    @property
    def built(self) -> int:
        """How many values were built since the last clearing."""
        return int(self._get.cache_info().misses)

    @property
    def weight(self) -> float:
        """What all kept values weigh."""
        return float(self._values.currsize)

    def __len__(self) -> int:
        return len(self._values)


def _build(_key: Hashable, build: Callable[[], Value]) -> Value:
    return build()
