"""When to act: levels from pressures by rules with hysteresis, and the date at which a pressure will cross a threshold.

A level rises as soon as its rule holds and falls only when the deactivation rule holds (method note 4.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.norms import NormStatus, Source

NO_LEVEL = 0


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One level: it is reached when the pressure lies above ``above`` for ``periods`` months in a row, or, where the rule says
    so, when the service is absent or people wait more than ``days_waiting`` working days."""

    id: str
    above: float
    periods: int
    labels: Mapping[str, str]
    actions: Mapping[str, str]
    responsible: Mapping[str, str]
    delay: Mapping[str, str]
    short_actions: Mapping[str, str]
    when_no_service: bool = False
    days_waiting: float | None = None


@dataclass(frozen=True, slots=True)
class TriggerRules:
    """Levels from the lightest to the heaviest, and the deactivation: below ``falls_below`` for ``falls_periods`` months."""

    levels: tuple[TriggerRule, ...]
    falls_below: float
    falls_periods: int
    status: NormStatus
    source: Source


@dataclass(frozen=True, slots=True)
class TriggerLevels:
    """Level of each commune and month, 0 for none, 1 for the first rule and so on; ``is_held`` where no pressure was known, so
    that the level of the month before was kept."""

    level: np.ndarray
    is_held: np.ndarray


def trigger_levels(
    pressures: np.ndarray,
    rules: TriggerRules,
    no_service: np.ndarray | None = None,
    days_waiting: np.ndarray | None = None,
) -> TriggerLevels:
    """Levels over time, by commune.

    Args:
        pressures: communes × months, in order of time; NaN where not known. A month that is not known breaks a row of months.
        no_service: where people have no service at all, same shape.
        days_waiting: working days that people wait, same shape; only the rules that name it read it.
    """
    absent = np.zeros(pressures.shape, dtype=bool) if no_service is None else no_service
    waiting = np.full(pressures.shape, np.nan) if days_waiting is None else days_waiting
    raised = _raised(pressures, rules, absent, waiting)
    falls = _in_a_row(np.where(absent, False, pressures < rules.falls_below), rules.falls_periods)
    unknown = np.isnan(pressures) & ~absent & (raised == NO_LEVEL)
    level = np.zeros(pressures.shape, dtype=np.int8)
    current = np.zeros(len(pressures), dtype=np.int8)
    for month in range(pressures.shape[1]):
        risen = np.maximum(current, raised[:, month])
        current = np.where(unknown[:, month], current, np.where(falls[:, month], raised[:, month], risen))
        level[:, month] = current
    return TriggerLevels(level, unknown)


def _raised(pressures: np.ndarray, rules: TriggerRules, absent: np.ndarray, waiting: np.ndarray) -> np.ndarray:
    """The heaviest level whose rule holds in each month, by itself."""
    raised = np.zeros(pressures.shape, dtype=np.int8)
    for rank, rule in enumerate(rules.levels, start=1):
        holds = _in_a_row(pressures > rule.above, rule.periods)
        if rule.when_no_service:
            holds = holds | absent
        if rule.days_waiting is not None:
            holds = holds | (waiting > rule.days_waiting)
        raised = np.where(holds, np.int8(rank), raised)
    return raised


def _in_a_row(holds: np.ndarray, periods: int) -> np.ndarray:
    """Where a condition has held for so many months, this one included."""
    if periods <= 1:
        return holds
    counted = np.cumsum(np.pad(holds.astype(int), ((0, 0), (periods, 0))), axis=1)
    return counted[:, periods:] - counted[:, :-periods] == periods


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a pressure crosses a threshold, if it goes on as it does: the month of the fitted line, and from the earliest to the
    latest by the slope's 90 % interval; both None when one end of the interval never crosses."""

    month: pd.Timestamp
    earliest: pd.Timestamp | None
    latest: pd.Timestamp | None
    slope_by_month: float
    months_used: int


FEWEST_MONTHS, MOST_MONTHS = 6, 12
FARTHEST_MONTHS = 60
_CONFIDENCE = 0.90


def crossing_date(series: pd.Series, threshold: float) -> Crossing | None:
    """Estimated month in which a pressure crosses a threshold, upwards or downwards, by a robust line (Theil 1950, Sen 1968).

    The line goes through the last 6 to 12 known months. None with fewer than six known months, when the slope leads away from
    the threshold, or when the crossing lies more than five years ahead.

    Args:
        series: pressure by month (``DatetimeIndex`` in order of time); NaN where not known.
    """
    from scipy.stats import theilslopes

    recent = series.iloc[-MOST_MONTHS:].dropna()
    if len(recent) < FEWEST_MONTHS:
        return None
    dates = pd.DatetimeIndex(recent.index)
    last = pd.DatetimeIndex(series.index)[-1]
    months = ((dates.year - last.year) * 12 + dates.month - last.month).to_numpy(dtype=float)
    fitted = theilslopes(recent.to_numpy(dtype=float), months, alpha=_CONFIDENCE, method="joint")
    to_go = threshold - float(fitted.intercept)
    ahead = _months_to(to_go, float(fitted.slope))
    if ahead is None:
        return None
    ends = [_months_to(to_go, float(s)) for s in (fitted.low_slope, fitted.high_slope)]
    known = sorted(e for e in ends if e is not None)
    early, late = (_later(last, known[0]), _later(last, known[1])) if len(known) == len(ends) else (None, None)
    return Crossing(_later(last, ahead), early, late, float(fitted.slope), len(recent))


def _months_to(to_go: float, slope: float) -> float | None:
    """Months until a line reaches what is left to go; None when it leads away or too far."""
    if to_go * slope <= 0:
        return None
    ahead = to_go / slope
    return ahead if ahead <= FARTHEST_MONTHS else None


def _later(day: pd.Timestamp, months: float) -> pd.Timestamp:
    return day + pd.DateOffset(months=int(np.ceil(round(months, 9))))


def first_reached(levels: TriggerLevels, months: Sequence[pd.Timestamp], rank: int) -> np.ndarray:
    """For each commune, the first month at a level or above; NaT when it is not reached."""
    reached = levels.level >= rank
    position = np.where(reached.any(axis=1), reached.argmax(axis=1), len(months))
    return pd.DatetimeIndex([*months, pd.NaT]).to_numpy()[position]
