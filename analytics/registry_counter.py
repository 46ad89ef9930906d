"""The civil-registry counter as a queue: how busy it is, how long people wait, whether the backlog ever clears."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.capacity_factors import PACE
from analytics.panel import Panel
from analytics.queueing import backlog_after, clearance_days, utilisation
from analytics.ratios import NormValues, divide

MONTH_OF_WORK = 20


def describe_counter(panel: Panel, norm: NormValues) -> pd.DataFrame:
    """The counter of each row of a panel (method note 1.3); NaN where a figure that it rests on is missing.

    Returns:
        Indexed by commune: ``requests_per_day``, ``capacity_per_day`` (clerks × requests of their mix), ``utilisation``,
        ``backlog`` requests waiting, ``backlog_days`` (waiting ÷ capacity), ``clearance_days`` until nothing waits at this
        pace (infinite when requests come as fast as they are served), ``backlog_in_a_month`` after 20 days of work.
    """
    arrivals = divide(panel["registry_requests"].value, panel["registry_opening_days"].value)
    pace = panel[PACE].value if PACE in panel.columns else norm("requests_per_agent_day")
    capacity = panel["registry_agents_fte"].value * pace
    waiting = panel["registry_backlog"].value
    return pd.DataFrame(
        {
            "requests_per_day": arrivals,
            "capacity_per_day": capacity,
            "utilisation": utilisation(arrivals, capacity),
            "backlog": waiting,
            "backlog_days": divide(waiting, capacity),
            "clearance_days": clearance_days(waiting, arrivals, capacity),
            "backlog_in_a_month": backlog_after(waiting, arrivals, capacity, np.array(MONTH_OF_WORK)),
        },
        index=pd.Index(panel.commune_codes, name="commune_code"),
    )
