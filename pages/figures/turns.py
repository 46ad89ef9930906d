"""What is computed once, whoever asks: of readers who ask for the same at once one computes and the others wait for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, TypeVar

from analytics.last_asked import LastAsked

Result = TypeVar("Result")


def computed_once(
    keeps: float, at_once: AbstractContextManager[Any] | None = None, weigh: Callable[[Result], float] | None = None
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Keep the last results of a function, and compute each in one thread only; what is kept is its ``kept``.

    Args:
        keeps: how many results are kept, or the most that all may weigh together; the one used longest ago makes room.
        at_once: a semaphore that bounds how many different results are computed at a time, and with it the memory that they take.
        weigh: what a result weighs; one where it is not given.
    """
    turn = nullcontext() if at_once is None else at_once

    def wrap(function: Callable[..., Result]) -> Callable[..., Result]:
        kept = LastAsked[Result](keeps, weigh)

        def compute(*asked: Hashable) -> Result:
            with turn:
                return function(*asked)

        @wraps(function)
        def call(*asked: Hashable) -> Result:
            return kept.get(asked, lambda: compute(*asked))

        call.kept = kept  # type: ignore[attr-defined]
        return call

    return wrap
