"""Answers kept in memory by their mark: equal requests are computed once, and never more is kept than a bound."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analytics.last_asked import LastAsked

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
    """The answers used last, at most so many bytes of them.

    Args:
        largest_sum, largest_one: bytes of all answers, and of one that is kept at all.
    """

    def __init__(self, largest_sum: int = LARGEST_SUM, largest_one: int = LARGEST_ONE) -> None:
        self._kept = LastAsked[Kept](largest_sum, lambda kept: kept.size, largest_one)

    def find(self, mark: str, build: Callable[[], Answer]) -> Kept:
        """The answer of a mark; of those who ask for it at once one builds it and the others wait.

        Raises:
            whatever ``build`` raises; nothing is kept then.
        """
        return self._kept.get(mark, lambda: _pack(build()))

    @property
    def size(self) -> int:
        """Bytes that all kept answers take."""
        return int(self._kept.weight)


def _pack(answer: Answer) -> Kept:
    return Kept(answer, answer.packed())
