"""The one way of what a file holds, the same for every kind: listed → corrected → values → checks → kept or set aside.

A kind (figures, a sheet of records, entries) only says its fields, how its listed rows are read, and its stages of checks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from data.importing.blocks.headings import COMMUNE_NAME, DATE
from data.importing.checks import Check, CheckContext
from data.importing.checks.codes import write_commune
from data.importing.contents import Contents
from data.importing.corrections import Correction
from data.importing.fields import Field
from data.importing.findings import Finding
from data.importing.reading.sheet import RawValue
from data.records.rows import Rows
from geo.names import NameIndex

# Of a finding whose key begins so, another value is typed where the commune or the month of the row stands.
_MENDED_AT = {"commune": "place_cell", "date": "date_cell", "day": "date_cell"}
RowsCheck = Callable[[Rows, CheckContext], list[Finding]]


def of_cells(check: Check) -> RowsCheck:
    """A check that looks at each cell by itself."""
    return lambda rows, context: check(rows.cells, context)


def of_values(check: Check) -> RowsCheck:
    """A check that looks at what would be written."""
    return lambda rows, context: check(rows.values, context)


class Stage(NamedTuple):
    """Checks that look at the same rows: those that no stage before has set aside.

    ``complete`` adds to the rows what follows from valid ones, before the checks of the stage.
    """

    checks: tuple[RowsCheck, ...] = ()
    complete: Callable[[pd.DataFrame], pd.DataFrame] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a kind says for itself.

    ``listed`` gives what is filled of a file before it is read, ``corrected`` puts typed values in its place, ``read`` makes the
    values of it. ``columns`` are what is written, ``commune`` the one that a row is of, empty where it is of none.
    """

    id: str
    fields: Mapping[str, Field]
    listed: Callable[[Contents], list[Any]]
    corrected: Callable[[list[Any], Mapping[str, Correction]], list[Any]]
    read: Callable[[list[Any], NameIndex], Rows]
    stages: tuple[Stage, ...]
    columns: Sequence[str]
    commune: str = ""


class AsideCell(NamedTuple):
    """A cell that is set aside, or for which its row is: what stands in it, whose it is, what it should say."""

    cell: str
    raw: RawValue
    commune_code: str | None
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a part of a file gives: rows kept and rows read, by kind, and what is said of them; ``aside`` may be corrected.

    Each row counts as one cell. The findings number the rows of this part from 0.
    """

    kept: dict[str, pd.DataFrame] = field(default_factory=dict)
    rows_in: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    aside: tuple[AsideCell, ...] = ()

    @property
    def size(self) -> int:
        """How many rows were read."""
        return sum(self.rows_in.values())


def check_rows(line: Line, rows: Rows, context: CheckContext) -> Prepared:
    """The rows of one kind through its stages; a row with something wrong in it is set aside whole."""
    if rows.values.empty:
        return Prepared()
    of_kind = replace(context, fields=line.fields)
    findings: list[Finding] = []
    left = rows
    for stage in line.stages:
        if left.values.empty:
            break
        if stage.complete is not None:
            left = left.with_values(stage.complete(left.values))
        found = [finding for check in stage.checks for finding in check(left, of_kind)]
        findings += found
        left = left.without(found)
    kept = {} if left.values.empty else {line.id: left.values[list(line.columns)].reset_index(drop=True)}
    return Prepared(kept, {line.id: len(rows.values)}, tuple(findings), tuple(_list_aside(line, rows, findings)))


def join_parts(parts: Sequence[Prepared]) -> Prepared:
    """Several parts as one: the rows of each are numbered after those of the parts before it."""
    kept: dict[str, pd.DataFrame] = {}
    rows_in: dict[str, int] = {}
    findings: list[Finding] = []
    aside: list[AsideCell] = []
    for part in parts:
        before = sum(rows_in.values())
        findings += [replace(f, rows=tuple(before + row for row in f.rows)) for f in part.findings]
        kept |= part.kept
        rows_in |= part.rows_in
        aside += part.aside
    return Prepared(kept, rows_in, tuple(findings), tuple(aside))


def _list_aside(line: Line, rows: Rows, findings: Sequence[Finding]) -> Iterator[AsideCell]:
    """The cells for which something is set aside, each once, as a person may correct them."""
    to_mend = defaultdict[str, set[str]](set)
    for finding in findings:
        for cell in finding.cells if finding.is_wrong else ():
            to_mend[cell].add(_MENDED_AT.get(finding.key.partition("_")[0], "cell"))
    cells = rows.cells[rows.cells["is_own"] & rows.cells["cell"].isin(to_mend)] if to_mend else rows.cells.iloc[:0]
    communes = rows.values.loc[cells.index, line.commune] if line.commune else [None] * len(cells)
    listed = set[str]()
    for cell, commune in zip(cells.to_dict("records"), communes, strict=True):
        for column in sorted(to_mend[cell["cell"]], reverse=True):
            address, raw, variable = _mended_at(cell, column)
            if address not in listed:
                listed.add(address)
                yield AsideCell(address, raw, commune, line.fields[variable].labels if variable in line.fields else {})


def _mended_at(cell: Mapping[Hashable, Any], column: str) -> tuple[str, RawValue, str]:
    """Where another value would mend what is wrong with a figure: its cell, or the one that says its commune or its month."""
    if column == "place_cell" and cell.get(column):
        return cell[column], write_commune(cell["code_raw"], cell["name_raw"]) or None, COMMUNE_NAME
    if column == "date_cell" and cell.get(column):
        return cell[column], cell["date_raw"], DATE
    return cell["cell"], cell["raw"], cell["variable"]
