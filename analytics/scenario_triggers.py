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
    loads = [i.id for i in moved_indicators(definitions, sector) if i.goalposts is None]
    waits = [i.id for i in moved_indicators(definitions, sector) if i.goalposts is not None]
    pressures = np.fmax.reduce([_figure(together, i, "pressure") for i in loads])
    absent = np.any([_status(together, i) == _NO_SERVICE for i in loads], axis=0)
    waiting = np.fmax.reduce([_figure(together, i, "value") for i in waits]) if waits else None
    return trigger_levels(pressures, rules, absent, waiting)


def levels_ahead(
    observed: Assessment, projection: Projection, definitions: Definitions, rules: TriggerRules
) -> pd.DataFrame:
    """Levels that a scenario raises: services that reach a level above the one of the last observed month.

    Returns:
        ``commune_code, sector, rank, rank_now, month, is_held, pressure``: the highest level ahead, the month in which it is
        reached, whether a month ahead kept its level for want of figures, and the heaviest pressure ahead; heaviest first.
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
    loads = [i.id for i in moved_indicators(definitions, sector) if i.goalposts is None]
    heaviest = np.fmax.reduce([projection.table(i, "pressure") for i in loads])
    frame = pd.DataFrame(
        {
            "commune_code": projection.commune_codes,
            "sector": sector.value,
            "rank": highest,
            "rank_now": now,
            "month": months,
            "is_held": ahead.is_held.any(axis=1),
            "pressure": np.where(np.isnan(heaviest).all(axis=1), np.nan, np.fmax.reduce(heaviest, axis=1)),
        }
    )
    return frame[frame["rank"] > frame["rank_now"]]


def _figure(assessments: Sequence[Assessment], indicator: str, figure: str) -> np.ndarray:
    return np.hstack([a.results[indicator].figures[figure].reshape(len(a.panel.commune_codes), -1) for a in assessments])


def _status(assessments: Sequence[Assessment], indicator: str) -> np.ndarray:
    return np.hstack([a.results[indicator].status.reshape(len(a.panel.commune_codes), -1) for a in assessments])
