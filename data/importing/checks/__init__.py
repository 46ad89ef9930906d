"""One rule, one file: each check looks at the table of cells and says what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.importing.checks import (
    against_population,
    codes,
    dates,
    duplicates,
    jumps,
    numbers,
    provenance,
    ranges,
    sum_rows,
    sums,
    zeros,
)
from data.importing.findings import Finding
from data.province import Province


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the checks compare with: communes, the figures in force that are not demonstration figures, today, the territory.

    ``is_confirmed``: a person has confirmed what the file only suggests.
    """

    communes: pd.DataFrame
    current: pd.DataFrame
    today: date
    province: Province
    is_confirmed: bool = False


Check = Callable[[pd.DataFrame, CheckContext], list[Finding]]

# Each cell by itself: every problem of a file is named at once.
CELL_CHECKS: tuple[Check, ...] = (
    codes.check,
    dates.check,
    numbers.check,
    ranges.check,
    against_population.check,
    provenance.check,
)
# Cells against one another: only those that nothing has set aside yet.
TABLE_CHECKS: tuple[Check, ...] = (sum_rows.check, duplicates.check, sums.check, jumps.check, zeros.check)
