"""Alerts of the observed months: at which level each service of a commune is and since when, what is new, when the next one comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.model import Definitions, Sector
from analytics.scenario_triggers import ServiceLevels, alerting, levels_over
from analytics.triggers import Crossing, TriggerRules, crossing_date

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Alert:
    """One service of a commune in a month: ``rank`` of its level (0 none), since when it is at it, whether it was kept for want of a
    figure, the ``indicator`` that gives it (or stands for the service) with its figure and whether that is a lower end, the rank and
    threshold of the next level (None where the figure does not tell which), and when the trend of that indicator reaches it."""

    sector: Sector
    rank: int
    since: pd.Timestamp | None
    is_held: bool
    is_unknown: bool
    indicator: str
    figure: float
    is_lower_end: bool
    next_rank: int | None
    next_threshold: float | None
    crossing: Crossing | None


def read_levels(assessment: Assessment, definitions: Definitions, rules: TriggerRules, sector: Sector) -> pd.DataFrame:
    """Level of a service, every commune (rows) in every month (columns); ``UNKNOWN`` where a figure is missing without which it cannot
    be said that there is none: that is not the same as no level."""
    levels = levels_over([assessment], sector, definitions, rules)
    known = np.where(levels.is_unknown, UNKNOWN, levels.level)
    return pd.DataFrame(known, index=assessment.panel.commune_codes, columns=assessment.panel.months)


def list_alerts(
    assessment: Assessment,
    definitions: Definitions,
    rules: TriggerRules,
    month: pd.Timestamp,
) -> pd.DataFrame:
    """Every service that is at a level in a month, what is new first.

    Returns:
        ``commune_code, sector, rank, indicator, figure, is_lower_end, since, is_new``: the level, the indicator that gives it with
        what its rule reads, the month in which the service came to it, whether that is this month and from a lighter one; new ones
        first, then the heaviest, then the most recent.
    """
    at = assessment.panel.months.index(month)
    frames = []
    for sector in definitions.sector_weights:
        levels = levels_over([assessment], sector, definitions, rules)
        given = levels.reading_of_given
        starts = _starts(levels.level[:, : at + 1])
        earlier = levels.level[:, at - 1] if at else np.zeros(len(starts), dtype=np.int8)
        frames.append(
            pd.DataFrame(
                {
                    "commune_code": assessment.panel.commune_codes,
                    "sector": sector.value,
                    "rank": levels.level[:, at],
                    "indicator": np.array([*levels.indicators, ""], dtype=object)[levels.given_by[:, at]],
                    "figure": given.figures[:, at],
                    "is_lower_end": given.is_lower_end[:, at],
                    "since": pd.DatetimeIndex(assessment.panel.months)[starts],
                    "is_new": levels.level[:, at] > earlier,
                }
            )
        )
    found = pd.concat(frames, ignore_index=True)
    found = found[found["rank"] > 0]
    order = ["is_new", "rank", "since", "commune_code"]
    return found.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def _starts(level: np.ndarray) -> np.ndarray:
    """Position of the month since which each row is at its last level."""
    differs = level != level[:, -1:]
    months = level.shape[1]
    return np.asarray(np.where(differs.any(axis=1), months - differs[:, ::-1].argmax(axis=1), 0))


def describe_alert(
    assessment: Assessment,
    commune_code: str,
    month: pd.Timestamp,
    sector: Sector,
    definitions: Definitions,
    rules: TriggerRules,
) -> Alert:
    """The alert of one service: its level, since when, and the estimated month in which the indicator that gives it (where none does,
    the one nearest to its first threshold) crosses the threshold of the next level, with its range."""
    panel = assessment.panel
    row, last = panel.commune_codes.index(commune_code), panel.months.index(month)
    levels = levels_over([assessment], sector, definitions, rules)
    now = int(levels.level[row, last])
    start = int(_starts(levels.level[row : row + 1, : last + 1])[0])
    leading = _leading(assessment, sector, definitions, rules, levels, row, last)
    figure = float(leading.figures[-1]) if len(leading.figures) else float("nan")
    is_lower_end = bool(leading.is_lower_end[-1:].any())
    ahead = [(rank, above) for rank, above in enumerate(leading.thresholds, 1) if rank > now and above > figure]
    rank, threshold = ahead[0] if ahead and not np.isnan(figure) and not is_lower_end else (None, None)
    return Alert(
        sector=sector,
        rank=now,
        since=panel.months[start] if now else None,
        is_held=bool(levels.is_held[row, last]),
        is_unknown=bool(levels.is_unknown[row, last]),
        indicator=leading.indicator,
        figure=figure,
        is_lower_end=is_lower_end,
        next_rank=rank,
        next_threshold=threshold,
        crossing=crossing_date(leading.known, threshold) if threshold is not None else None,
    )


@dataclass(frozen=True, slots=True)
class _Leading:
    """The indicator that gives a level, or is nearest to its first threshold: its months so far and its thresholds."""

    indicator: str
    months: pd.DatetimeIndex
    figures: np.ndarray
    is_lower_end: np.ndarray
    thresholds: tuple[float, ...]

    @property
    def known(self) -> pd.Series:
        """Its whole figures by month: a school cycle that comes to be known is no trend."""
        return pd.Series(self.figures, index=self.months).mask(self.is_lower_end)


def _leading(
    assessment: Assessment,
    sector: Sector,
    definitions: Definitions,
    rules: TriggerRules,
    levels: ServiceLevels,
    row: int,
    last: int,
) -> _Leading:
    raising, months = alerting(sector, definitions, rules), pd.DatetimeIndex(assessment.panel.months[: last + 1])
    if not raising:
        return _Leading("", months[:0], np.array([]), np.array([], dtype=bool), ())
    readings = levels.readings
    near = [of.figures[row, last] / rules.thresholds_of(rule)[0] for of, rule in zip(readings, raising, strict=True)]
    at = int(levels.given_by[row, last]) if levels.level[row, last] else int(np.nan_to_num(near, nan=-1.0).argmax())
    found, until = readings[at], slice(last + 1)
    thresholds = rules.thresholds_of(raising[at])
    return _Leading(raising[at].id, months, found.figures[row, until], found.is_lower_end[row, until], thresholds)
