"""Rows of a small table of facts: what, how much, what to know of it, what kind of figure it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of ``fact_rows.html.jinja``."""

    label: str
    figure: str
    note: str = ""
    provenance: str = ""
