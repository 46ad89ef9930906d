"""Reads, recognises and checks a file: what would be written, what is set aside, and why. Nothing is written here."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

import pandas as pd

from analytics.model import Provenance
from data.importing.apart import read_sheets_apart
from data.importing.checks import CheckContext
from data.importing.checks.related import compared_with
from data.importing.contents import Contents, recognise
from data.importing.corrections import Correction, findings_of
from data.importing.entries import entries_line, find_personal
from data.importing.figures import FIGURES, figures_line
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.layouts import layout_of
from data.importing.line import AsideCell, Line, Prepared, check_rows, join_parts
from data.importing.records import records_line
from data.importing.report import ImportReport, no_observations
from data.importing.understood import describe
from data.importing.unread import account_for
from data.province import Province
from data.records.rows import Rows
from data.records.table import sheet_kinds
from geo.names import NameIndex, build_name_index

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
    with _without_collecting():
        try:
            contents = recognise(read_sheets_apart(content, file_name), index, file_name)
        except RefusedError as refusal:
            return replace(nothing, refusal=refusal.finding)
        context = CheckContext(communes, pd.DataFrame(), today or date.today(), province, is_confirmed)
        answers = _Answers(corrections or {}, confirmed_layouts)
        return _check(nothing, contents, index, context, answers, current, records or {})


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A hundred thousand tuples of cells hold no cycles and live until the report stands: to look through them costs a tenth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
    """The report of what a file holds, stage by stage, each kind by its own line; ``nothing`` is that of a refused one."""
    lines = _lines_of(contents, context, records)
    listed = [line.listed(contents) for line in lines]
    account, unread = account_for(contents, listed[0])
    layout = layout_of(contents.blocks, [one for of_kind in listed for one in of_kind])
    is_confirmed = context.is_confirmed or layout in answers.confirmed_layouts
    rows = [_read(line, of_kind, answers.corrections, index) for line, of_kind in zip(lines, listed, strict=True)]
    figures = rows[0].cells
    in_force = _figures_near(figures, current)
    # Demonstration figures are nothing to compare with.
    real = in_force[in_force["provenance"] != Provenance.DEMONSTRATION.value]
    compared = replace(context, current=real, is_confirmed=is_confirmed)
    prepared = join_parts([check_rows(line, read, compared) for line, read in zip(lines, rows, strict=True)])
    if personal := find_personal(prepared.findings):
        # Nothing of it is kept: an accepted file is archived whole.
        return replace(nothing, refusal=personal)
    if not prepared.size and not account.not_read:
        return replace(nothing, refusal=Finding("nothing_filled", Severity.ERROR))
    for line, read in zip(lines, rows, strict=True):
        unread += findings_of(read.cells, line.fields, answers.corrections)
    return replace(
        _report(nothing.file_name, nothing.sha256, prepared, unread, in_force),
        account=account,
        understood=describe(contents, figures, prepared.kept),
        aside=pd.DataFrame(list(prepared.aside), columns=list(AsideCell._fields)),
        layout=layout if is_confirmed else "",
    )


def _read(line: Line, listed: list[Any], corrections: Mapping[str, Correction], index: NameIndex) -> Rows:
    """The values of what is listed of a kind, which is not needed any more."""
    rows = line.read(line.corrected(listed, corrections), index)
    assert len(rows.values) == len(listed), "a cell was lost"
    listed.clear()
    return rows


def _lines_of(contents: Contents, context: CheckContext, records: Mapping[str, pd.DataFrame]) -> list[Line]:
    """The kinds of which a file has something, figures first."""
    nothing = pd.DataFrame(columns=["provenance"])
    kinds = [kind for kind in sheet_kinds() if contents.of_kind(kind)]
    typed = dict.fromkeys(headed.kind for headed in contents.entries)
    return [
        figures_line(),
        *(records_line(kind, records.get(kind.id, nothing)) for kind in kinds),
        *(entries_line(kind, context.communes, records) for kind in typed),
    ]


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


def _report(file_name: str, digest: str, prepared: Prepared, unread: list[Finding], current: pd.DataFrame) -> ImportReport:
    """The report of a file that is not refused; figures stand apart from records."""
    observations = prepared.kept.get(FIGURES, no_observations())
    report = ImportReport(
        file_name,
        digest,
        observations,
        (*unread, *prepared.findings),
        prepared.size,
        before=_figures_before(observations, current),
        records={name: rows for name, rows in prepared.kept.items() if name != FIGURES},
        records_in={name: count for name, count in prepared.rows_in.items() if name != FIGURES},
    )
    named = {row for finding in report.findings if finding.sets_aside for row in finding.rows}
    assert report.cells_set_aside == len(named), "a cell was set aside without being named"
    return report


def _figures_before(kept: pd.DataFrame, current: pd.DataFrame) -> pd.Series:
    key = ["commune_code", "reference_date", "variable"]
    if kept.empty:
        return pd.Series(dtype=float)
    return kept[key].merge(current[[*key, "value"]], on=key, how="left")["value"]
