"""Who is late: of each commune, service and month whether figures came, when, and until when they are awaited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

STATE_COLUMNS = ("commune_code", "sheet", "reference_date", "due", "received_at", "state")


class Receipt(StrEnum):
    """What is known of a service's figures of a month."""

    RECEIVED = "received"
    AFTER = "after"
    SIMULATED = "simulated"
    AWAITED = "awaited"
    LATE = "late"


def due_day(month: date, days: int) -> date:
    """The last day on which a month's figures are on time: so many days after its end."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return following + timedelta(days=days - 1)


def judge_receipts(
    receipts: pd.DataFrame,
    simulated: Collection[tuple[str, str, pd.Timestamp]],
    communes: Sequence[str],
    sheets: Sequence[str],
    months: Sequence[pd.Timestamp],
    today: date,
    days: int,
) -> pd.DataFrame:
    """The state of every commune, service and month.

    A month that was due before the first file ever came is not told to be late where it came since: nobody could send it earlier.

    Args:
        receipts: ``commune_code, sheet, reference_date, first_at``.
        simulated: communes, services and months of which demonstration figures are looked at.
        days: days after the end of a month within which its figures are on time.

    Returns:
        One row a commune, service and month: ``commune_code, sheet, reference_date, due, received_at, state`` (``Receipt``).
    """
    came = {(r.commune_code, r.sheet, r.reference_date): r.first_at for r in receipts.itertuples()}
    began, rows = receipts["first_at"].min() if len(receipts) else None, []
    for month in months:
        due = due_day(month, days)
        for code in communes:
            for sheet in sheets:
                at = came.get((code, sheet, month))
                if at is not None:
                    was_late = at.date() > due and began is not None and began.date() <= due
                    state = Receipt.AFTER if was_late else Receipt.RECEIVED
                elif (code, sheet, month) in simulated:
                    state = Receipt.SIMULATED
                else:
                    state = Receipt.LATE if today > due else Receipt.AWAITED
                rows.append((code, sheet, month, due, at if at is not None else pd.NaT, state.value))
    return pd.DataFrame(rows, columns=list(STATE_COLUMNS))


def days_after_month(states: pd.DataFrame) -> dict[str, float]:
    """Days from the end of a month to the last service received, of the communes where it can be judged: infinite where one is late
    and never came; nobody whose month is simulated, is awaited still, or was due before anything came.

    Args:
        states: rows of ``judge_receipts`` of one month.
    """
    found: dict[str, float] = {}
    for code, rows in states.groupby("commune_code", sort=False):
        kinds = set(rows["state"])
        if kinds & {Receipt.SIMULATED.value, Receipt.AWAITED.value}:
            continue
        if Receipt.LATE.value in kinds:
            found[str(code)] = np.inf
        elif Receipt.AFTER.value in kinds or (rows["received_at"].dt.date <= rows["due"]).all():
            ended = rows["reference_date"].iloc[0] + pd.offsets.MonthEnd(0)
            found[str(code)] = float((rows["received_at"].max().normalize() - ended).days)
    return found
