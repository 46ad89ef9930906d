"""Reads, recognises and checks a file: what would be written, what is set aside, and why. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

import pandas as pd

from analytics.model import Provenance
from data.importing.apart import read_sheets_apart
from data.importing.cells import build_cells, list_cells
from data.importing.checks import CELL_CHECKS, TABLE_CHECKS, CheckContext, structure, totals
from data.importing.checks.related import compared_with
from data.importing.contents import Contents, recognise
from data.importing.corrections import Correction, apply, apply_to_rows, findings_of, findings_of_rows
from data.importing.entries import find_personal, prepare_entries
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.layouts import layout_of
from data.importing.listed_rows import RawRow, list_rows
from data.importing.records import AsideCell, Prepared, join_parts, prepare_records
from data.importing.report import OBSERVATION_COLUMNS, ImportReport, no_observations
from data.importing.understood import describe
from data.importing.unread import account_for
from data.loaders.today import load_variables
from data.province import Province
from data.records.sheet_kind import SheetKind
from data.records.table import sheet_kinds
from geo.names import NameIndex, build_name_index

_FIGURES = "figures"

# Reads the figures in force of some communes between two days, of some variables.
CurrentFigures = Callable[[list[str], tuple[date, date], list[str]], pd.DataFrame]


def prepare_import(
    content: bytes,
    file_name: str,
    communes: pd.DataFrame,
    current: pd.DataFrame | CurrentFigures,
    province: Province,
    today: date | None = None,
    records: Mapping[str, pd.DataFrame] | None = None,
    *,
    is_confirmed: bool = False,
    corrections: Mapping[str, Correction] | None = None,
    confirmed_layouts: Collection[str] = (),
) -> ImportReport:
    """Read a file against the communes and the figures in force.

    Args:
        communes: ``commune_code, name_fr, name_ar``.
        current: figures in force (``commune_code, reference_date, variable, value, provenance``), for jumps and sums; or what
            reads them for the communes and the months of the file.
        province: the territory, for other spellings of names, words for totals and boundaries.
        today: the day after which a month lies in the future.
        records: records of the store by kind (``data.ingest.RecordsOnDemand``); no kind where nothing is given.
        is_confirmed: a person has confirmed what the file only suggests: a month in a title, a hidden sheet.
        confirmed_layouts: layouts for which it was confirmed before: it is not asked again.
        corrections: values that a person puts in the place of those of some cells, by address.
    """
    nothing = ImportReport(file_name, sha256(content).hexdigest(), no_observations(), (), 0)
    index = build_name_index(communes, province.aliases)
    try:
        contents = recognise(read_sheets_apart(content, file_name), index, file_name)
    except RefusedError as refusal:
        return replace(nothing, refusal=refusal.finding)
    context = CheckContext(communes, pd.DataFrame(), today or date.today(), province, is_confirmed)
    answers = _Answers(corrections or {}, confirmed_layouts)
    return _check(nothing, contents, index, context, answers, current, records or {})


class _Answers(NamedTuple):
    """What a person said of a file, or of its layout before."""

    corrections: Mapping[str, Correction]
    confirmed_layouts: Collection[str]


def _check(
    nothing: ImportReport,
    contents: Contents,
    index: NameIndex,
    context: CheckContext,
    answers: _Answers,
    current: pd.DataFrame | CurrentFigures,
    records: Mapping[str, pd.DataFrame],
) -> ImportReport:
    """The report of what a file holds: cells and rows listed, corrected, read, checked; ``nothing`` is that of a refused one."""
    listed = list_cells(contents.of_kind(None))
    rows = {kind: list_rows(contents.of_kind(kind), kind) for kind in sheet_kinds()}
    account, unread = account_for(contents, listed)
    layout = layout_of(contents.blocks, [*listed, *chain.from_iterable(rows.values())])
    is_confirmed = context.is_confirmed or layout in answers.confirmed_layouts
    cells = build_cells(apply(listed, answers.corrections), index)
    assert len(cells) == len(listed), "a cell was lost"
    listed.clear()
    rows = {kind: apply_to_rows(of_kind, answers.corrections) for kind, of_kind in rows.items()}
    in_force = _figures_near(cells, current)
    # Demonstration figures are nothing to compare with.
    real = in_force[in_force["provenance"] != Provenance.DEMONSTRATION.value]
    compared = replace(context, current=real, is_confirmed=is_confirmed)
    prepared = _prepare_contents(contents, cells, rows, index, compared, records)
    if personal := find_personal(prepared.findings):
        # Nothing of it is kept: an accepted file is archived whole.
        return replace(nothing, refusal=personal)
    if not prepared.size and not account.not_read:
        return replace(nothing, refusal=Finding("nothing_filled", Severity.ERROR))
    of_rows = [f for kind in rows for f in findings_of_rows(rows[kind], kind.layout(), answers.corrections)]
    said = [*unread, *findings_of(cells, answers.corrections), *of_rows]
    return replace(
        _report(nothing.file_name, nothing.sha256, prepared, said, in_force),
        account=account,
        understood=describe(contents, cells, prepared.kept),
        aside=pd.DataFrame(list(prepared.aside), columns=list(AsideCell._fields)),
        layout=layout if is_confirmed else "",
    )


def _figures_near(cells: pd.DataFrame, current: pd.DataFrame | CurrentFigures) -> pd.DataFrame:
    """The figures in force that those of a file are compared with: of its communes, from the month before its first."""
    if isinstance(current, pd.DataFrame):
        return current
    days = cells["reference_date"].dropna()
    if days.empty:
        return pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"])
    first = (days.min() - pd.offsets.MonthBegin(1)).date()
    communes = sorted(cells["commune_code"].dropna().unique())
    return current(communes, (first, days.max().date()), compared_with(set(cells["variable"])))


def _list_aside(cells: pd.DataFrame, findings: Iterable[Finding]) -> Iterator[AsideCell]:
    """The figures that are set aside because something is wrong, as a person may correct them."""
    variables = load_variables()
    for cell in cells.loc[_set_aside(finding for finding in findings if finding.is_wrong)].itertuples():
        labels = variables[cell.variable].labels if cell.variable in variables else {}
        yield AsideCell(cell.cell, cell.raw, cell.commune_code, labels)


def _report(file_name: str, digest: str, prepared: Prepared, unread: list[Finding], current: pd.DataFrame) -> ImportReport:
    """The report of a file that is not refused; figures stand apart from records."""
    observations = prepared.kept.get(_FIGURES, no_observations())
    report = ImportReport(
        file_name,
        digest,
        observations,
        (*unread, *prepared.findings),
        prepared.size,
        before=_figures_before(observations, current),
        records={name: rows for name, rows in prepared.kept.items() if name != _FIGURES},
        records_in={name: count for name, count in prepared.rows_in.items() if name != _FIGURES},
    )
    assert report.cells_set_aside == len(_set_aside(report.findings)), "a cell was set aside without being named"
    return report


def _prepare_contents(
    contents: Contents,
    cells: pd.DataFrame,
    rows: Mapping[SheetKind, list[RawRow]],
    index: NameIndex,
    context: CheckContext,
    records: Mapping[str, pd.DataFrame],
) -> Prepared:
    """Figures, sheet records of each kind and entries, one after the other."""
    nothing = pd.DataFrame(columns=["provenance"])
    return join_parts(
        [
            _prepare_figures(cells, context),
            *(
                prepare_records(kind, listed, index, records.get(kind.id, nothing), context)
                for kind, listed in rows.items()
                if listed
            ),
            prepare_entries(contents.entries, context.communes, records),
        ]
    )


def _prepare_figures(cells: pd.DataFrame, context: CheckContext) -> Prepared:
    """The monthly figures of a file; each filled cell is one row."""
    if cells.empty:
        return Prepared()
    findings = structure.check(cells, context)
    findings += totals.check(_without(cells, findings), context)
    of_communes = _without(cells, findings)
    findings += [finding for check in CELL_CHECKS if len(of_communes) for finding in check(of_communes, context)]
    for check in TABLE_CHECKS:
        surviving = _without(cells, findings)
        findings += check(surviving, context) if len(surviving) else []
    kept = _without(cells, findings)[OBSERVATION_COLUMNS].reset_index(drop=True)
    return Prepared({_FIGURES: kept}, {_FIGURES: len(cells)}, tuple(findings), tuple(_list_aside(cells, findings)))


def _figures_before(kept: pd.DataFrame, current: pd.DataFrame) -> pd.Series:
    key = ["commune_code", "reference_date", "variable"]
    if kept.empty:
        return pd.Series(dtype=float)
    return kept[key].merge(current[[*key, "value"]], on=key, how="left")["value"]


def _without(cells: pd.DataFrame, findings: Iterable[Finding]) -> pd.DataFrame:
    """The cells that no finding sets aside; the table itself where none does."""
    rows = _set_aside(findings)
    return cells.drop(index=rows) if rows else cells


def _set_aside(findings: Iterable[Finding]) -> list[int]:
    """Positions of the cells that are not written."""
    return sorted({row for finding in findings if finding.sets_aside for row in finding.rows})
