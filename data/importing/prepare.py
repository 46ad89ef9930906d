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
from data.importing.contents import recognise
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.records import FACILITY_COLUMNS, MOVEMENT_COLUMNS, prepare_facilities, prepare_movements
from data.importing.workbook import read_sheets
from data.importing.writings import prepare_writings
from data.province import Province
from data.record_sheets import FACILITIES, MOVEMENTS
from geo.names import NameIndex, build_name_index

OBSERVATION_COLUMNS = [
    "commune_code", "reference_date", "variable", "value", "status", "provenance", "reliability", "source", "cell",
]  # fmt: skip


def _no_observations() -> pd.DataFrame:
    return pd.DataFrame(columns=OBSERVATION_COLUMNS)


def _no_movements() -> pd.DataFrame:
    return pd.DataFrame(columns=MOVEMENT_COLUMNS)


def _no_facilities() -> pd.DataFrame:
    return pd.DataFrame(columns=FACILITY_COLUMNS)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of reading a file; ``cells_in = cells_kept + cells_set_aside`` always, where a row of movements, facilities
    or writings counts as one cell: it is kept or set aside whole.

    ``observations``, ``movements``, ``facilities`` and ``writings`` (by table of ``data.writings``) are what is kept, ready for
    ``data.ingest.add_upload``; when ``refusal`` is set there is nothing. ``before`` is the figure in force that each observation
    would replace, empty where there is none. ``movements_in``, ``facilities_in`` and ``writings_in`` are the rows read of those
    kinds.
    """

    file_name: str
    sha256: str
    observations: pd.DataFrame
    findings: tuple[Finding, ...]
    cells_in: int
    refusal: Finding | None = None
    before: pd.Series | None = None
    movements: pd.DataFrame = field(default_factory=_no_movements)
    facilities: pd.DataFrame = field(default_factory=_no_facilities)
    movements_in: int = 0
    facilities_in: int = 0
    writings: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    writings_in: int = 0

    @property
    def writings_kept(self) -> int:
        """Rows of decisions, notes, scenarios and plans that would be written."""
        return sum(len(rows) for rows in self.writings.values())

    @property
    def has_records(self) -> bool:
        """Whether the file holds movements or facilities, kept or not."""
        return self.movements_in + self.facilities_in > 0

    @property
    def record_counts(self) -> dict[str, int]:
        """Rows of movements and facilities that would be written, and read."""
        return {
            "movements_kept": len(self.movements),
            "movements_in": self.movements_in,
            "facilities_kept": len(self.facilities),
            "facilities_in": self.facilities_in,
        }

    @property
    def cells_kept(self) -> int:
        """Cells that would be written."""
        return len(self.observations) + len(self.movements) + len(self.facilities) + self.writings_kept

    @property
    def cells_set_aside(self) -> int:
        """Cells that are not written, each named by a finding."""
        return self.cells_in - self.cells_kept

    @property
    def is_acceptable(self) -> bool:
        """Whether there is anything to write."""
        return self.refusal is None and self.cells_kept > 0


def prepare_import(
    content: bytes,
    file_name: str,
    communes: pd.DataFrame,
    current: pd.DataFrame,
    province: Province,
    today: date | None = None,
    movements: pd.DataFrame | None = None,
    writings: Mapping[str, pd.DataFrame] | None = None,
) -> ImportReport:
    """Read a file against the communes and the figures in force.

    Args:
        communes: ``commune_code, name_fr, name_ar``.
        current: figures in force (``commune_code, reference_date, variable, value, provenance``), for jumps and sums.
        province: the territory, for other spellings of names, words for totals and boundaries.
        today: the day after which a month lies in the future.
        movements: movements in force (``queries.read_movements``), for the books of who is hosted where.
        writings: decisions, notes, scenarios and plans of the store (``data.writings.read_writings``).
    """
    digest = sha256(content).hexdigest()
    try:
        contents = recognise(read_sheets(content, file_name))
    except RefusedError as refusal:
        return ImportReport(file_name, digest, _no_observations(), (), 0, refusal.finding)
    index = build_name_index(communes, province.aliases)
    # Demonstration figures are nothing to compare with.
    real = current[current["provenance"] != Provenance.DEMONSTRATION.value]
    context = CheckContext(communes, real, today or date.today(), province)
    raw = [cell for sheet, header in contents.figures for cell in list_cells(sheet, header)]
    kept, findings = _check_figures(raw, index, context) if raw else (_no_observations(), [])
    known = movements if movements is not None else _no_movements()
    moved = prepare_movements(contents.of_kind(MOVEMENTS), index, known, context, len(raw))
    placed = prepare_facilities(contents.of_kind(FACILITIES), index, context, len(raw) + moved.rows_in)
    before = len(raw) + moved.rows_in + placed.rows_in
    said = prepare_writings(contents.writings, communes, writings or {}, before)
    if said.personal:
        # Nothing of it is kept: an accepted file is archived whole.
        return ImportReport(file_name, digest, _no_observations(), (), 0, said.personal)
    cells_in = before + said.rows_in
    if not cells_in:
        return ImportReport(file_name, digest, _no_observations(), (), 0, Finding("nothing_filled", Severity.ERROR))
    report = ImportReport(
        file_name,
        digest,
        kept,
        (*contents.findings, *findings, *moved.findings, *placed.findings, *said.findings),
        cells_in,
        before=_figures_before(kept, current),
        movements=moved.kept,
        facilities=placed.kept,
        movements_in=moved.rows_in,
        facilities_in=placed.rows_in,
        writings=said.kept,
        writings_in=said.rows_in,
    )
    assert report.cells_set_aside == len(_set_aside(report.findings)), "a cell was set aside without being named"
    return report


def _check_figures(
    raw: list[tuple[object, ...]], index: NameIndex, context: CheckContext
) -> tuple[pd.DataFrame, list[Finding]]:
    """The monthly figures that are kept, and what is said of all of them."""
    cells = build_cells(raw, index)
    assert len(cells) == len(raw), "a cell was lost"
    findings = totals.check(cells, context)
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
