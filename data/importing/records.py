"""Records of a file: rows of one kind of sheet, read, checked, and what would be written of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from analytics.model import Provenance
from data.importing.checks import CheckContext, record_duplicates, structure
from data.importing.checks.record_fields import check_fields, check_totals
from data.importing.findings import Finding
from data.importing.listed_rows import RawRow
from data.importing.reading.sheet import RawValue
from data.importing.record_rows import build_rows
from data.records.rows import Rows, RuleContext
from data.records.sheet_kind import SheetKind, name_column
from geo.names import NameIndex


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


def join_parts(parts: list[Prepared]) -> Prepared:
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


def prepare_records(
    kind: SheetKind, listed: Sequence[RawRow], index: NameIndex, in_force: pd.DataFrame, context: CheckContext
) -> Prepared:
    """Read and check the listed rows of one kind; a row with something wrong in it is set aside whole.

    Args:
        in_force: the kind's records in force (``sheet_store.read_in_force``).
    """
    layout = kind.layout()
    if not listed:
        return Prepared()
    rows = build_rows(listed, kind, index)
    # Demonstration records are nothing to compare with.
    real = in_force[in_force["provenance"] != Provenance.DEMONSTRATION.value]
    compared = RuleContext(layout, real, context)
    findings = structure.check(rows.values, context, {name_column(f.id): f.labels for f in layout.of_type("commune")})
    findings += check_totals(rows.without(findings), layout, context)
    findings += check_fields(rows.without(findings), layout, context, kind.optional)
    for rule in kind.row_rules:
        findings += rule(rows.without(findings), compared)
    valid = rows.without(findings)
    valid = valid.with_values(kind.complete(valid.values, layout))
    findings += record_duplicates.check(valid.values, layout.labels, kind.key, kind.said)
    for rule in kind.table_rules:
        findings += rule(valid.without(findings), compared)
    kept = valid.without(findings).values[list(kind.columns)].reset_index(drop=True)
    aside = tuple(_list_aside(listed, rows, kind, findings))
    return Prepared({kind.id: kept}, {kind.id: len(listed)}, tuple(findings), aside)


def _list_aside(listed: Sequence[RawRow], rows: Rows, kind: SheetKind, findings: Sequence[Finding]) -> Iterator[AsideCell]:
    """The cells for which rows are set aside, each once, as a person may correct them."""
    named = dict.fromkeys(cell for finding in findings if finding.is_wrong for cell in finding.cells)
    places = {row.cells[name]: (number, name) for number, row in enumerate(listed) for name in row.own} if named else {}
    communes = rows.values[kind.communes[0]] if kind.communes else pd.Series(None, index=rows.values.index, dtype="object")
    for cell in named:
        number, name = places.get(cell, (0, ""))
        field = next((f for f in kind.layout().fields if name in (f.id, name_column(f.id))), None)
        if field is not None:
            yield AsideCell(cell, listed[number].raw[name], communes.loc[number], field.labels)
