"""The known name that a mistyped one most resembles."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(asked: str, known: Iterable[str]) -> str:
    """The known name closest to the one that was asked, the first few where none is close; empty where none is known."""
    names = [str(name) for name in known]
    close = get_close_matches(asked, names, n=1, cutoff=0.6)
    return close[0] if close else ", ".join(names[:8])
