"""When to act: levels of alert from the months of an indicator, and the date at which a pressure will cross a threshold.

An alert says what became worse, for how long, and what to do about it; how far from the norm a service is, is its class's to say
(docs/classes.md). A level is reached by severity and duration, never by a share of communes, and falls again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.norms import NormStatus, Source

NO_LEVEL, LIGHTEST_LEVEL = 0, 1
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One level: it is reached when the pressure lies above ``above`` for ``periods`` months in a row, or a service that was there
    is absent for ``absent_periods`` months."""

    id: str
    above: float
    periods: int
    labels: Mapping[str, str]
    actions: Mapping[str, str]
    responsible: Mapping[str, str]
    delay: Mapping[str, str]
    short_actions: Mapping[str, str]
    absent_periods: int | None = None


@dataclass(frozen=True, slots=True)
class AlertRule:
    """How one indicator raises and ends levels.

    ``falls_by``: a level ends when the figure lies by this share below its threshold, for ``falls_periods`` months. ``thresholds`` of
    the levels where it is read in its own unit, not as a pressure. ``needs_year_before``: a ratio that months hardly move raises
    only where it can be compared with the same month a year before.
    """

    id: str
    falls_by: float
    falls_periods: int
    thresholds: tuple[float, ...] | None = None
    needs_year_before: bool = False


@dataclass(frozen=True, slots=True)
class TriggerRules:
    """Levels from the lightest to the heaviest, and the indicators that raise them, by id.

    ``news_above``: by which share a figure must exceed that of the same month a year before. ``stale_periods``: after how many months
    without news a level ends; the lightest stays where the heaviest threshold is still exceeded.
    """

    levels: tuple[TriggerRule, ...]
    indicators: Mapping[str, AlertRule]
    news_above: float
    stale_periods: int
    status: NormStatus
    source: Source

    def thresholds_of(self, rule: AlertRule) -> tuple[float, ...]:
        """What an indicator must exceed for each level."""
        return rule.thresholds or tuple(level.above for level in self.levels)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule reads of an indicator, communes × months in order of time.

    ``figures`` are NaN where not known. ``is_absent``: people have no service at all, worse than any figure. ``is_lower_end``: what is
    known is the lower end of what the figure may be, so that it may raise a level and neither ends one nor says that there is none.
    """

    figures: np.ndarray
    is_absent: np.ndarray
    is_lower_end: np.ndarray


@dataclass(frozen=True, slots=True)
class TriggerLevels:
    """Level of each commune and month, 0 for none, 1 for the first rule and so on; ``is_held`` where no figure was known (none to
    compare with, or only its lower end), so that the level of the month before was kept."""

    level: np.ndarray
    is_held: np.ndarray


def trigger_levels(reading: Reading, rules: TriggerRules, rule: AlertRule) -> TriggerLevels:
    """Levels of one indicator over time, by commune; a month that is not known breaks a row of months."""
    gone, low = reading.is_absent, reading.is_lower_end & ~reading.is_absent
    figures = np.where(gone, np.inf, reading.figures)
    # What was at least so much may have been more: nothing is compared with it.
    before = _year_before(np.where(low, np.nan, figures))
    is_new, is_comparable = _is_news(figures, before, rules, rule)
    thresholds = rules.thresholds_of(rule)
    raised = _raised(figures, gone, is_new, rules, thresholds)
    below = [~low & (figures < threshold * (1 - rule.falls_by)) for threshold in thresholds]
    ended = np.array([_in_a_row(one, rule.falls_periods) for one in below])
    stale = _in_a_row(~np.isnan(before) & ~np.isnan(figures) & ~low & ~is_new, rules.stale_periods)
    unknown = np.isnan(figures) | (~is_comparable & (figures > thresholds[0]))
    level, held = np.zeros(figures.shape, dtype=np.int8), unknown | low
    current = np.zeros(len(figures), dtype=np.int8)
    for month in range(figures.shape[1]):
        least = np.where(figures[:, month] > thresholds[-1], LIGHTEST_LEVEL, NO_LEVEL)
        kept = np.where(low[:, month], current, _kept(current, ended[:, :, month], stale[:, month], least))
        held[:, month] &= unknown[:, month] | (raised[:, month] <= current)
        current = np.where(unknown[:, month], current, np.maximum(kept, raised[:, month])).astype(np.int8)
        level[:, month] = current
    return TriggerLevels(level, held)


def _year_before(figures: np.ndarray) -> np.ndarray:
    """The figure of the same month a year before; NaN in the first year."""
    earlier = np.full_like(figures, np.nan)
    earlier[:, MONTHS_OF_A_YEAR:] = figures[:, :-MONTHS_OF_A_YEAR]
    return earlier


def _is_news(figures: np.ndarray, before: np.ndarray, rules: TriggerRules, rule: AlertRule) -> tuple[np.ndarray, np.ndarray]:
    """Where a figure is worse than a year before (taken as it is where that is not known), and where it can be compared at all."""
    was_served = _served_within_a_year(figures)
    without_year = np.isnan(before)
    comparable = ~without_year | (not rule.needs_year_before) | (np.isinf(figures) & was_served)
    worse = figures > before * (1 + rules.news_above)
    return np.where(without_year, comparable, worse), comparable


def _served_within_a_year(figures: np.ndarray) -> np.ndarray:
    """Where a service was there in one of the twelve months before."""
    there = np.isfinite(figures)
    counted = np.cumsum(np.pad(there.astype(int), ((0, 0), (MONTHS_OF_A_YEAR + 1, 0))), axis=1)
    months = figures.shape[1]
    return np.asarray(counted[:, MONTHS_OF_A_YEAR : MONTHS_OF_A_YEAR + months] - counted[:, :months] > 0)


def _raised(
    figures: np.ndarray, absent: np.ndarray, is_new: np.ndarray, rules: TriggerRules, thresholds: Sequence[float]
) -> np.ndarray:
    """The heaviest level whose rule holds in each month, by itself."""
    raised = np.zeros(figures.shape, dtype=np.int8)
    for rank, (level, threshold) in enumerate(zip(rules.levels, thresholds, strict=True), start=1):
        holds = _in_a_row((figures > threshold) & is_new, level.periods)
        if level.absent_periods is not None:
            holds = holds | _in_a_row(absent & is_new, level.absent_periods)
        raised = np.where(holds, np.int8(rank), raised)
    return raised


def _kept(current: np.ndarray, ended: np.ndarray, stale: np.ndarray, least: np.ndarray) -> np.ndarray:
    """The level that stays: the heaviest one up to the current whose end has not come; where nothing is new for long, ``least``: none,
    or the lightest for what is still beyond the heaviest threshold."""
    ranks = np.arange(1, len(ended) + 1, dtype=np.int8)[:, None]
    kept = np.where((ranks <= current) & ~ended, ranks, NO_LEVEL).max(axis=0)
    return np.where(stale, np.minimum(kept, least), kept)


def _in_a_row(holds: np.ndarray, periods: int) -> np.ndarray:
    """Where a condition has held for so many months, this one included."""
    if periods <= 1:
        return holds
    counted = np.cumsum(np.pad(holds.astype(int), ((0, 0), (periods, 0))), axis=1)
    return np.asarray(counted[:, periods:] - counted[:, :-periods] == periods)


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
