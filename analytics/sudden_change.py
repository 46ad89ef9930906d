"""A sudden change: more than the usual change of a variable from one month to the next."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.disclosure import is_withheld
from analytics.panel import Panel

# Below this a change of some units is no jump: 2 clerks after 1 are not a hundred per cent to worry about.
SMALLEST_CHANGE = 5.0


def is_sudden(now: np.ndarray, before: np.ndarray, limit_pct: np.ndarray | float) -> np.ndarray:
    """Whether figures differ from those of the month before by more than a share of these (in per cent) and by five units or more;
    not where one of them is missing."""
    change = np.abs(now - before)
    with np.errstate(invalid="ignore"):
        found: np.ndarray = (change > np.asarray(limit_pct) / 100 * np.abs(before)) & (change >= SMALLEST_CHANGE)
    return found


def list_sudden_changes(panel: Panel, limits: Mapping[str, float]) -> pd.DataFrame:
    """The sudden changes of each commune's last figure of a variable against the month just before it.

    Args:
        limits: usual change of each variable in per cent.

    Returns:
        ``commune_code, variable, reference_date, value, before``; figures of their own month only, none that is withheld.
    """
    shape, rows = (len(panel.commune_codes), len(panel.months)), []
    for variable, limit in limits.items():
        column = panel[variable]
        is_told = (np.nan_to_num(column.age_months) == 0) & ~is_withheld(column)
        own = np.where(is_told, column.value, np.nan).reshape(shape)
        known = ~np.isnan(own)
        last = np.where(known.any(axis=1), shape[1] - 1 - np.argmax(known[:, ::-1], axis=1), 0)
        places = np.arange(shape[0])
        now, before = own[places, last], np.where(last > 0, own[places, last - 1], np.nan)
        for at in np.flatnonzero(is_sudden(now, before, limit)):
            rows.append((panel.commune_codes[at], variable, panel.months[last[at]], now[at], before[at]))
    return pd.DataFrame(rows, columns=["commune_code", "variable", "reference_date", "value", "before"])
