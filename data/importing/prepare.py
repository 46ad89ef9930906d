"""Reads, recognises and checks a file: what would be written, what is set aside, and why. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

import pandas as pd

from analytics.model import Provenance
from data.importing.apart import read_sheets_apart
from data.importing.cells import build_cells, list_cells
from data.importing.checks import CELL_CHECKS, TABLE_CHECKS, CheckContext, totals
from data.importing.contents import Contents, recognise
from data.importing.entries import find_personal, prepare_entries
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.records import Prepared, join_parts, prepare_records
from data.importing.report import OBSERVATION_COLUMNS, ImportReport, no_observations
from data.province import Province
from data.records.table import sheet_kinds
from geo.names import NameIndex, build_name_index

_FIGURES = "figures"


def prepare_import(
    content: bytes,
    file_name: str,
    communes: pd.DataFrame,
    current: pd.DataFrame,
    province: Province,
    today: date | None = None,
    records: Mapping[str, pd.DataFrame] | None = None,
) -> ImportReport:
    """Read a file against the communes and the figures in force.

    Args:
        communes: ``commune_code, name_fr, name_ar``.
        current: figures in force (``commune_code, reference_date, variable, value, provenance``), for jumps and sums.
        province: the territory, for other spellings of names, words for totals and boundaries.
        today: the day after which a month lies in the future.
        records: records of the store by kind (``data.ingest.read_records``); no kind where nothing is given.
    """
    digest = sha256(content).hexdigest()

    def refused(finding: Finding) -> ImportReport:
        return ImportReport(file_name, digest, no_observations(), (), 0, finding)

    try:
        contents = recognise(read_sheets_apart(content, file_name))
    except RefusedError as refusal:
        return refused(refusal.finding)
    # Demonstration figures are nothing to compare with.
    real = current[current["provenance"] != Provenance.DEMONSTRATION.value]
    context = CheckContext(communes, real, today or date.today(), province)
    prepared = _prepare_contents(contents, build_name_index(communes, province.aliases), context, records or {})
    if personal := find_personal(prepared.findings):
        # Nothing of it is kept: an accepted file is archived whole.
        return refused(personal)
    if not prepared.size:
        return refused(Finding("nothing_filled", Severity.ERROR))
    return _report(file_name, digest, prepared, contents.findings, current)


def _report(
    file_name: str, digest: str, prepared: Prepared, about_sheets: list[Finding], current: pd.DataFrame
) -> ImportReport:
    """The report of a file that is not refused; figures stand apart from records."""
    observations = prepared.kept.get(_FIGURES, no_observations())
    report = ImportReport(
        file_name,
        digest,
        observations,
        (*about_sheets, *prepared.findings),
        prepared.size,
        before=_figures_before(observations, current),
        records={name: rows for name, rows in prepared.kept.items() if name != _FIGURES},
        records_in={name: count for name, count in prepared.rows_in.items() if name != _FIGURES},
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
