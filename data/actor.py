"""Who acts: kept with every change of the store and every line of the audit log. A role and a pseudonym, never a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Nobody has signed in: the one person of an installation on a machine of its own, or whoever holds its terminal.
LOCAL, TERMINAL = "local", "terminal"

_ACTOR: ContextVar[str] = ContextVar("actor", default=LOCAL)


def current_actor() -> str:
    """Whoever acts in this thread or task; ``local`` where nobody has signed in."""
    return _ACTOR.get()


def set_actor(actor: str) -> None:
    """Say who acts from here on in this thread or task; asked of whoever knows it, once a request or rerun."""
    _ACTOR.set(actor)


@contextmanager
def acting_as(actor: str) -> Iterator[None]:
    """Say who acts within a block."""
    before = _ACTOR.set(actor)
    try:
        yield
    finally:
        _ACTOR.reset(before)
