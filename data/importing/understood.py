"""What was understood of a file, before anything is said against it: tables, communes, months, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.displacement import OUTSIDE, UNKNOWN_HOME
from data.i18n import Translator
from data.importing.blocks.block import Unread
from data.importing.contents import Contents
from data.records.table import sheet_kinds

_NOT_READ = (Unread.UNKNOWN, Unread.TWICE, Unread.TAG_DISAGREES)


@dataclass(frozen=True, slots=True)
class Understood:
    """How many tables, communes, columns that are read and columns that are not; the first and last month, if any."""

    tables: int = 0
    communes: int = 0
    first_month: pd.Timestamp | None = None
    last_month: pd.Timestamp | None = None
    columns: int = 0
    unread_columns: int = 0

    def sentence(self, t: Translator) -> str:
        """In one line: "1 table · 89 communes · September 2025 · 12 columns read · 2 not read"."""
        parts = [t("report.tables", count=self.tables)]
        if self.communes:
            parts.append(t("report.communes", count=self.communes))
        if self.first_month is not None and self.last_month is not None:
            months = dict.fromkeys([t.month(self.first_month), t.month(self.last_month)])
            parts.append(t("sign.between_months").join(months))
        parts.append(t("report.columns", count=self.columns))
        if self.unread_columns:
            parts.append(t("report.unread_columns", count=self.unread_columns))
        return " · ".join(parts)


def describe(contents: Contents, cells: pd.DataFrame, records: Mapping[str, pd.DataFrame]) -> Understood:
    """What the tables of a file hold.

    Args:
        cells: ``commune_code, reference_date`` of every figure, empty where it is not recognised.
        records: the rows that are kept of each kind.
    """
    blocks = contents.blocks
    tables = [cells, *(records[kind.id] for kind in sheet_kinds() if kind.id in records)]
    ends = [name for kind in sheet_kinds() for name in kind.communes] + ["commune_code"]
    communes = {code for table in tables for name in ends if name in table for code in table[name].dropna().unique()}
    days = [day for table in tables if "reference_date" in table for day in table["reference_date"].dropna().unique()]
    read = [at for block in blocks for at in (block.figures if block.kind is None else block.fields)]
    unread = [c for block in blocks for c in block.columns.values() if c.unread in _NOT_READ]
    return Understood(
        tables=len(blocks) + len(contents.entries),
        communes=len(communes - {"", OUTSIDE, UNKNOWN_HOME}),
        first_month=pd.Timestamp(min(days)) if days else None,
        last_month=pd.Timestamp(max(days)) if days else None,
        columns=len(read),
        unread_columns=len(unread),
    )
