"""What was asked for last, kept: the one used longest ago makes room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT = 32
Value = TypeVar("Value")


class LastAsked(Generic[Value]):
    """Values by key, of what a reader may choose without end.

    Args:
        kept: how many of them.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept, self._values = kept, OrderedDict[Hashable, Value]()

    def get(self, key: Hashable, build: Callable[[], Value]) -> Value:
        """The value of a key, built where it is not kept.

        Raises:
            whatever ``build`` raises; nothing is kept then.
        """
        found = self._values.pop(key, None)
        self._values[key] = found = build() if found is None else found
        while len(self._values) > self._kept:
            self._values.popitem(last=False)
        return found

    def __len__(self) -> int:
        return len(self._values)
