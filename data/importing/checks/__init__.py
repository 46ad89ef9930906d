"""One rule, one file: each check looks at the table of cells and says what it finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data.importing.checks import codes, dates, fields, numbers, ranges
from data.importing.fields import Field
from data.importing.findings import Finding
from data.province import Province


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the checks compare with: communes, the figures in force that are not demonstration figures, today, the territory.

    ``is_confirmed``: a person has confirmed what the file only suggests. ``fields`` are those of the kind that is checked.
    """

    communes: pd.DataFrame
    current: pd.DataFrame
    today: date
    province: Province
    is_confirmed: bool = False
    fields: Mapping[str, Field] = field(default_factory=dict)


Check = Callable[[pd.DataFrame, CheckContext], list[Finding]]

# Each cell by itself, of whatever kind: every problem of a file is named at once.
CELL_CHECKS: tuple[Check, ...] = (codes.check, dates.check, numbers.check, ranges.check, fields.check)
