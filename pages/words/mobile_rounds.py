"""Rounds of mobile teams in words: whom they visit and what they reach."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.demand import observed_variables
from analytics.mobile_units import Rounds, people_by_weekly_day, place_units, visits_a_week
from analytics.provenance import least_firm
from geo.distances import centroid_distances_km
from geo.layer import Layer
from pages.words.view import View

FAR = "population_beyond_5km_health_centre"
WHOM = ("far", "gap")
MOBILE_DAY = "mobile_health_day"


@lru_cache(maxsize=32)
def _place(
    layer: Layer, codes: tuple[str, ...], demand: tuple[float, ...], units: int, radius_km: float, days: int, per_day: float
) -> Rounds:
    return place_units(codes, np.array(demand), centroid_distances_km(layer, codes), units, radius_km, days, per_day)


def _demand(view: View, rows: pd.DataFrame, whom: str, visits: float) -> tuple[np.ndarray, float]:
    """People beyond reach of a health centre, or visits above the norm; and how many of them a weekly day serves."""
    days, per_day = rows[rows["resource_id"] == MOBILE_DAY].set_index("commune_code").loc[view.codes], visits_a_day(rows)
    if whom == "gap":
        return visits_a_week(days["gap"].to_numpy(dtype=float)), per_day
    people = view.figures.column(FAR, view.chosen.month).loc[view.codes].to_numpy(dtype=float)
    return people, people_by_weekly_day(per_day, visits)


def visits_a_day(rows: pd.DataFrame) -> float:
    """Visits that a team gives on a day out, from the rows of a gap table."""
    return float(rows.loc[rows["resource_id"] == MOBILE_DAY, "gain"].iloc[0])


def variables_of(view: View, whom: str) -> list[str]:
    """The variables that say how many people are to be seen."""
    return [FAR] if whom == WHOM[0] else observed_variables(view.figures.definitions.indicators["HEA02"].variables)


def provenance_of(view: View, whom: str) -> str:
    """The kind of the figures that say how many people are to be seen."""
    return least_firm(view.figures.provenance(v, view.chosen.month) for v in variables_of(view, whom))


def state_rounds(view: View, rounds: Rounds, whom: str) -> str:
    """How many of those who are wanted the rounds serve, the number set off in bold (Markdown)."""
    t, served, wanted = view.t, float(rounds.served.sum()), float(np.nansum(rounds.demand))
    return t(
        f"mobile.finding_{whom}", served=t.number(served, 0), total=t.number(wanted, 0), share=t.percent(served / wanted)
    )
