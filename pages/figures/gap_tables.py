"""Gap tables, kept for whoever asks next: a council, a screen and a plan open on the same one."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from analytics.resource_gap import MONTHS_CHARGED, build_gap_table
from analytics.resources import Means, Response
from analytics.situation import Situation
from pages.figures.figures import Figures


def gap_key(means: Means, situation: Situation, response: Response, months_charged: int) -> tuple[Hashable, ...]:
    """All that a gap table of some figures depends on."""
    costs = tuple((cost.id, cost.low_mad, cost.central_mad, cost.high_mad) for cost in means.costs.values())
    return ("gaps", situation.scenario, situation.month, situation.assumptions, response, months_charged, costs)


def read_gap_table(
    figures: Figures,
    means: Means,
    situation: Situation,
    response: Response = Response.QUICK,
    months_charged: int = MONTHS_CHARGED,
    *,
    with_displaced: bool = True,
) -> pd.DataFrame:
    """The resource-gap table of all communes of the viewer (``analytics.resource_gap.build_gap_table``).

    Args:
        means: those of the figures, with the unit costs of a session where it has its own.
        situation: the observed figures of a month, or those of a scenario of these figures.
    """
    return figures.cache.recent(
        (*gap_key(means, situation, response, months_charged), with_displaced),
        lambda: build_gap_table(
            situation.assessment,
            figures.definitions,
            means,
            situation.month,
            response,
            months_charged,
            situation.assumptions,
            with_displaced=with_displaced,
        ),
    )
