"""Months: a date that cannot be read, or that lies before the first census or in the future."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks.saying import Says, that_say
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

EARLIEST = pd.Timestamp("2014-01-01")


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors, one finding a distinct spelling."""
    latest, cells = pd.Timestamp(context.today), that_say(cells, Says.MONTH)
    unread = cells[cells["reference_date"].isna()]
    absent = unread[unread["date_raw"].isna()]
    outside = cells[(cells["reference_date"] < EARLIEST) | (cells["reference_date"] > latest)]
    written = {"written": lambda c: c["date_raw"].astype(str)}
    return [
        *group_findings(absent, ["sheet"], "date_absent", Severity.ERROR, lambda c: {}),
        *group_findings(
            unread[unread["date_raw"].notna()].assign(**written), ["written"], "date_unreadable", Severity.ERROR, _text
        ),
        *group_findings(outside.assign(**written), ["written"], "date_outside", Severity.ERROR, _text),
    ]


def _text(cell: pd.Series) -> dict[str, object]:
    return {"text": str(cell["date_raw"])}
