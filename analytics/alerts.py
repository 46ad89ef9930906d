"""Alerts of the observed months: which level each service of a commune is at, and when its pressure will reach the next one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.model import Definitions, Sector
from analytics.scenario_triggers import levels_over
from analytics.triggers import NO_LEVEL, Crossing, TriggerRules, crossing_date

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Alert:
    """One service of a commune in a month: ``rank`` of its level (0 none), whether it was kept for want of a figure, the pressure
    of its headline, the rank and threshold of the next level, and when the headline's trend reaches it."""

    sector: Sector
    rank: int
    is_held: bool
    pressure: float
    next_rank: int | None
    next_threshold: float | None
    crossing: Crossing | None

    @property
    def is_unknown(self) -> bool:
        """Whether no level can be told, for want of figures."""
        return self.is_held and self.rank == NO_LEVEL


def read_levels(assessment: Assessment, definitions: Definitions, rules: TriggerRules, sector: Sector) -> pd.DataFrame:
    """Level of a service, every commune (rows) in every month (columns); ``UNKNOWN`` where no figure was ever known, so that nothing
    can be said: that is not the same as no level."""
    levels = levels_over([assessment], sector, definitions, rules)
    unknown = levels.is_held & (levels.level == NO_LEVEL)
    known = np.where(unknown, UNKNOWN, levels.level)
    return pd.DataFrame(known, index=assessment.panel.commune_codes, columns=assessment.panel.months)


def describe_alert(
    assessment: Assessment,
    commune_code: str,
    month: pd.Timestamp,
    sector: Sector,
    definitions: Definitions,
    rules: TriggerRules,
) -> Alert:
    """The alert of one service: its level with hysteresis, and the estimated month in which its headline crosses the threshold
    of the next level, with its range."""
    panel = assessment.panel
    row, last = panel.commune_codes.index(commune_code), panel.months.index(month)
    levels = levels_over([assessment], sector, definitions, rules)
    first = row * len(panel.months)
    pressures = assessment.results[definitions.headlines[sector]].figures["pressure"][first : first + last + 1]
    series = pd.Series(pressures, index=pd.DatetimeIndex(panel.months[: last + 1]))
    pressure = float(series.iloc[-1])
    now = int(levels.level[row, last])
    ahead = [(rank, rule.above) for rank, rule in enumerate(rules.levels, 1) if rank > now and rule.above > pressure]
    rank, threshold = ahead[0] if ahead and not np.isnan(pressure) else (None, None)
    return Alert(
        sector=sector,
        rank=now,
        is_held=bool(levels.is_held[row, last]),
        pressure=pressure,
        next_rank=rank,
        next_threshold=threshold,
        crossing=crossing_date(series, threshold) if threshold is not None else None,
    )
