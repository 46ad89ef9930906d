"""Reads, recognises and checks a file: what would be written, what is set aside, and why. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import pandas as pd

from analytics.model import Provenance
from data.importing.cells import build_cells, list_cells
from data.importing.checks import CELL_CHECKS, TABLE_CHECKS, CheckContext, totals
from data.importing.contents import Contents, recognise
from data.importing.entries import find_personal, prepare_entries
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.records import Prepared, join_parts, prepare_records
from data.importing.workbook import read_sheets
from data.records.entry_kind import EntryKind
from data.records.facilities import FACILITIES
from data.records.kind import Kind
from data.records.movements import MOVEMENTS
from data.records.sheet_kind import SheetKind
from data.records.table import KINDS, sheet_kinds
from geo.names import NameIndex, build_name_index

OBSERVATION_COLUMNS = [
    "commune_code", "reference_date", "variable", "value", "status", "provenance", "reliability", "source", "cell",
]  # fmt: skip
_FIGURES = "figures"


def _no_observations() -> pd.DataFrame:
    return pd.DataFrame(columns=OBSERVATION_COLUMNS)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of reading a file; ``cells_in = cells_kept + cells_set_aside`` always, where a record counts as one cell: it
    is kept or set aside whole.

    ``observations`` and ``records`` (by id of their kind) are what is kept, ready for ``data.ingest``; ``records_in`` are the
    rows read of each kind. When ``refusal`` is set there is nothing. ``before`` is the figure in force that each observation
    would replace, empty where there is none.
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
    def has_records(self) -> bool:
        """Whether the file holds movements or facilities, kept or not."""
        return MOVEMENTS.id in self.records_in or FACILITIES.id in self.records_in

    @property
    def record_counts(self) -> dict[str, int]:
        """Rows of movements and facilities that would be written, and read."""
        counts = {kind.id: self.counts_of(kind) for kind in (MOVEMENTS, FACILITIES)}
        return {f"{name}_{part}": count for name, parts in counts.items() for part, count in parts.items()}

    @property
    def other_records(self) -> list[SheetKind]:
        """Kinds of sheet record in the file that are neither movements nor facilities."""
        return [kind for kind in sheet_kinds() if kind.id in self.records_in and kind not in (MOVEMENTS, FACILITIES)]

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

    @property
    def is_acceptable(self) -> bool:
        """Whether there is anything to write."""
        return self.refusal is None and self.cells_kept > 0

    def _of_kind(self, kind: SheetKind) -> pd.DataFrame:
        return self.records[kind.id] if kind.id in self.records else pd.DataFrame(columns=list(kind.columns))


def prepare_import(
    content: bytes,
    file_name: str,
    communes: pd.DataFrame,
    current: pd.DataFrame,
    aliases: Mapping[str, list[str]],
    today: date | None = None,
    records: Mapping[str, pd.DataFrame] | None = None,
) -> ImportReport:
    """Read a file against the communes and the figures in force.

    Args:
        communes: ``commune_code, name_fr, name_ar``.
        current: figures in force (``commune_code, reference_date, variable, value, provenance``), for jumps and sums.
        aliases: other spellings of names by commune code.
        today: the day after which a month lies in the future.
        records: records of the store by kind (``data.ingest.read_records``); no kind where nothing is given.
    """
    digest = sha256(content).hexdigest()

    def refused(finding: Finding) -> ImportReport:
        return ImportReport(file_name, digest, _no_observations(), (), 0, finding)

    try:
        contents = recognise(read_sheets(content, file_name))
    except RefusedError as refusal:
        return refused(refusal.finding)
    # Demonstration figures are nothing to compare with.
    real = current[current["provenance"] != Provenance.DEMONSTRATION.value]
    context = CheckContext(communes, real, today or date.today())
    prepared = _prepare_contents(contents, build_name_index(communes, aliases), context, records or {})
    if personal := find_personal(prepared.findings):
        # Nothing of it is kept: an accepted file is archived whole.
        return refused(personal)
    if not prepared.size:
        return refused(Finding("nothing_filled", Severity.ERROR))
    observations = prepared.kept.pop(_FIGURES, _no_observations())
    figures_in = prepared.rows_in.pop(_FIGURES, 0)
    report = ImportReport(
        file_name,
        digest,
        observations,
        (*contents.findings, *prepared.findings),
        figures_in + prepared.size,
        before=_figures_before(observations, current),
        records=prepared.kept,
        records_in=prepared.rows_in,
    )
    assert report.cells_set_aside == len(_set_aside(report.findings)), "a cell was set aside without being named"
    return report


def _prepare_contents(
    contents: Contents, index: NameIndex, context: CheckContext, records: Mapping[str, pd.DataFrame]
) -> Prepared:
    """Figures, sheet records of each kind and entries, one after the other."""
    nothing = pd.DataFrame(columns=["provenance"])
    return join_parts(
        [
            _prepare_figures(contents, index, context),
            *(
                prepare_records(kind, contents.of_kind(kind), index, records.get(kind.id, nothing), context)
                for kind in sheet_kinds()
            ),
            prepare_entries(contents.entries, context.communes, records),
        ]
    )


def _prepare_figures(contents: Contents, index: NameIndex, context: CheckContext) -> Prepared:
    """The monthly figures of a file; each filled cell is one row."""
    raw = [cell for sheet, header in contents.figures for cell in list_cells(sheet, header)]
    if not raw:
        return Prepared()
    kept, findings = _check_figures(raw, index, context)
    return Prepared({_FIGURES: kept}, {_FIGURES: len(raw)}, tuple(findings))


def _check_figures(
    raw: list[tuple[object, ...]], index: NameIndex, context: CheckContext
) -> tuple[pd.DataFrame, list[Finding]]:
    """The monthly figures that are kept, and what is said of all of them."""
    cells = build_cells(raw, index)
    assert len(cells) == len(raw), "a cell was lost"
    findings = totals.check(cells)
    of_communes = cells.drop(index=_set_aside(findings))
    findings += [finding for check in CELL_CHECKS if len(of_communes) for finding in check(of_communes, context)]
    for check in TABLE_CHECKS:
        surviving = cells.drop(index=_set_aside(findings))
        findings += check(surviving, context) if len(surviving) else []
    return cells.drop(index=_set_aside(findings))[OBSERVATION_COLUMNS].reset_index(drop=True), findings


def _figures_before(kept: pd.DataFrame, current: pd.DataFrame) -> pd.Series:
    key = ["commune_code", "reference_date", "variable"]
    if kept.empty:
        return pd.Series(dtype=float)
    return kept[key].merge(current[[*key, "value"]], on=key, how="left")["value"]


def _set_aside(findings: Iterable[Finding]) -> list[int]:
    """Positions of the cells that are not written."""
    return sorted({row for finding in findings if finding.sets_aside for row in finding.rows})
