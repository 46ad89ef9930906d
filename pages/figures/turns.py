"""What is computed once, whoever asks: of readers who ask for the same at once one computes and the others wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar

Result = TypeVar("Result")
MOST_LOCKS = 256


def computed_once(
    keeps: int, at_once: threading.Semaphore | None = None
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Keep the last results of a function, and compute each in one thread only.

    Args:
        keeps: how many results are kept; the one used longest ago makes room.
        at_once: what bounds how many different results are computed at a time, and with it the memory that they take.
    """

    def wrap(function: Callable[..., Result]) -> Callable[..., Result]:
        def compute(*asked: Hashable) -> Result:
            if at_once is None:
                return function(*asked)
            with at_once:
                return function(*asked)

        kept = lru_cache(maxsize=keeps)(compute)
        locks: dict[tuple[Hashable, ...], threading.Lock] = {}
        guard = threading.Lock()

        def lock_of(asked: tuple[Hashable, ...]) -> threading.Lock:
            with guard:
                if len(locks) > MOST_LOCKS:
                    for key in [key for key, lock in locks.items() if not lock.locked()]:
                        del locks[key]
                return locks.setdefault(asked, threading.Lock())

        @wraps(function)
        def call(*asked: Hashable) -> Result:
            with lock_of(asked):
                return kept(*asked)

        return _with_cache(call, kept)

    return wrap


def _with_cache(call: Any, kept: Any) -> Any:
    call.cache_clear, call.cache_info = kept.cache_clear, kept.cache_info
    return call
