"""A kind of sheet record: one row of a workbook, read and checked cell by cell, kept under its upload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.i18n import Translator
from data.importing.findings import Finding
from data.records.kind import Kind
from data.records.layout import SheetLayout
from data.records.rows import Rows, RuleContext

if TYPE_CHECKING:
    from data.importing.blocks.block import Block

# A rule says what is wrong with rows that nothing has set aside before it.
Rule = Callable[[Rows, RuleContext], list[Finding]]

UPLOAD_COLUMNS = ("provenance", "reliability", "source", "cell")


def _nothing_to_refuse(block: Block) -> None:
    """Most kinds refuse no file for what its rows say."""


def _already_complete(values: pd.DataFrame, layout: SheetLayout) -> pd.DataFrame:
    return values


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SheetKind(Kind):
    """How records of one kind are recognised, checked, kept and exported.

    ``layout`` gives the columns; it is a function, so that a definition is read when it is first
    needed. ``main`` is the field whose cell stands for the row; ``optional`` fields may be blank.

    ``row_rules`` look at each row alone, ``table_rules`` at rows against one another and against
    what is in force; between them ``complete`` adds what follows from a valid row, and rows of
    one ``key`` must agree in ``agree_on``. ``refuse`` refuses a whole file (``RefusedError``).

    ``stored`` are the columns of the table but ``upload_id``; ``exported`` those of the full
    export; where nothing is given, both follow from the layout. Of each key the newest upload is
    in force, anything real before demonstration, unless ``in_force`` names a relation that says
    otherwise; ``order`` sorts it. ``communes`` are the columns that hold a commune or, where the
    layout knows an outside, what stands for it; a territory sees the rows that name one of its
    communes in ``seen_from``, and those for which ``seen_by_all`` holds (SQL): they are of no one commune.
    """

    layout: Callable[[], SheetLayout]
    main: str
    key: tuple[str, ...]
    agree_on: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    communes: tuple[str, ...] = ("commune_code",)
    seen_from: tuple[str, ...] = ("commune_code",)
    seen_by_all: str = ""
    stored: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    in_force: str = ""
    order: tuple[str, ...] = ()
    row_rules: tuple[Rule, ...] = ()
    table_rules: tuple[Rule, ...] = ()
    complete: Callable[[pd.DataFrame, SheetLayout], pd.DataFrame] = _already_complete
    refuse: Callable[[Block], None] = _nothing_to_refuse

    def label(self, t: Translator) -> str:
        """Name of the kind in the reader's language."""
        return t.label(self.layout().labels)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the table but ``upload_id``."""
        if self.stored:
            return self.stored
        counted = ("status",) if self.layout().of_type("persons") else ()
        names = (*(field.id for field in self.layout().fields), *counted, *UPLOAD_COLUMNS)
        return tuple(dict.fromkeys(name for name in names if name != "source" or name in UPLOAD_COLUMNS))

    @property
    def said(self) -> tuple[str, ...]:
        """Columns in which two rows of one key must agree."""
        return self.agree_on or tuple(name for name in self.columns if name not in ("cell", "source"))

    @property
    def export_columns(self) -> tuple[str, ...]:
        """Columns of the full export: each commune with its name, then where the row comes from."""
        if self.exported:
            return self.exported
        last = ("status", *UPLOAD_COLUMNS[:-1], "upload_id", "cell")
        names = [
            name
            for column in self.columns
            if column not in last
            for name in ((column, name_column(column)) if column in self.communes else (column,))
        ]
        return (*names, *(name for name in last if name in (*self.columns, "upload_id")))


def name_column(commune_column: str) -> str:
    """The column of an export or a sheet that names the commune of another column."""
    return commune_column.replace("_code", "_name")
