"""The monthly figures of a file as a kind: each filled cell is a row of its own."""

from __future__ import annotations

import pandas as pd

from data.importing.cells import build_cells, list_cells
from data.importing.checks import (
    CELL_CHECKS,
    against_population,
    duplicates,
    jumps,
    provenance,
    structure,
    sum_rows,
    sums,
    totals,
    zeros,
)
from data.importing.corrections import apply
from data.importing.fields import fields_of_figures
from data.importing.line import Line, Stage, of_cells, of_values
from data.importing.report import OBSERVATION_COLUMNS
from data.records.rows import Rows

FIGURES = "figures"
# Figures against one another: each looks at those that the one before left.
_OF_TABLE = (sum_rows.check, duplicates.check, sums.check, jumps.check, zeros.check)


def figures_line() -> Line:
    """Figures by today's variables."""
    return Line(
        id=FIGURES,
        fields=fields_of_figures(),
        listed=lambda contents: list_cells(contents.of_kind(None)),
        corrected=apply,
        read=lambda listed, index: _rows_of(build_cells(listed, index)),
        stages=(
            Stage((of_values(structure.check),)),
            Stage((of_cells(totals.check),)),
            Stage((*map(of_cells, CELL_CHECKS), of_cells(against_population.check), of_values(provenance.check))),
            *(Stage((of_values(check),)) for check in _OF_TABLE),
        ),
        columns=OBSERVATION_COLUMNS,
        commune="commune_code",
    )


def _rows_of(cells: pd.DataFrame) -> Rows:
    return Rows(cells, cells)
