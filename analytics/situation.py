"""What gaps and plans rest on: the observed figures of a month, or those of a scenario in a month ahead."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.assessment import Assessment
from analytics.assumptions import Assumptions
from analytics.bounds import CENTRAL
from analytics.projection import Projection, with_profile
from analytics.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Situation:
    """An assessment, one of its months, the assumptions that it was made with, and its scenario (None: observed figures)."""

    assessment: Assessment
    month: pd.Timestamp
    assumptions: Assumptions
    scenario: Scenario | None = None


def observed_situation(assessment: Assessment, month: pd.Timestamp, assumptions: Assumptions) -> Situation:
    """The observed figures of a month."""
    return Situation(assessment, month, assumptions)


def scenario_situation(projection: Projection, ahead: int, assumptions: Assumptions) -> Situation:
    """A scenario, by its central bound, in one of the months ahead.

    Args:
        ahead: months from the last observed one, 1 for the first month of the scenario.
        assumptions: the reader's; the scenario's own norm profile comes before theirs, as in the projection.

    Raises:
        ValueError: the month lies outside the scenario's horizon.
    """
    if not 1 <= ahead <= len(projection.months):
        raise ValueError(f"month {ahead} lies outside a horizon of {len(projection.months)}")
    own = with_profile(assumptions, projection.scenario)
    return Situation(projection.assessments[CENTRAL], projection.months[ahead - 1], own, projection.scenario)
