"""What an import would write and what it sets aside: the report that a person accepts or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from data.i18n import Translator
from data.importing.findings import Finding
from data.importing.understood import Understood
from data.importing.unread import Account
from data.records.entry_kind import EntryKind
from data.records.facilities import FACILITIES
from data.records.kind import Kind
from data.records.movements import MOVEMENTS
from data.records.sheet_kind import SheetKind
from data.records.table import KINDS, sheet_kinds

OBSERVATION_COLUMNS = [
    "commune_code", "reference_date", "variable", "value", "status", "provenance", "reliability", "source", "cell",
]  # fmt: skip


def no_observations() -> pd.DataFrame:
    """The table of observations without a row."""
    return pd.DataFrame(columns=OBSERVATION_COLUMNS)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of reading a file; ``cells_in = cells_kept + cells_set_aside`` always.

    A record counts as one cell: it is kept or set aside whole. ``observations`` and ``records``
    (by id of their kind) are what is kept, ready for ``data.ingest``; ``records_in`` are the rows
    read of each kind. When ``refusal`` is set there is nothing. ``before`` is the figure in force
    that each observation would replace, empty where there is none.
    """

    file_name: str
    sha256: str
    observations: pd.DataFrame
    findings: tuple[Finding, ...]
    cells_in: int
    refusal: Finding | None = None
    before: pd.Series | None = None
    records: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    records_in: Mapping[str, int] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    understood: Understood = field(default_factory=Understood)
    aside: pd.DataFrame = field(default_factory=pd.DataFrame)
    layout: str = ""

    @property
    def movements(self) -> pd.DataFrame:
        """The movements that are kept."""
        return self._of_kind(MOVEMENTS)

    @property
    def facilities(self) -> pd.DataFrame:
        """The facilities that are kept."""
        return self._of_kind(FACILITIES)

    @property
    def entries(self) -> dict[str, pd.DataFrame]:
        """The entries that are kept, by kind."""
        return {name: rows for name, rows in self.records.items() if isinstance(KINDS[name], EntryKind)}

    @property
    def entries_kept(self) -> int:
        """Entries that would be written."""
        return sum(len(rows) for rows in self.entries.values())

    @property
    def entries_in(self) -> int:
        """Entries that were read."""
        return sum(count for name, count in self.records_in.items() if isinstance(KINDS[name], EntryKind))

    @property
    def record_counts(self) -> dict[str, int]:
        """Rows of movements and facilities that would be written, and read."""
        counts = {kind.id: self.counts_of(kind) for kind in (MOVEMENTS, FACILITIES)}
        return {f"{name}_{part}": count for name, parts in counts.items() for part, count in parts.items()}

    @property
    def kinds_of_rows(self) -> list[SheetKind]:
        """Kinds of sheet record in the file."""
        return [kind for kind in sheet_kinds() if kind.id in self.records_in]

    def counts_of(self, kind: Kind) -> dict[str, int]:
        """Rows of a kind: ``kept``, and read (``in``)."""
        return {"kept": len(self.records.get(kind.id, ())), "in": self.records_in.get(kind.id, 0)}

    @property
    def cells_kept(self) -> int:
        """Cells that would be written."""
        return len(self.observations) + sum(len(rows) for rows in self.records.values())

    @property
    def cells_set_aside(self) -> int:
        """Cells that are not written, each named by a finding."""
        return self.cells_in - self.cells_kept

    def account_sentence(self, t: Translator) -> str:
        """Every filled cell of the file in one line, by what became of it."""
        of = self.account
        figures = {"kept": len(self.observations), "aside": of.figures - len(self.observations)}
        key = "report.account_records" if of.records else "report.account"
        return t(key, count=of.in_file, words=of.words, records=of.records, unread=of.not_read, **figures)

    @property
    def questions(self) -> tuple[Finding, ...]:
        """What the file only suggests and a person must confirm."""
        return tuple(finding for finding in self.findings if finding.is_question)

    @property
    def is_acceptable(self) -> bool:
        """Whether there is anything to write."""
        return self.refusal is None and self.cells_kept > 0

    def _of_kind(self, kind: SheetKind) -> pd.DataFrame:
        return self.records[kind.id] if kind.id in self.records else pd.DataFrame(columns=list(kind.columns))
