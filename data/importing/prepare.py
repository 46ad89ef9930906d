"""Reads, recognises and checks a file: what would be written, what is set aside, and why. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pandas as pd

from analytics.model import Provenance
from data.importing.cells import build_cells, list_cells
from data.importing.checks import CELL_CHECKS, TABLE_CHECKS, CheckContext, totals
from data.importing.checks.columns import find_headed_sheets
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.personal_data import refuse_personal_data
from data.importing.workbook import read_sheets
from geo.names import build_name_index

OBSERVATION_COLUMNS = [
    "commune_code", "reference_date", "variable", "value", "status", "provenance", "reliability", "source", "cell",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of reading a file; ``cells_in = cells_kept + cells_set_aside`` always.

    ``observations`` are the kept cells, ready for ``data.ingest.add_upload``; when ``refusal`` is set there are none.
    ``before`` is the figure in force that each of them would replace, empty where there is none.
    """

    file_name: str
    sha256: str
    observations: pd.DataFrame
    findings: tuple[Finding, ...]
    cells_in: int
    refusal: Finding | None = None
    before: pd.Series | None = None

    @property
    def cells_kept(self) -> int:
        """Cells that would be written."""
        return len(self.observations)

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
    aliases: Mapping[str, list[str]],
    today: date | None = None,
) -> ImportReport:
    """Read a file against the communes and the figures in force.

    Args:
        communes: ``commune_code, name_fr, name_ar``.
        current: figures in force (``commune_code, reference_date, variable, value, provenance``), for jumps and sums.
        aliases: other spellings of names by commune code.
        today: the day after which a month lies in the future.
    """
    digest = sha256(content).hexdigest()
    try:
        sheets = read_sheets(content, file_name)
        refuse_personal_data(sheets)
        headed, findings = find_headed_sheets(sheets)
    except RefusedError as refusal:
        return ImportReport(file_name, digest, _no_observations(), (), 0, refusal.finding)
    raw = [cell for sheet, header in headed for cell in list_cells(sheet, header)]
    if not raw:
        return ImportReport(file_name, digest, _no_observations(), (), 0, Finding("nothing_filled", Severity.ERROR))
    cells = build_cells(raw, build_name_index(communes, aliases))
    # Demonstration figures are nothing to compare with.
    real = current[current["provenance"] != Provenance.DEMONSTRATION.value]
    context = CheckContext(communes, real, today or date.today())
    findings += totals.check(cells)
    of_communes = cells.drop(index=_set_aside(findings))
    findings += [finding for check in CELL_CHECKS if len(of_communes) for finding in check(of_communes, context)]
    for check in TABLE_CHECKS:
        surviving = cells.drop(index=_set_aside(findings))
        findings += check(surviving, context) if len(surviving) else []
    aside = _set_aside(findings)
    kept = cells.drop(index=aside)[OBSERVATION_COLUMNS].reset_index(drop=True)
    report = ImportReport(file_name, digest, kept, tuple(findings), len(raw), before=_figures_before(kept, current))
    assert report.cells_in == len(cells), "a cell was lost"
    assert report.cells_set_aside == len(aside), "a cell was set aside without being named"
    return report


def _figures_before(kept: pd.DataFrame, current: pd.DataFrame) -> pd.Series:
    key = ["commune_code", "reference_date", "variable"]
    return kept[key].merge(current[[*key, "value"]], on=key, how="left")["value"]


def _set_aside(findings: list[Finding]) -> list[int]:
    """Positions of the cells that are not written."""
    return sorted({row for finding in findings if finding.sets_aside for row in finding.rows})


def _no_observations() -> pd.DataFrame:
    return pd.DataFrame(columns=OBSERVATION_COLUMNS)
