"""The word that stands beside a figure on paper when it is neither measured nor declared nor official."""

from __future__ import annotations

from analytics.model import Provenance
from data.i18n import Translator

UNMARKED = ("", Provenance.MEASURED.value, Provenance.DECLARED.value, Provenance.OFFICIAL_VIA_PRESS.value)


def mark(provenance: object, t: Translator) -> str:
    """The kind of a figure as a word; empty where none is needed."""
    return "" if provenance in UNMARKED else t(f"provenance.{provenance}")
