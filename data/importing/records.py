"""Records of a file: rows of one kind of sheet, read, checked, and what would be written of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from analytics.model import Provenance
from data.importing.blocks.block import Block
from data.importing.checks import CheckContext, record_duplicates, structure
from data.importing.checks.record_fields import check_fields, check_totals
from data.importing.findings import Finding
from data.importing.record_rows import build_rows
from data.records.rows import RuleContext
from data.records.sheet_kind import SheetKind
from geo.names import NameIndex


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a part of a file gives: rows kept and rows read, by kind, and what is said of them.

    Each row counts as one cell. The findings number the rows of this part from 0.
    """

    kept: dict[str, pd.DataFrame] = field(default_factory=dict)
    rows_in: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def size(self) -> int:
        """How many rows were read."""
        return sum(self.rows_in.values())


def join_parts(parts: list[Prepared]) -> Prepared:
    """Several parts as one: the rows of each are numbered after those of the parts before it."""
    kept: dict[str, pd.DataFrame] = {}
    rows_in: dict[str, int] = {}
    findings: list[Finding] = []
    for part in parts:
        before = sum(rows_in.values())
        findings += [replace(f, rows=tuple(before + row for row in f.rows)) for f in part.findings]
        kept |= part.kept
        rows_in |= part.rows_in
    return Prepared(kept, rows_in, tuple(findings))


def prepare_records(
    kind: SheetKind, blocks: list[Block], index: NameIndex, in_force: pd.DataFrame, context: CheckContext
) -> Prepared:
    """Read and check the tables of one kind; a row with something wrong in it is set aside whole.

    Args:
        in_force: the kind's records in force (``sheet_store.read_in_force``).
    """
    layout = kind.layout()
    rows = build_rows(blocks, kind, index)
    read = len(rows.values)
    if not read:
        return Prepared()
    # Demonstration records are nothing to compare with.
    real = in_force[in_force["provenance"] != Provenance.DEMONSTRATION.value]
    compared = RuleContext(layout, real, context)
    findings = structure.check(rows.values, context)
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
    return Prepared({kind.id: kept}, {kind.id: read}, tuple(findings))
