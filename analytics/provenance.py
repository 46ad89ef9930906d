"""Order among the kinds of figures: which one a result is known by when it rests on several."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.model import PROVENANCE_ORDER, Provenance


def least_firm(kinds: Iterable[str]) -> str:
    """The least firm of some kinds of figures (``analytics.model.Provenance``), empty texts left out; empty when there is none."""
    known = {kind for kind in kinds if kind}
    return max(known, key=lambda kind: PROVENANCE_ORDER.index(Provenance(kind)), default="")
