"""Alerts of the observed months: at which level each service of a commune is and since when, what is new, when the next one comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.model import Definitions, Sector
from analytics.scenario_triggers import ServiceLevels, alerting, is_lower_end, levels_over, read_figures
from analytics.triggers import Crossing, TriggerRules, crossing_date

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Alert:
    """One service of a commune in a month: ``rank`` of its level (0 none), since when it is at it, whether it was kept for want of a
    figure, the ``indicator`` that gives it (or stands for the service) with its figure, the rank and threshold of the next level, and
    when the trend of that indicator reaches it."""

    sector: Sector
    rank: int
    since: pd.Timestamp | None
    is_held: bool
    is_unknown: bool
    indicator: str
    figure: float
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
        ``commune_code, sector, rank, indicator, since, is_new``: the level, the indicator that gives it, the month in which the
        service came to it, whether that is this month and from a lighter one; new ones first, then the heaviest, then the most recent.
    """
    at = assessment.panel.months.index(month)
    frames = []
    for sector in definitions.sector_weights:
        levels = levels_over([assessment], sector, definitions, rules)
        starts = _starts(levels.level[:, : at + 1])
        earlier = levels.level[:, at - 1] if at else np.zeros(len(starts), dtype=np.int8)
        frames.append(
            pd.DataFrame(
                {
                    "commune_code": assessment.panel.commune_codes,
                    "sector": sector.value,
                    "rank": levels.level[:, at],
                    "indicator": np.array([*levels.indicators, ""], dtype=object)[levels.given_by[:, at]],
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
    indicator, series, known, thresholds = _leading(assessment, sector, definitions, rules, levels, row, last)
    figure = float(series.iloc[-1]) if len(series) else float("nan")
    ahead = [(rank, above) for rank, above in enumerate(thresholds, 1) if rank > now and above > figure]
    rank, threshold = ahead[0] if ahead and not np.isnan(figure) else (None, None)
    return Alert(
        sector=sector,
        rank=now,
        since=panel.months[start] if now else None,
        is_held=bool(levels.is_held[row, last]),
        is_unknown=bool(levels.is_unknown[row, last]),
        indicator=indicator,
        figure=figure,
        next_rank=rank,
        next_threshold=threshold,
        crossing=crossing_date(known, threshold) if threshold is not None else None,
    )


def _leading(
    assessment: Assessment,
    sector: Sector,
    definitions: Definitions,
    rules: TriggerRules,
    levels: ServiceLevels,
    row: int,
    last: int,
) -> tuple[str, pd.Series, pd.Series, tuple[float, ...]]:
    """The indicator that gives a level, or is nearest to its first threshold; its months so far and its thresholds."""
    raising = alerting(sector, definitions, rules)
    if not raising:
        return "", pd.Series(dtype=float), pd.Series(dtype=float), ()
    figures = [read_figures([assessment], rule)[row, : last + 1] for rule in raising]
    near = [f[-1] / rules.thresholds_of(rule)[0] for f, rule in zip(figures, raising, strict=True)]
    at = int(levels.given_by[row, last]) if levels.level[row, last] else int(np.nan_to_num(near, nan=-1.0).argmax())
    index = pd.DatetimeIndex(assessment.panel.months[: last + 1])
    series = pd.Series(figures[at], index=index)
    # A cycle that comes to be known is no trend.
    known = series.mask(is_lower_end([assessment], raising[at])[row, : last + 1])
    return raising[at].id, series, known, rules.thresholds_of(raising[at])
