"""Rows of a sheet of records as they were read, and what the rules of a kind compare them with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import Finding
from data.records.layout import SheetLayout

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one kind, in two views with the same index.

    ``values`` is what would be written: a column for each field, ``status`` where persons are
    counted, ``provenance``, ``reliability``, ``source``; ``sheet`` and ``cell``, the place of the
    row's main field. A blank is an empty text or NaN, what cannot be read is None or NaN.
    ``readings`` hold for each field ``sheet``, ``cell``, ``raw`` and how the cell was read: a check looks at a commune, a month
    or a number, and those of records have the same columns as those of figures (``data.importing.readings``).
    """

    values: pd.DataFrame
    readings: Mapping[str, pd.DataFrame]

    def at(self, field: str) -> pd.DataFrame:
        """The values, with the cell of one field as their place."""
        return self.values.assign(cell=self.readings[field]["cell"])

    def with_values(self, values: pd.DataFrame) -> Rows:
        """The same rows with other values."""
        return replace(self, values=values)

    def without(self, findings: Iterable[Finding]) -> Rows:
        """The rows that no finding sets aside."""
        aside = {row for finding in findings if finding.sets_aside for row in finding.rows}
        left = [row for row in self.values.index if row not in aside]
        return Rows(self.values.loc[left], {name: reading.loc[left] for name, reading in self.readings.items()})


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule compares rows with: the layout, the kind's real records in force, the communes and the day."""

    layout: SheetLayout
    in_force: pd.DataFrame
    general: CheckContext
