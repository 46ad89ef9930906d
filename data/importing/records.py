"""Records of a file as a kind of the one way: rows of one kind of sheet, and what its own rules say of them."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analytics.model import Provenance
from data.importing.checks import CELL_CHECKS, CheckContext, provenance, record_duplicates, structure, totals
from data.importing.corrections import apply_to_rows
from data.importing.fields import fields_of_layout
from data.importing.findings import Finding
from data.importing.line import Line, RowsCheck, Stage, of_cells, of_values
from data.importing.listed_rows import list_rows
from data.importing.record_rows import build_rows
from data.records.layout import SheetLayout
from data.records.rows import Rows, RuleContext
from data.records.sheet_kind import Rule, SheetKind, name_column


def records_line(kind: SheetKind, in_force: pd.DataFrame) -> Line:
    """The way of one kind of sheet.

    Args:
        in_force: the kind's records in force (``sheet_store.read_in_force``).
    """
    layout = kind.layout()
    # Demonstration records are nothing to compare with.
    real = in_force[in_force["provenance"] != Provenance.DEMONSTRATION.value]
    own = partial(_own_rule, layout=layout, in_force=real)
    places = {name_column(field.id): field.labels for field in layout.of_type("commune")}
    return Line(
        id=kind.id,
        fields=fields_of_layout(layout),
        listed=lambda contents: list_rows(contents.of_kind(kind), kind),
        corrected=apply_to_rows,
        read=lambda listed, index: build_rows(listed, kind, index),
        stages=(
            Stage((of_values(partial(structure.check, places=places)),)),
            Stage((of_cells(totals.check),)),
            Stage((*map(of_cells, CELL_CHECKS), of_values(provenance.check))),
            *(Stage((own(rule),)) for rule in kind.row_rules),
            Stage((_duplicates(kind, layout),), lambda values: kind.complete(values, layout)),
            *(Stage((own(rule),)) for rule in kind.table_rules),
        ),
        columns=kind.columns,
        commune=kind.communes[0] if kind.communes else "",
    )


def _own_rule(rule: Rule, layout: SheetLayout, in_force: pd.DataFrame) -> RowsCheck:
    """A rule of the kind itself, with the layout and the records that it compares with."""

    def check(rows: Rows, context: CheckContext) -> list[Finding]:
        return rule(rows, RuleContext(layout, in_force, context))

    return check


def _duplicates(kind: SheetKind, layout: SheetLayout) -> RowsCheck:
    return lambda rows, _: record_duplicates.check(rows.values, layout.labels, kind.key, kind.said)
