"""Levels of alert of each service over the observed months and those of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.bounds import CENTRAL
from analytics.model import Definitions, ResultStatus, Sector
from analytics.projection import Projection
from analytics.result import Result
from analytics.triggers import NO_LEVEL, AlertRule, Reading, TriggerLevels, TriggerRules, first_reached, trigger_levels


@dataclass(frozen=True, slots=True)
class ServiceLevels(TriggerLevels):
    """Levels of a service: the heaviest of its indicators, the position in ``indicators`` of the one that gives it, and what the rule
    of each of them read.

    ``is_held`` where that one was not known, or where another one was not and no level is raised: that nothing is wrong is then not
    known either."""

    indicators: tuple[str, ...]
    given_by: np.ndarray
    readings: tuple[Reading, ...]

    @property
    def is_unknown(self) -> np.ndarray:
        """Where no level can be told, which is not the same as no level."""
        return self.is_held & (self.level == NO_LEVEL)

    @property
    def reading_of_given(self) -> Reading:
        """What the rule of the indicator read that gives each level; NaN for a service of which none raises anything."""
        if not self.readings:
            nowhere = np.zeros(self.level.shape, dtype=bool)
            return Reading(np.full(self.level.shape, np.nan), nowhere, nowhere)
        tables = (np.array([getattr(reading, f.name) for reading in self.readings]) for f in fields(Reading))
        return Reading(*(np.take_along_axis(table, self.given_by[None], axis=0)[0] for table in tables))


def alerting(sector: Sector, definitions: Definitions, rules: TriggerRules) -> tuple[AlertRule, ...]:
    """The rules of the indicators of a service that raise an alert."""
    return tuple(rules.indicators[i.id] for i in definitions.of_sector(sector) if i.id in rules.indicators)


def service_levels(
    observed: Assessment, projection: Projection, sector: Sector, definitions: Definitions, rules: TriggerRules
) -> ServiceLevels:
    """Levels of a service in the observed months and then in the months ahead, communes × both."""
    return levels_over([observed, projection.assessments[CENTRAL]], sector, definitions, rules)


def levels_over(
    together: Sequence[Assessment], sector: Sector, definitions: Definitions, rules: TriggerRules
) -> ServiceLevels:
    """Levels of a service over the months of one assessment after the other, communes × all of them."""
    raising = alerting(sector, definitions, rules)
    readings = tuple(read_rule(together, rule) for rule in raising)
    found = [trigger_levels(reading, rules, rule) for reading, rule in zip(readings, raising, strict=True)]
    shape = (len(together[0].panel.commune_codes), sum(len(a.panel.months) for a in together))
    levels = np.array([of.level for of in found], dtype=np.int8).reshape(len(found), *shape)
    held = np.array([of.is_held for of in found], dtype=bool).reshape(len(found), *shape)
    heaviest = levels.max(axis=0, initial=NO_LEVEL)
    if not found:
        # Without an indicator that raises anything, nothing is known.
        return ServiceLevels(heaviest, np.ones(shape, dtype=bool), (), np.zeros(shape, dtype=int), ())
    given = levels.argmax(axis=0)
    of_given = np.take_along_axis(held, given[None], axis=0)[0]
    is_held = of_given | (held.any(axis=0) & (heaviest == NO_LEVEL))
    return ServiceLevels(heaviest, is_held, tuple(rule.id for rule in raising), given, readings)


def read_rule(together: Sequence[Assessment], rule: AlertRule) -> Reading:
    """What a rule reads: the figure itself where it has thresholds in its unit, otherwise the pressure, that of the school cycle under
    most pressure where that gives the class; where a cycle is not known, that of those that are is a lower end."""
    readings = [_read_result(assessment.results[rule.id], rule) for assessment in together]
    shape = (len(together[0].panel.commune_codes), -1)
    joined = (np.hstack([getattr(one, f.name).reshape(shape) for one in readings]) for f in fields(Reading))
    return Reading(*joined)


def _read_result(result: Result, rule: AlertRule) -> Reading:
    gone, nowhere = result.has_status(ResultStatus.NO_SERVICE), np.zeros(len(result.status), dtype=bool)
    if rule.thresholds is not None:
        return Reading(result.figures["value"], gone, nowhere)
    if result.worst_term is None:
        return Reading(result.figures["pressure"], gone, nowhere)
    # A school cycle that has pupils and no capacity is absent whatever the others are.
    of_term = [(result.worst_term == label) & np.isnan(pressure) for label, pressure in result.terms.items()]
    worst = result.figures["pressure_worst_term"]
    figures = np.where(np.isnan(worst), result.figures["pressure"], worst)
    return Reading(figures, gone | np.any(of_term, axis=0), result.is_missing)


def levels_ahead(
    observed: Assessment, projection: Projection, definitions: Definitions, rules: TriggerRules
) -> pd.DataFrame:
    """Levels that a scenario raises: services that reach a level above the one of the last observed month.

    Returns:
        ``commune_code, sector, rank, rank_now, month, is_held, indicator, pressure, days_waiting``: the highest level ahead, the month
        in which it is reached and the indicator that gives it, whether a month ahead kept its level for want of figures, the heaviest
        pressure and the longest wait ahead (working days, NaN for a service whose wait is not measured); heaviest first.
    """
    sectors = list(definitions.sector_weights)
    frame = pd.concat([_ahead_of(observed, projection, s, definitions, rules) for s in sectors], ignore_index=True)
    order = ["rank", "month", "pressure", "commune_code"]
    return frame.sort_values(order, ascending=[False, True, False, True], ignore_index=True)


def _ahead_of(
    observed: Assessment, projection: Projection, sector: Sector, definitions: Definitions, rules: TriggerRules
) -> pd.DataFrame:
    levels = service_levels(observed, projection, sector, definitions, rules)
    past = len(observed.panel.months)
    ahead = TriggerLevels(levels.level[:, past:], levels.is_held[:, past:])
    now, highest = levels.level[:, past - 1], ahead.level.max(axis=1)
    months = np.empty(len(highest), dtype="datetime64[ns]")
    for rank in range(len(rules.levels) + 1):
        months = np.where(highest == rank, first_reached(ahead, projection.months, rank), months)
    first = (ahead.level == highest[:, None]).argmax(axis=1)
    given = levels.given_by[np.arange(len(highest)), past + first]
    heaviest, waiting = _pressures_and_waits(projection, sector, definitions, rules)
    frame = pd.DataFrame(
        {
            "commune_code": projection.commune_codes,
            "sector": sector.value,
            "rank": highest,
            "rank_now": now,
            "month": months,
            "is_held": ahead.is_held.any(axis=1),
            "indicator": np.array([*levels.indicators, ""], dtype=object)[given],
            "pressure": np.fmax.reduce(heaviest, axis=1),
            "days_waiting": np.fmax.reduce(waiting, axis=1),
        }
    )
    return frame[frame["rank"] > frame["rank_now"]]


def _pressures_and_waits(
    projection: Projection, sector: Sector, definitions: Definitions, rules: TriggerRules
) -> tuple[np.ndarray, np.ndarray]:
    """The heaviest pressure of a service ahead, and the longest wait in days, communes × months; NaN where there is none."""
    ahead = [projection.assessments[CENTRAL]]
    unknown = np.full((len(projection.commune_codes), len(projection.months)), np.nan)
    raising = alerting(sector, definitions, rules)
    pressures = [read_rule(ahead, rule).figures for rule in raising if rule.thresholds is None]
    waits = [read_rule(ahead, rule).figures for rule in raising if rule.thresholds is not None]
    return np.fmax.reduce([unknown, *pressures]), np.fmax.reduce([unknown, *waits])
