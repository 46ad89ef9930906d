"""Trigger levels of each service over the observed months and those of a scenario."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.bounds import CENTRAL
from analytics.model import Definitions, ResultStatus, Sector
from analytics.projection import Projection
from analytics.scenario import moved_indicators
from analytics.triggers import TriggerLevels, TriggerRules, first_reached, trigger_levels

_NO_SERVICE = tuple(ResultStatus).index(ResultStatus.NO_SERVICE)


def service_levels(
    observed: Assessment, projection: Projection, sector: Sector, definitions: Definitions, rules: TriggerRules
) -> TriggerLevels:
    """Levels of a service in the observed months and then in the months ahead, communes × both.

    The pressure of a service is the heaviest of the indicators that a scenario can move; an indicator in days, with goalposts
    of its own, counts as days that people wait instead.
    """
    return levels_over([observed, projection.assessments[CENTRAL]], sector, definitions, rules)


def levels_over(
    together: Sequence[Assessment], sector: Sector, definitions: Definitions, rules: TriggerRules
) -> TriggerLevels:
    """Levels of a service over the months of one assessment after the other, communes × all of them."""
    pressures, waiting = _pressures_and_waits(together, sector, definitions)
    loads = [i.id for i in moved_indicators(definitions, sector) if i.goalposts is None]
    absent = np.any([np.zeros(pressures.shape, dtype=bool), *(_status(together, i) == _NO_SERVICE for i in loads)], axis=0)
    return trigger_levels(pressures, rules, absent, waiting)


def levels_ahead(
    observed: Assessment, projection: Projection, definitions: Definitions, rules: TriggerRules
) -> pd.DataFrame:
    """Levels that a scenario raises: services that reach a level above the one of the last observed month.

    Returns:
        ``commune_code, sector, rank, rank_now, month, is_held, pressure, days_waiting``: the highest level ahead, the month in
        which it is reached, whether a month ahead kept its level for want of figures, the heaviest pressure and the longest
        wait ahead (working days, NaN for a service whose wait is not measured); heaviest first.
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
    heaviest, waiting = _pressures_and_waits([projection.assessments[CENTRAL]], sector, definitions)
    frame = pd.DataFrame(
        {
            "commune_code": projection.commune_codes,
            "sector": sector.value,
            "rank": highest,
            "rank_now": now,
            "month": months,
            "is_held": ahead.is_held.any(axis=1),
            "pressure": np.fmax.reduce(heaviest, axis=1),
            "days_waiting": np.fmax.reduce(waiting, axis=1),
        }
    )
    return frame[frame["rank"] > frame["rank_now"]]


def _pressures_and_waits(
    together: Sequence[Assessment], sector: Sector, definitions: Definitions
) -> tuple[np.ndarray, np.ndarray]:
    """The heaviest pressure of a service, and the longest wait in days, communes × months; NaN where there is none."""
    moved = moved_indicators(definitions, sector)
    unknown = np.full((len(together[0].panel.commune_codes), sum(len(a.panel.months) for a in together)), np.nan)
    pressures = [_figure(together, i.id, "pressure") for i in moved if i.goalposts is None]
    waits = [_figure(together, i.id, "value") for i in moved if i.goalposts is not None]
    return np.fmax.reduce([unknown, *pressures]), np.fmax.reduce([unknown, *waits])


def _figure(assessments: Sequence[Assessment], indicator: str, figure: str) -> np.ndarray:
    return np.hstack([a.results[indicator].figures[figure].reshape(len(a.panel.commune_codes), -1) for a in assessments])


def _status(assessments: Sequence[Assessment], indicator: str) -> np.ndarray:
    return np.hstack([a.results[indicator].status.reshape(len(a.panel.commune_codes), -1) for a in assessments])
