"""Of how many of a commune's people a share of access is known: the census withholds douars under 30 households."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.faces import Face
from analytics.model import Indicator
from pages.figures.figures import Figures

# Below this part of the people, a figure says of how many it is known.
WHOLE = 0.995
# Known of fewer than this part, what is true of all is said instead of an interval.
HALF = 0.5


def share_known(figures: Figures, month: pd.Timestamp, indicator: Indicator, result: Any) -> float:
    """Part (0–1) of a commune's people whom an access is known of; 1 for whatever else."""
    if indicator.face is not Face.ACCESS or indicator.unit != "percent" or pd.isna(result.denominator):
        return 1.0
    population = count_everybody(figures, month, result.commune_code)
    return float(min(1.0, result.denominator / population)) if population > 0 else 1.0


def share_of_commune(figures: Figures, month: pd.Timestamp, indicator_id: str, commune: str) -> float:
    """The same of one commune and an access by its id; 1 where the territory has no such indicator."""
    indicator = figures.definitions.indicators.get(indicator_id)
    return (
        1.0
        if indicator is None
        else share_known(figures, month, indicator, figures.of_month(indicator_id, month).loc[commune])
    )


def count_everybody(figures: Figures, month: pd.Timestamp, commune: str) -> float:
    """The municipal population, of whom the census counts distances and booklets."""
    return float(figures.column("municipal_population", month)[commune])
