"""Rows as they were read, of whatever kind, and what the rules of a kind of sheet compare them with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding
from data.records.layout import SheetLayout

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


# What a cell says of a commune, a month or a day, a number, a word; empty where its field is of another sort.
CELL_COLUMNS = ["sheet", "cell", "variable", "raw", "says", "is_own", "code_raw", "name_raw", "commune_code", "commune_match",
                "date_raw", "reference_date", "value", "status", "problem", "note", "word"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one kind, in two views with the same numbers as index.

    ``values`` is what would be written, a row a record (or a figure): a column for each field, ``status`` where persons are
    counted, ``provenance``, ``reliability``, ``source``; ``sheet`` and ``cell``, the place of the row's main field. A blank is an
    empty text or NaN, what cannot be read is None or NaN.

    ``cells`` is what the checks of cells look at, a row a cell: ``sheet, cell, variable, raw``, ``says`` (``checks.saying.Says``),
    ``is_own`` (a cell of the file, not one that it lacks), and how it was read: ``code_raw, name_raw, commune_code,
    commune_match`` of a commune, ``date_raw, reference_date`` of a month or a day, ``value, status, problem, note`` of a number,
    ``word`` of a word. A figure is one cell that says its commune, its month and a number: both views are one table.
    """

    values: pd.DataFrame
    cells: pd.DataFrame

    def of(self, field: str) -> pd.DataFrame:
        """The cells of one field, a row each."""
        return self.cells[self.cells["variable"] == field]

    def at(self, field: str) -> pd.DataFrame:
        """The values, with the cell of one field as their place."""
        return self.values.assign(cell=self.of(field)["cell"])

    def with_values(self, values: pd.DataFrame) -> Rows:
        """The same rows with other values."""
        return replace(self, values=values)

    def without(self, findings: Iterable[Finding]) -> Rows:
        """The rows that no finding sets aside; the very tables where none does."""
        aside = {row for finding in findings if finding.sets_aside for row in finding.rows}
        if not aside:
            return self
        values = self.values[~self.values.index.isin(aside)]
        return Rows(values, values if self.cells is self.values else self.cells[~self.cells.index.isin(aside)])


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule compares rows with: the layout, the kind's real records in force, the communes and the day."""

    layout: SheetLayout
    in_force: pd.DataFrame
    general: CheckContext
