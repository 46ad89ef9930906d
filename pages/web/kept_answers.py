"""Answers kept in memory by their mark: equal requests are computed once, and never more is kept than a bound."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LARGEST_SUM, LARGEST_ONE = 48_000_000, 12_000_000
# Under this it does not pay; nine takes three times as long as six for a twentieth less.
_SMALLEST_PACKED, _LEVEL = 500, 6


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer and what its headers say of it; ``packs`` where packing makes it smaller."""

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    packs: bool = True

    def packed(self) -> bytes | None:
        """The body as gzip; None where that does not pay."""
        return gzip.compress(self.body, _LEVEL, mtime=0) if self.packs and len(self.body) >= _SMALLEST_PACKED else None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with its packed body."""

    answer: Answer
    packed: bytes | None

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.answer.body) + len(self.packed or b"")


class KeptAnswers:
    """The answers used last, at most so many bytes of them."""

    def __init__(self, largest_sum: int = LARGEST_SUM, largest_one: int = LARGEST_ONE) -> None:
        self.largest_sum, self.largest_one = largest_sum, largest_one
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._guard, self._building = threading.Lock(), dict[str, threading.Lock]()

    def find(self, mark: str, build: Callable[[], Answer]) -> Kept:
        """The answer of a mark; of those who ask for it at once one builds it and the others wait.

        Raises:
            whatever ``build`` raises; nothing is kept then.
        """
        with self._guard:
            if (found := self._kept.get(mark)) is not None:
                self._kept.move_to_end(mark)
                return found
            lock = self._building.setdefault(mark, threading.Lock())
        try:
            with lock:
                found = self._kept.get(mark) or self._build(mark, build)
        finally:
            with self._guard:
                self._building.pop(mark, None)
        return found

    def _build(self, mark: str, build: Callable[[], Answer]) -> Kept:
        answer = build()
        found = Kept(answer, answer.packed())
        with self._guard:
            self._keep(mark, found)
        return found

    def _keep(self, mark: str, found: Kept) -> None:
        if found.size > self.largest_one:
            return
        self._kept[mark] = found
        self._kept.move_to_end(mark)
        while self.size > self.largest_sum:
            self._kept.popitem(last=False)

    @property
    def size(self) -> int:
        """Bytes that all kept answers take."""
        return sum(kept.size for kept in self._kept.values())
